"""A practice call: the trainee's words in, the persona's answers out, every turn kept before it is returned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from simulator.dialogue import Case, Channel, Outcome, Reading, Speaker, Transcript, Turn
from simulator.dialogue.safe import safe
from simulator.engine.player import Player
from simulator.engine.situation import Situation
from simulator.errors import RecordError
from simulator.reading.ear import Ear
from simulator.training.record import Event, call_event, end_event, turn_event

Keep = Callable[[Event], None]


def _forget(event: Event) -> None:
    """Keeps nothing: for calls that are played and thrown away."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one line of the trainee led to: the turn as read, the persona's answer (None once it has hung up)."""

    said: Turn
    reading: Reading
    reply: Turn | None


class Practice:
    """One call. `keep` must have the event safely stored when it returns; only then is a turn handed out."""

    def __init__(
        self,
        case: Case,
        seed: int,
        player: Player,
        ear: Ear,
        versions: dict[str, str],
        keep: Keep = _forget,
    ) -> None:
        self.case, self.seed, self.versions = case, seed, versions
        self.note: str | None = None
        self._player, self._ear, self._keep = player, ear, keep
        self._turns: list[Turn] = []
        keep(call_event(case, seed, versions))
        step = player.open(case, seed) if case.channel is Channel.PHONE else None
        self.situation: Situation = step.situation if step else player.silent(case, seed)
        if step and step.reply:
            self._add(self._persona_turn(step.reply, case.at, self.situation))

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(self._turns)

    @property
    def is_over(self) -> bool:
        return self.situation.is_over

    @property
    def transcript(self) -> Transcript:
        return Transcript(self.case, self.seed, self.turns, self.situation.outcome, self.note)

    def say(self, words: str) -> Exchange:
        """One turn of the trainee; empty words are a silence. Raises ValueError when the call is over."""
        if self.is_over:
            raise ValueError("the call is over")
        words = safe(words).strip()
        before = self.situation
        reading = self._ear.read(
            words,
            hearer=self._player.hearer(before),
            channel=self.case.channel,
            now=before.clock,
            asked=before.asked,
        )
        said = Turn(
            n=len(self._turns) + 1,
            who=Speaker.COLLECTOR,
            text=words,
            clock=before.clock,
            hearer=self._player.hearer(before),
            state=before.state,
            acts=reading.act_ids,
            breaches=reading.rule_ids,
        )
        step = self._player.step(self.case, before, reading)
        self._add(said)
        self.situation = step.situation
        reply = self._persona_turn(step.reply, self._player.after(before, words), step.situation)
        self._add(reply)
        if step.situation.outcome is not None:
            self._keep(end_event(step.situation.outcome))
        return Exchange(said, reading, reply)

    def leave(self) -> Outcome:
        """The trainee hangs up; nothing happens when the call is already over."""
        if not self.is_over:
            self.situation = self._player.leave(self.case, self.situation)
            assert self.situation.outcome is not None
            self._keep(end_event(self.situation.outcome))
        assert self.situation.outcome is not None
        return self.situation.outcome

    def _persona_turn(self, text: str, clock: datetime, situation: Situation) -> Turn:
        return Turn(
            n=len(self._turns) + 1,
            who=Speaker.PERSONA,
            text=text,
            clock=clock,
            hearer=self._player.hearer(situation),
            state=situation.state,
            pledges=situation.pledges,
            asks=situation.asked,
        )

    def _add(self, turn: Turn) -> None:
        self._keep(turn_event(turn))
        self._turns.append(turn)


def replay(fresh: Callable[[], Practice], turns: Iterable[Turn]) -> Practice:
    """The call in which the trainee's `turns` were said again, as if it had never stopped.

    Raises RecordError when the answers differ from the recorded ones: the content has changed since.
    """
    practice = fresh()
    recorded = list(turns)
    for turn in recorded:
        if turn.who is Speaker.COLLECTOR:
            practice.say(turn.text)
    for was, now in zip(recorded, practice.turns, strict=False):
        if was.text != now.text:
            raise RecordError(f"第 {was.n} 轮的答话和记录不一样：角色或情境已经改过，这通电话不能接着打")
    return practice
