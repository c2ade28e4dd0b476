"""A sitting: one candidate at one attempt, from the first call to the seal.

Nothing is handed out before it is in the record for good, and the record alone is enough to go on: after a kill, on
another machine, after the disk was full. The same object serves the terminal and the hall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from simulator.dialogue import Speaker, Turn
from simulator.dialogue.safe import safe
from simulator.errors import ExamError, RecordError
from simulator.training.exam.attempt import SatCall, Seal, followed, read_attempt
from simulator.training.exam.keeping import Clock, MovedError, New, Record
from simulator.training.exam.timing import Left, last_ended, left_at, running, upcoming
from simulator.training.practice import Keep, Practice, replay
from simulator.training.record import Event

LONGEST = 1000  # characters of one turn
LONGEST_NOTE = 4000


class Stage(Protocol):
    """Plays calls of the installed content (see `simulator.authoring.stage`)."""

    def open_call(self, scenario: str, seed: int, keep: Keep) -> Practice: ...

    def brief(self, scenario: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Look:
    """How the sitting stands. `phase` is `ready` (the next call may begin), `call`, `done` (nothing left to call),
    `paused`, or `over` (submitted). `call` is the call that is on, just ended or next, `brief` what the candidate is
    told of it; `may_note` while a note on it is taken."""

    phase: str
    call: SatCall
    calls: int
    brief: str
    left: Left
    may_note: bool
    seal: Seal | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one turn led to; `reply` is None when the other side said nothing. `over`: the call has ended."""

    said: Turn
    reply: Turn | None
    over: bool


P = ParamSpec("P")
R = TypeVar("R")


def settled(act: Callable[Concatenate[Sitting, P], R]) -> Callable[Concatenate[Sitting, P], R]:
    """Does it again from the start when an examiner's entry came in between: it may not be allowed any more."""

    @wraps(act)
    def done(self: Sitting, /, *arguments: P.args, **named: P.kwargs) -> R:
        while True:
            try:
                self._catch_up()
                return act(self, *arguments, **named)
            except MovedError:
                continue

    return done


