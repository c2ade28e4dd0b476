"""Everything that is wrong in content files, all of it in one run: their shape, their names, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from simulator.authoring.blueprint_file import read_blueprint
from simulator.authoring.call_tests import read_call_test
from simulator.authoring.desk import Desk
from simulator.authoring.diagnostics import ids, page
from simulator.authoring.kinds import kind_of
from simulator.authoring.library import Library
from simulator.authoring.lints import PersonaFile, ScenarioFile, lints
from simulator.authoring.marked import Source, parse
from simulator.authoring.neighbours import Neighbours
from simulator.authoring.persona_file import read_persona_data
from simulator.authoring.rubric_file import read_rubric
from simulator.authoring.rule_file import read_rule
from simulator.authoring.scenario_file import read_scenario_data
from simulator.errors import ContentError, Diagnostic, PeilianError, StorageError

SUFFIXES = (".yaml", ".yml")
ALLOW = re.compile(r"#\s*allow:\s*([a-z-]+(?:\s*[,，、]\s*[a-z-]+)*)")
WARNING = "warning"


def lint(paths: Iterable[Path], library: Library) -> tuple[list[Diagnostic], int]:
    """The problems of all files under `paths`, sorted, and how many files were looked at. Raises StorageError."""
    files = list(dict.fromkeys(file for path in paths for file in content_files(path)))
    linter = _Linter(library)
    problems = [problem for file in files for problem in linter.problems(file)]
    return sorted(problems), len(files)


def content_files(path: Path) -> list[Path]:
    """The YAML files of a folder, or the file itself. Raises StorageError where there is none."""
    if path.is_dir():
        found = sorted(
            file
            for file in path.rglob("*")
            if file.suffix in SUFFIXES
            and file.is_file()
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        if not found:
            raise StorageError(f"{path} 里没有 YAML 文件；文件名要以 .yaml 结尾")
        return found
    if not path.exists():
        raise StorageError(f"没有 {path} 这个文件或文件夹")
    return [path]


@dataclass
class _Linter:
    """Reads and judges one file after another, over one library."""

    library: Library

    @cached_property
    def others(self) -> Neighbours:
        return Neighbours(self.library)

    @cached_property
    def desk(self) -> Desk:
        desk = Desk(self.library.home)
        desk.library = self.library
        return desk

    def problems(self, file: Path) -> list[Diagnostic]:
        source = open_source(file)
        if source.problems:
            return list(_weighed(source))
        root = parse(source)
        kind = kind_of(root, source) if root is not None else None
        if kind is not None:
            source = Source(source.path, source.text)
            self._read(kind, source, file)
        return list(_weighed(source))

    def _read(self, kind: str, source: Source, file: Path) -> None:
        if kind == "persona":
            self._persona(source)
        elif kind == "scenario":
            self._scenario(source, file)
        elif kind == "rubric":
            read_rubric(source)
        elif kind == "rule":
            read_rule(source)
        elif kind == "blueprint":
            read_blueprint(source, self.library)
        elif kind == "call":
            self._call(source, file)

    def _persona(self, source: Source) -> None:
        found = read_persona_data(source, self.library.heard)
        if found is not None:
            file = PersonaFile(source, *found, self.others)
            for module in lints("persona"):
                module.check(file)

    def _call(self, source: Source, path: Path) -> None:
        try:
            read_call_test(path, self.library)
        except ContentError as error:
            source.problems.extend(replace(problem, path=source.path) for problem in error.diagnostics)

    def _scenario(self, source: Source, path: Path) -> None:
        personas = self.library.personas_near(path)
        ids = (self.library.rubric_ids(), self.library.rulebook_ids())
        try:
            found = read_scenario_data(source, personas, *ids)
        except PeilianError as error:
            message = "它的角色文件有错，情境没法打：{first}"
            source.report(None, "broken-persona", message, "先改好角色文件，再看情境", first=error)
            return
        if found is not None:
            persona = personas[found[1].case.persona]
            file = ScenarioFile(source, *found, persona, self.desk)
            for module in lints("scenario"):
                module.check(file)


def open_source(file: Path) -> Source:
    """The text of a file; what cannot be read as text is reported like any other fault. Raises StorageError."""
    source = Source(str(file), "")
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise StorageError(f"读不了 {file}：{error.strerror or error}") from error
    try:
        source.text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        guess = "像是 GBK" if _decodes(raw, "gb18030") else "不知是什么编码"
        message = "第 {line} 行起不是 UTF-8 文字（{guess}）"
        cure = "用编辑器打开，另存为 UTF-8"
        source.report(None, "not-utf8", message, cure, line=line, guess=guess)
    return source


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _weighed(source: Source) -> Iterable[Diagnostic]:
    """The problems with the weight that their diagnostics give them, less the warnings that the author allowed."""
    allowed = _Allowed(source)
    for problem in source.problems:
        weighed = replace(problem, severity=page(problem.id).severity) if problem.id in ids() else problem
        if weighed.severity != WARNING or not allowed.covers(weighed):
            yield weighed


class _Allowed:
    """`# allow: id` on a line or alone above it lets that line's warnings of that kind pass; above the first key, the
    whole file's."""

    def __init__(self, source: Source) -> None:
        self.whole: set[str] = set()
        self.lines: dict[int, set[str]] = {}
        begun = False
        for number, line in enumerate(source.lines, 1):
            alone = line.lstrip().startswith("#")
            begun = begun or bool(line.strip() and not alone)
            found = ALLOW.search(line)
            if found:
                named = set(re.split(r"\s*[,，、]\s*", found.group(1)))
                if not begun:
                    self.whole |= named
                for covered in (number, number + 1) if alone else (number,):
                    self.lines.setdefault(covered, set()).update(named)

    def covers(self, problem: Diagnostic) -> bool:
        return problem.id in self.whole or problem.id in self.lines.get(problem.line, ())
