"""A call played while its files are being written: reloaded when they change, begun in any state, each answer explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from simulator.authoring.desk import Desk
from simulator.authoring.library import Library, read_source
from simulator.authoring.marked import Node, parse
from simulator.authoring.names import nearest
from simulator.engine.arrival import arrive
from simulator.engine.persona import Persona
from simulator.engine.player import View
from simulator.engine.situation import Situation
from simulator.engine.why import Tried, tried
from simulator.errors import ContentError, PeilianError, UnknownNameError
from simulator.reading.ear import Ear
from simulator.training.practice import Exchange, Practice
from simulator.training.scenario import Scenario

PARTNERS = ("", "../scenarios")  # where a persona's scenarios are looked for, from its file


@dataclass(frozen=True, slots=True)
class Content:
    """One reading of the files. `lines` are the transitions' lines in the persona's file."""

    desk: Desk
    scenario: Scenario
    persona: Persona
    files: tuple[Path, ...]
    lines: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Beat:
    """One line of the trainee with everything that the answer came from."""

    exchange: Exchange
    before: Situation
    after: Situation
    view: View
    tried: tuple[Tried, ...]


def read_content(path: Path, home: Path, ear: Ear | None = None) -> Content:
    """The scenario of a file, or the first one that plays the persona of a file, read anew.

    Raises ContentError, StorageError or UnknownNameError, or PeilianError for a file that is neither.
    """
    desk = Desk(home)
    library = desk.library
    if ear is not None:
        library.ear = ear
    if _kind(path) == "persona":
        persona = library.read_persona(path)
        library.lend(persona)
        scenario_path = _scenario_of(persona.id, path, library)
        scenario = library.read_scenario(scenario_path)
        files = (path, scenario_path)
    else:
        scenario = library.read_scenario(path)
        persona = library.persona(scenario.case.persona)
        files = (library.persona_path(persona.id, path), path)
    return Content(desk, scenario, persona, files, _lines(files[0]))


def _kind(path: Path) -> str:
    source = read_source(path)
    root = parse(source)
    if root is None:
        raise ContentError(source.problems)
    for key, kind in (("states", "persona"), ("model", "scenario"), ("persona", "scenario")):
        if isinstance(root.value, dict) and key in root.value:
            return kind
    raise PeilianError(f"{path} 不是角色也不是情境：角色有 states，情境有 persona 和 model")


def _scenario_of(persona: str, path: Path, library: Library) -> Path:
    """The first scenario that names a persona: beside its file, then in the library."""
    beside = [file for place in PARTNERS for file in sorted((path.parent / place).glob("*.yaml"))]
    for file in (*beside, *library.scenario_paths()):
        if _plays(file) == persona:
            return file
    raise PeilianError(f"还没有情境用到角色“{persona}”；先写一个：peilian new scenario")


def _plays(file: Path) -> str | None:
    root = parse(read_source(file))
    if root is None or not isinstance(root.value, dict) or "persona" not in root.value:
        return None
    return str(root.value["persona"].value)


def _lines(path: Path) -> dict[str, int]:
    root = parse(read_source(path))
    return dict(_places(root)) if root is not None else {}


def _places(root: Node) -> Iterator[tuple[str, int]]:
    sections = {name: root.value[name] for name in ("always", "otherwise") if name in root.value}
    for name, state in root.value["states"].value.items():
        if isinstance(state.value, dict) and "on" in state.value:
            sections[name] = state.value["on"]
    for name, section in sections.items():
        for number, item in enumerate(section.value, 1):
            yield f"{name}.{number}", item.mark.line


def stamps(files: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """When each file was last written, and its size; a file that is being replaced may be away for a moment."""
    found: dict[Path, tuple[int, int]] = {}
    for file in files:
        try:
            status = file.stat()
        except OSError:
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found


class Rehearsal:
    """The call as it goes with the content read last. `said` are all lines, also those a shorter call has no room for."""

    practice: Practice

    def __init__(self, content: Content, seed: int) -> None:
        self.content, self.seed = content, seed
        self.start: str | None = None
        self.said: list[str] = []
        self.beats: list[Beat] = []
        self._replay()

    def take(self, content: Content) -> None:
        """Goes on with newly read files: the same lines are said again."""
        self.content = content
        self._replay()

    def say(self, words: str) -> Beat:
        """Raises ValueError when the call is over."""
        beat = self._say(words)
        self.said = [*self.said[: len(self.beats) - 1], words]
        return beat

    def take_back(self) -> str | None:
        """Unsays the last line and returns it."""
        if not self.beats:
            return None
        words = self.said[len(self.beats) - 1]
        self.said = self.said[: len(self.beats) - 1]
        self._replay()
        return words

    def restart(self) -> None:
        self.start, self.said = None, []
        self._replay()

    def jump(self, state: str) -> None:
        """Begins anew in `state`. Raises UnknownNameError where the persona has no such state."""
        states = self.states
        if state not in states:
            raise UnknownNameError("状态", state, nearest(state, states))
        self.start, self.said = state, []
        self._replay()

    @property
    def states(self) -> list[str]:
        """The states in which a call can go on."""
        return [state.id for state in self.content.persona.states if not state.is_final]

    @property
    def unsaid(self) -> int:
        """How many lines the call ended before."""
        return len(self.said) - len(self.beats)

    def _replay(self) -> None:
        content = self.content
        self.practice = content.desk.open_call(content.scenario, self.seed)
        self.beats = []
        if self.start is not None and self.start in self.states:
            self.practice.situation = arrive(
                content.persona, self.practice.case, self.practice.situation, self.start
            )
        for words in self.said:
            if self.practice.is_over:
                break
            self._say(words)

    def _say(self, words: str) -> Beat:
        practice, player = self.practice, self.content.desk.player(self.content.scenario)
        before = practice.situation
        exchange = practice.say(words)
        view, _ = player.take_in(practice.case, before, exchange.reading)
        tries = tried(self.content.persona, view)
        self.beats.append(Beat(exchange, before, practice.situation, view, tries))
        return self.beats[-1]
