"""Where content lives and how it is found: the shipped library, the user's folder, a path on the command line.

The readers are imported where they read: a call is graded by kept content, without YAML.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

from scoring.rubric import Rubric
from scoring.rulebook import Rulebook
from simulator.authoring.compiled import cache_folder, compiled
from simulator.authoring.names import Titled, nearest
from simulator.authoring.source import Source
from simulator.engine.persona import Persona
from simulator.errors import ContentError, StorageError, UnknownNameError
from simulator.reading.ear import Ear
from simulator.training.scenario import Scenario

SUFFIX = ".yaml"
# `personas` and `scenarios` hold no Python, and folders of those names may lie anywhere on the path: what is shipped
# is what lies beside this package
SHIPPED = Path(__file__).resolve().parents[2]

T = TypeVar("T")


def user_folder() -> Path:
    """The user's own content and records: `PEILIAN_HOME`, else the platform's data folder."""
    named = os.environ.get("PEILIAN_HOME")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("peilian", appauthor=False))


def read_source(path: Path, shown: str | None = None) -> Source:
    """The text of one content file. Raises StorageError when it cannot be read."""
    name = shown or str(path)
    try:
        return Source(name, path.read_text(encoding="utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise StorageError(
            f"{name} 不是 UTF-8 编码的文字（第 {error.start} 字节）；请另存为 UTF-8"
        ) from error
    except OSError as error:
        raise StorageError(f"读不了 {name}：{error.strerror or error}") from error


@dataclass
class Library:
    """All content by id. A user's file takes the place of a shipped one of the same id. Files are read when asked for.

    Raises UnknownNameError for an id that no file has, ContentError for a file that is wrong.
    """

    home: Path | None = None
    _personas: dict[str, Persona] = field(default_factory=dict)
    _scenarios: dict[str, Scenario] = field(default_factory=dict)
    _rubrics: dict[str, Rubric] = field(default_factory=dict)
    _rulebooks: dict[str, Rulebook] = field(default_factory=dict)
    _lent: set[str] = field(default_factory=set)

    @cached_property
    def ear(self) -> Ear:
        return Ear.load()

    @cached_property
    def heard(self) -> Titled:
        """The act and rule ids that personas may listen for, with their titles."""
        ids = (*self.act_ids(), *self.rule_ids())
        return Titled(ids, lambda: {**self.rule_titles(), **self.act_titles()})

    def act_ids(self) -> list[str]:
        return list(self._files("simulator", "reading", "acts"))

    def rule_ids(self) -> list[str]:
        return [name for book in self.rulebook_ids() for name in self._files("scoring", "rulebooks", book)]

    def _files(self, package: str, *below: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        shipped = SHIPPED.joinpath(package, *below)
        if shipped.is_dir():
            found.update(_yaml_in(shipped))
        if self.home is not None:
            own = self.home.joinpath(package, *below)
            if own.is_dir():
                found.update(_yaml_in(own))
        return dict(sorted(found.items()))

    @cached_property
    def _persona_files(self) -> Mapping[str, Path]:
        return self._files("personas")

    @cached_property
    def _scenario_files(self) -> Mapping[str, Path]:
        return self._files("scenarios")

    @cached_property
    def _rubric_files(self) -> Mapping[str, Path]:
        return self._files("scoring", "rubrics")

    def persona_ids(self) -> list[str]:
        return list(self._persona_files)

    def scenario_ids(self) -> list[str]:
        return list(self._scenario_files)

    def rubric_ids(self) -> list[str]:
        return list(self._rubric_files)

    def rulebook_ids(self) -> list[str]:
        return sorted(
            item.name for item in SHIPPED.joinpath("scoring", "rulebooks").iterdir() if item.is_dir()
        )

    def persona(self, name: str) -> Persona:
        if name not in self._personas:
            self._personas[name] = self.read_persona(_find(self._persona_files, name, "角色"))
        return self._personas[name]

    def lend(self, persona: Persona) -> None:
        """From now on this persona stands for its id, wherever it was read from."""
        self._personas[persona.id] = persona
        self._lent.add(persona.id)

    def persona_path(self, name: str, scenario_path: Path) -> Path:
        """The file that a scenario file has its persona from. Raises KeyError."""
        return _Personas(self, scenario_path).path(name)

    def scenario_paths(self) -> list[Path]:
        return list(self._scenario_files.values())

    def read_persona(self, path: Path) -> Persona:
        from simulator.authoring.persona_file import read_persona

        source = read_source(path)
        persona = read_persona(source, self.heard)
        return _sound(persona, source)

    def scenario(self, name: str) -> Scenario:
        """The scenario with that id, or of the file at that path."""
        path = self.scenario_path(name)
        if name not in self._scenario_files:
            return self.read_scenario(path)
        if name not in self._scenarios:
            self._scenarios[name] = self.read_scenario(path)
        return self._scenarios[name]

    def scenario_path(self, name: str) -> Path:
        """Where that scenario stands, without reading it. Raises UnknownNameError."""
        if name.endswith((SUFFIX, ".yml")) or os.sep in name:
            return Path(name)
        return _find(self._scenario_files, name, "情境")

    def read_scenario(self, path: Path) -> Scenario:
        """The scenario of a file; a persona file beside it (or in `../personas`) takes the place of a shipped one."""
        from simulator.authoring.scenario_file import read_scenario

        source = read_source(path)
        personas = self.personas_near(path)
        scenario = read_scenario(source, personas, self.rubric_ids(), self.rulebook_ids())
        return _sound(scenario, source)

    def act_titles(self) -> dict[str, str]:
        """The dialogue acts with their Chinese names, in the order of their ids."""
        from simulator.authoring.marked import parse

        titles: dict[str, str] = {}
        for name, path in self._files("simulator", "reading", "acts").items():
            root = parse(read_source(path))
            titles[name] = str(root.value["title"].value) if root and "title" in root.value else name
        return titles

    def rule_titles(self) -> dict[str, str]:
        """The conduct rules with their Chinese names."""
        return {rule.id: rule.title for book in self.rulebook_ids() for rule in self.rulebook(book).rules}

    def personas_near(self, path: Path) -> Mapping[str, Persona]:
        """The personas that a scenario file at `path` may name."""
        return _Personas(self, path)

    def rubric(self, name: str) -> Rubric:
        if name not in self._rubrics:
            self._rubrics[name] = self._read_rubric(name)
        return self._rubrics[name]

    def _read_rubric(self, name: str) -> Rubric:
        source = read_source(_find(self._rubric_files, name, "评分表"))

        def read() -> Rubric:
            from simulator.authoring.rubric_file import read_rubric

            return _sound(read_rubric(source), source)

        return compiled(Rubric, f"rubric-{name}", [source], read, cache_folder())

    def rulebook(self, name: str) -> Rulebook:
        if name not in self._rulebooks:
            self._rulebooks[name] = self._read_rulebook(name)
        return self._rulebooks[name]

    def _read_rulebook(self, name: str) -> Rulebook:
        files = self._files("scoring", "rulebooks", name)
        if not files:
            raise UnknownNameError("规则库", name, nearest(name, self.rulebook_ids()))
        sources = [read_source(path) for path in files.values()]
        return compiled(
            Rulebook, f"rulebook-{name}", sources, partial(_rulebook, name, sources), cache_folder()
        )


def _rulebook(name: str, sources: Sequence[Source]) -> Rulebook:
    """Raises ContentError with all that is wrong in any of them."""
    from simulator.authoring.rule_file import read_rule

    rules = [rule for source in sources if (rule := read_rule(source)) is not None]
    problems = [problem for source in sources for problem in source.problems]
    if problems:
        raise ContentError(problems)
    return Rulebook(name, tuple(rules))


class _Personas(Mapping[str, Persona]):
    """Personas by id for one scenario file: those beside a loose file first, then the library's."""

    def __init__(self, library: Library, scenario_path: Path) -> None:
        self._library = library
        self._files: dict[str, Path] = {}
        for folder in (scenario_path.parent, scenario_path.parent.parent / "personas"):
            if folder.is_dir():
                self._files = {**_yaml_in(folder), **self._files}
        loose = self._files
        # the user's own may take the place of what is shipped, also in a shipped scenario
        if scenario_path.resolve().is_relative_to(SHIPPED):
            loose = {name: path for name, path in loose.items() if name not in library._persona_files}
        self._files = {**library._persona_files, **loose}

    def path(self, name: str) -> Path:
        return self._files[name]

    def __getitem__(self, name: str) -> Persona:
        path = self._files[name]
        if name not in self._library._lent and path != self._library._persona_files.get(name):
            self._library._personas[name] = self._library.read_persona(path)
        return self._library.persona(name)

    def __contains__(self, name: object) -> bool:
        return name in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _sound(value: T | None, source: Source) -> T:
    errors = [problem for problem in source.problems if problem.severity == "error"]
    if value is None or errors:
        raise ContentError(errors or source.problems)
    return value


def _yaml_in(folder: Path) -> dict[str, Path]:
    return {item.name.removesuffix(SUFFIX): item for item in folder.iterdir() if item.name.endswith(SUFFIX)}


def _find(files: Mapping[str, Path], name: str, what: str) -> Path:
    if name not in files:
        raise UnknownNameError(what, name, nearest(name, list(files)))
    return files[name]
