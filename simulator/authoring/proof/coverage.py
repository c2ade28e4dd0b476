"""What calls exercise of a persona: its states, transitions and wordings, and the acts and rules heard in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

from simulator.authoring.desk import Desk
from simulator.authoring.library import read_source
from simulator.dialogue import Channel, Outcome, Speaker, Transcript
from simulator.engine.persona import Line, Persona, Transition
from simulator.engine.player import Player
from simulator.errors import RecordError
from simulator.training.record import Record, read_record
from simulator.training.scenario import Scenario

RECORDS = "*.jsonl"


@dataclass(frozen=True, slots=True)
class Walk:
    """One call gone through again. `states` are those in which the trainee spoke, in order, and the last one;
    `fired` are transitions, `worded` line ids."""

    persona: str
    states: tuple[str, ...]
    fired: tuple[str, ...]
    worded: frozenset[str]
    acts: tuple[str, ...]
    rules: tuple[str, ...]
    outcome: Outcome | None

    @property
    def died(self) -> str:
        """The last state in which there was still something to say."""
        return self.states[-2] if len(self.states) > 1 else self.states[-1]


def walk(desk: Desk, transcript: Transcript) -> Walk:
    """Raises RecordError when the persona does not answer as it did: it has changed since."""
    case, seed = transcript.case, transcript.seed
    persona = desk.library.persona(case.persona)
    player = _player(persona)
    step = player.open(case, seed) if case.channel is Channel.PHONE else None
    situation = step.situation if step else player.silent(case, seed)
    answers = iter([turn for turn in transcript.turns if turn.who is Speaker.PERSONA])
    if step and step.reply:
        _same(step.reply, next(answers, None))
    states = [situation.state]
    fired: list[str] = []
    acts: list[str] = []
    rules: list[str] = []
    for turn in transcript.turns:
        if turn.who is Speaker.COLLECTOR and not situation.is_over:
            reading = desk.library.ear.read(
                turn.text, player.hearer(situation), case.channel, now=situation.clock, asked=situation.asked
            )
            step = player.step(case, situation, reading)
            _same(step.reply, next(answers, None))
            situation = step.situation
            states.append(situation.state)
            fired.append(step.transition)
            acts += reading.act_ids
            rules += reading.rule_ids
    ids = {line.id for line in wordings(persona)}
    worded = frozenset(situation.used & ids)
    return Walk(
        persona.id, tuple(states), tuple(fired), worded, tuple(acts), tuple(rules), transcript.outcome
    )


@cache
def _player(persona: Persona) -> Player:
    return Player(persona)


def _same(reply: str, turn: object) -> None:
    text = getattr(turn, "text", None)
    if text is not None and text != reply:
        raise RecordError(f"答话和记录不一样（记录里是“{text}”，现在是“{reply}”）：角色或情境改过了")


def wordings(persona: Persona) -> Iterator[Line]:
    """Every line that the persona may say."""
    yield from persona.opens
    yield from persona.gives_up
    for feel in persona.feels:
        yield from feel.lead
    for transition in transitions(persona):
        yield from transition.say


def transitions(persona: Persona) -> Iterator[Transition]:
    yield from persona.always
    for state in persona.states:
        yield from state.transitions
    yield from persona.otherwise


def own_calls(desk: Desk, scenario: Scenario) -> Iterator[Transcript]:
    """The calls by which a scenario proves itself."""
    for lines in (scenario.model, scenario.careless):
        yield desk.play(scenario, 1, lines).transcript


def records_in(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.rglob(RECORDS)) if path.is_dir() else [path]


def record_at(path: Path) -> Record:
    """Raises RecordError or StorageError."""
    return read_record(read_source(path).text.split("\n"), str(path))


@dataclass(slots=True)
class Coverage:
    """How often each thing of one persona came up in the calls counted."""

    persona: Persona
    calls: int = 0
    states: Counter[str] = field(default_factory=Counter)
    transitions: Counter[str] = field(default_factory=Counter)
    worded: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    steps: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, gone: Walk) -> None:
        self.calls += 1
        self.states.update(set(gone.states))
        self.transitions.update(set(gone.fired))
        self.worded.update(gone.worded)
        self.acts.update(set(gone.acts))
        self.rules.update(set(gone.rules))
        self.steps.update(set(pairwise(gone.states)))

    def listened_for(self, names: Iterable[str]) -> frozenset[str]:
        """Those of `names` that a guard of this persona hears."""
        guards = [item.guard for item in transitions(self.persona)]
        guards += [feel.guard for feel in self.persona.feels]
        return frozenset(names) & {name for guard in guards for name in guard.hears | guard.along_with}