class Sitting:
    """Raises ExamError for what is not allowed (now), StorageError when it could not be kept: the same words may then
    be said again."""

    def __init__(self, record: Record, stage: Stage, clock: Clock) -> None:
        self._record, self._stage, self._clock = record, stage, clock
        self._practice: Practice | None = None
        self._practice_of = 0
        self._fresh: list[Event] = []
        self.attempt = read_attempt(record.entries)
        self._read = len(record.entries)

    @settled
    def look(self) -> Look:
        """How it stands now, after ending what has run out of time."""
        attempt = self.attempt
        on, ended, following = running(attempt), last_ended(attempt), upcoming(attempt)
        shown = on or following or ended
        assert shown is not None  # a form has at least one call
        return Look(
            phase=self._phase(),
            call=shown,
            calls=len(attempt.calls),
            brief=self._stage.brief(shown.scenario),
            left=left_at(attempt, self._now()),
            may_note=on is None and ended is not None and attempt.seal is None,
            seal=attempt.seal,
        )

    def _phase(self) -> str:
        if self.attempt.seal:
            return "over"
        if self.attempt.paused():
            return "paused"
        if running(self.attempt):
            return "call"
        return "ready" if upcoming(self.attempt) and left_at(self.attempt, self._now()).may_begin else "done"

    @settled
    def come_back(self, torn: int = 0) -> None:
        """Notes that the sitting was broken off and is taken up again; `torn` bytes were cut from the record's end."""
        if self.attempt.seal is None:
            self._add(New("back", {"torn": torn}))

    @settled
    def begin(self) -> tuple[Turn, ...]:
        """The next call: what the other side says on answering (nothing on channels where nobody answers)."""
        self._allow()
        following = upcoming(self.attempt)
        if running(self.attempt):
            raise ExamError("这通电话还没打完；打完了才有下一通")
        if following is None:
            raise ExamError("卷子上的电话都打完了，可以交卷了")
        if not left_at(self.attempt, self._now()).may_begin:
            raise ExamError("考试时间到了，不能再开新的一通；请交卷")
        self._practice = self._stage.open_call(following.scenario, following.seed, self._fresh.append)
        self._practice_of = following.n
        self._keep_fresh(following.n)
        return self.attempt.call(following.n).turns

    @settled
    def say(self, words: str, turn: int | None = None) -> Answer:
        """One turn of the candidate; empty words are a silence.

        `turn` is the number this turn is to have in the call's transcript. Saying a turn again that is already in the
        record, with the same words, gives the same answer and adds nothing: a client may ask twice.
        """
        words = safe(words).strip()
        again = self._said_already(words, turn)
        if again:
            return again
        if len(words) > LONGEST:
            raise ExamError(f"一句话最多 {LONGEST} 个字，这句有 {len(words)} 个；分几句说")
        call = self._call_on()
        if turn is not None and turn != len(call.turns) + 1:
            raise ExamError(f"轮到第 {len(call.turns) + 1} 轮，收到的却是第 {turn} 轮；请刷新后再说")
        self._playing(call).say(words)
        self._keep_fresh(call.n, "call")
        return self._answer(call.n, len(call.turns) + 1)

    @settled
    def hang_up(self) -> None:
        """The candidate ends the call."""
        self._leave(self._call_on(), "candidate")

    @settled
    def note(self, text: str) -> None:
        """The note on the call that ended last; a later one takes its place."""
        self._allow()
        ended = last_ended(self.attempt)
        if running(self.attempt) or ended is None:
            raise ExamError("电话打完以后才写小结")
        text = safe(text, lines=True).strip()
        if len(text) > LONGEST_NOTE:
            raise ExamError(f"小结最多 {LONGEST_NOTE} 个字，这份有 {len(text)} 个")
        self._add(New("note", {"call": ended.n, "text": text}))

    @settled
    def submit(self, by: str = "candidate", why: str = "") -> Seal:
        """Hands the attempt in: it is sealed, and nothing more can be said. Submitting again gives the same seal."""
        if self.attempt.seal is None:
            if by == "candidate" and self.attempt.paused():
                raise ExamError("考官暂停了考试；继续以后再交卷")
            self._submit(by, why)
        assert self.attempt.seal is not None
        return self.attempt.seal

    @settled
    def pause(self, by: str, why: str) -> None:
        """An examiner stops the clock."""
        self._open_still()
        if self.attempt.paused():
            raise ExamError("这份考试已经暂停着了")
        self._add(New("pause", {"by": by, "why": safe(why)}, signed=True))

    @settled
    def go_on(self, by: str, why: str = "") -> None:
        self._open_still()
        if not self.attempt.paused():
            raise ExamError("这份考试没有暂停")
        self._add(New("go-on", {"by": by, "why": safe(why)}, signed=True))

    @settled
    def extend(self, by: str, minutes: int, why: str) -> None:
        """An examiner gives more time, to the exam and to the call that is on."""
        self._open_still()
        if not 1 <= minutes <= 600:
            raise ExamError("加时要在 1 到 600 分钟之间")
        self._add(New("extend", {"by": by, "minutes": minutes, "why": safe(why)}, signed=True))

    def _now(self) -> datetime:
        """Never before the last entry: a clock that was set back stands still until it has caught up."""
        return max(self._clock(), self._record.entries[-1].at)

    def _catch_up(self) -> None:
        """Takes in what others have added (an examiner's pause), then ends what has run out of time."""
        self._record.refresh()
        self._take_in()
        on = running(self.attempt)
        if on:
            self._playing(on)
            on = running(self.attempt)
        if self.attempt.seal or self.attempt.paused():
            return
        left = left_at(self.attempt, self._now())
        if on and not left.may_speak:
            self._leave(on, "time")
        if left.is_over:
            self._submit("time", "")

    def _take_in(self) -> None:
        entries = self._record.entries
        if len(entries) > self._read:
            for entry in entries[self._read :]:
                self.attempt = followed(self.attempt, entry)
            self._read = len(entries)

    def _allow(self) -> None:
        self._open_still()
        if self.attempt.paused():
            raise ExamError(f"考官暂停了考试（{self.attempt.stops[-1].why}）；继续以后再说，时间不算")

    def _open_still(self) -> None:
        if self.attempt.seal:
            by_time = self.attempt.submitted_by == "time"
            raise ExamError("时间到，卷子已经自动交了" if by_time else "卷子已经交了，不能再改")

    def _call_on(self) -> SatCall:
        self._allow()
        call = running(self.attempt)
        if call is None:
            ended = last_ended(self.attempt)
            late = ended is not None and ended.ended_by == "time"
            raise ExamError("这通电话的时间到了，已经挂断" if late else "现在没有电话在打")
        return call

    def _playing(self, call: SatCall) -> Practice:
        """The call as it stands in the record, played again where this program has not played it itself."""
        if self._practice is None or self._practice_of != call.n:
            self._fresh.clear()
            practice = self._practice = self._played_again(call)
            self._practice_of = call.n
            del self._fresh[: 1 + len(call.turns)]
            if self._fresh:  # killed between the candidate's words and the answer to them
                self._keep_fresh(call.n, "call")
            return practice
        return self._practice

    def _played_again(self, call: SatCall) -> Practice:
        def fresh() -> Practice:
            practice = self._stage.open_call(call.scenario, call.seed, self._fresh.append)
            if practice.versions != call.versions or practice.case != call.case:
                raise RecordError(
                    f"第 {call.n} 通电话开始以后，内容或程序换过版本，不能接着打；请考官换回原来的版本"
                )
            return practice

        return replay(fresh, call.turns)

    def _leave(self, call: SatCall, by: str) -> None:
        self._playing(call).leave()
        self._keep_fresh(call.n, by)

    def _submit(self, by: str, why: str) -> None:
        on = running(self.attempt)
        if on:
            self._leave(on, "time" if by == "time" else "submit")
        self._add(New("submit", {"by": by, "why": safe(why)}, signed=True))

    def _keep_fresh(self, call: int, by: str = "") -> None:
        """Puts what the call has just produced into the record, all or nothing."""
        events = self._fresh.copy()
        self._fresh.clear()
        try:
            self._add(*(_entry(event, call, by) for event in events))
        except BaseException:
            self._practice = None  # it is ahead of the record now: next time it is played again from there
            raise

    def _add(self, *news: New) -> None:
        self._record.add(*news, after=self._read)
        self._take_in()

    def _said_already(self, words: str, turn: int | None) -> Answer | None:
        if turn is None:
            return None
        call = running(self.attempt) or last_ended(self.attempt)
        if call is None or not 1 <= turn <= len(call.turns):
            return None
        said = call.turns[turn - 1]
        if said.who is not Speaker.COLLECTOR or said.text != words:
            raise ExamError(f"第 {turn} 轮已经说过别的话了；请刷新后再说")
        return self._answer(call.n, turn)

    def _answer(self, call: int, turn: int) -> Answer:
        now = self.attempt.call(call)
        reply = now.turns[turn] if len(now.turns) > turn else None
        return Answer(now.turns[turn - 1], reply, now.ended is not None)


def _entry(event: Event, call: int, by: str) -> New:
    body = {"call": call, **{key: value for key, value in event.items() if key != "event"}}
    if event["event"] == "end":
        body["by"] = by
    return New(event["event"], body)
