"""Everything that is wrong in content files, all of it in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from simulator.authoring.library import Library, read_source
from simulator.authoring.marked import Source, parse
from simulator.authoring.persona_file import read_persona
from simulator.authoring.rubric_file import read_rubric
from simulator.authoring.rule_file import read_rule
from simulator.authoring.scenario_file import read_scenario
from simulator.errors import Diagnostic, StorageError

# a file is told by a key that only its kind has
TELLING_KEYS = {"states": "persona", "model": "scenario", "etiquette": "rubric", "breached": "rule"}


def lint(paths: Iterable[Path], library: Library) -> tuple[list[Diagnostic], int]:
    """The problems of all files under `paths`, sorted, and how many files were looked at. Raises StorageError."""
    problems: list[Diagnostic] = []
    files = [file for path in paths for file in _files(path)]
    for file in files:
        source = read_source(file)
        _read(source, file, library)
        problems.extend(source.problems)
    return sorted(problems), len(files)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(
            file for file in path.rglob("*.yaml") if not any(part.startswith(".") for part in file.parts[1:])
        )
    if not path.exists():
        raise StorageError(f"没有 {path} 这个文件或文件夹")
    return [path]


def _read(source: Source, file: Path, library: Library) -> None:
    kind = _kind(source)
    if kind is None:
        return
    readers: dict[str, Callable[[], object]] = {
        "persona": lambda: read_persona(source, library.heard),
        "scenario": lambda: read_scenario(
            source, library.personas_near(file), library.rubric_ids(), library.rulebook_ids()
        ),
        "rubric": lambda: read_rubric(source),
        "rule": lambda: read_rule(source),
    }
    source.problems.clear()
    readers[kind]()


def _kind(source: Source) -> str | None:
    """What the file is; None (reported) where it cannot be told."""
    root = parse(source)
    if root is None:
        return None
    if isinstance(root.value, dict):
        for key, kind in TELLING_KEYS.items():
            if key in root.value:
                return kind
    if not source.problems:
        source.report(
            root.mark,
            "unknown-kind",
            "看不出这是角色、情境、规则还是评分表",
            "角色有 states，情境有 model，规则有 breached，评分表有 etiquette",
        )
    return None
