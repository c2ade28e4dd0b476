"""The hall as its pages use it: candidates sign in, begin, talk and hand in; examiners look on and give orders.

Plain calls without a network, safe from any thread. What a candidate is told comes from `views`. Raises the errors of
`simulator.errors`, and SignedOutError where a session is over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from simulator.authoring.report import report_html
from simulator.authoring.stage import form_for
from simulator.errors import ExamError, PeilianError, UnknownNameError
from simulator.store.sessions import Session, Sessions
from simulator.training.exam.hall import OpenExam, Person, Role, may_begin
from simulator.training.exam.sitting import Sitting
from simulator.training.exam.timing import last_ended, running
from simulator.web.seats import HallStage, Place, Seats, ServedHall, complain
from simulator.web.views import Data, attempt_row, exam_view, seat_view, waiting_row

SEAT, DESK = "seat", "desk"
SHOWN_FOR = timedelta(hours=24)
UNSEALED = ("", "open", "pause", "go-on", "extend")
WORDS_OF_REASON = 200


class SignedOutError(Exception):
    """There is no such session (any more)."""


class HallRoom:
    def __init__(self, hall: ServedHall, stage: HallStage, seats: Seats, sessions: Sessions) -> None:
        self._hall, self._stage, self._seats, self._sessions = hall, stage, seats, sessions
        self._door = threading.Lock()  # a code is spent once, however many try it at the same moment
        self.title = hall.state.title

    def warm_up(self) -> None:
        """Everything that would make the first candidates wait."""
        for exam in self._hall.state.exams.values():
            if exam.closed is None:
                self._stage.warm_up(exam.contents)

    def take_up(self) -> None:
        """Opens what was going on before a restart: the time of those who do not come back runs too."""
        for begun in self._hall.state.attempts.values():
            if begun.kind in UNSEALED or begun.kind == "submit":
                try:
                    self._seats.place(begun.id)
                except PeilianError as error:  # one bad record does not keep the others out
                    complain(error)

    # candidates

    def enter(self, candidate: str, code: str) -> str:
        """Spends the seat code; the token of the session."""
        candidate = candidate.strip().lower()
        with self._door:
            person, seat = self._hall.redeem(candidate, code, "serve")
        attempt = self._going_on(person.id)
        if attempt is not None:
            self._seats.retake(self._seats.place(attempt))
        return self._sessions.begin(SEAT, person.id, seat, attempt)

    def _going_on(self, candidate: str) -> str | None:
        mine = [begun for begun in self._hall.state.attempts.values() if begun.candidate == candidate]
        unsealed = [begun.id for begun in mine if begun.kind in UNSEALED]
        going = [attempt for attempt in unsealed if self._seats.place(attempt).attempt.supervised]
        return going[-1] if going else None

    def session(self, token: str, kind: str) -> Session:
        session = self._sessions.find(token, kind)
        if session is None or not self._is_here(session):
            raise SignedOutError
        if kind == SEAT and session.attempt is None:
            going = self._going_on(session.who)  # a kill came between beginning it and noting it here
            if going is not None and not self._seats.place(going).is_elsewhere:
                self._sessions.bind(token, going)
                return self._sessions.find(token, kind) or session
        return session

    def _is_here(self, session: Session) -> bool:
        """Whoever was dismissed, or got a new secret, is out at once."""
        person = self._hall.state.people.get(session.who)
        wanted = Role.EXAMINER if session.kind == DESK else Role.CANDIDATE
        if person is None or not person.here or person.role is not wanted:
            return False
        return session.kind != DESK or session.by == _salt(person)

    def leave(self, token: str) -> None:
        self._sessions.end(token)

    def seat(self, session: Session) -> Data:
        """The candidate's page as it stands."""
        if session.attempt is None:
            return self._lobby(session)
        place = self._place(session)
        return self._shown(session, place)

    def start(self, token: str, session: Session, exam: str) -> Data:
        """Begins an attempt; asking again shows the one that this seat code was used for."""
        session = self.session(token, SEAT)
        if session.attempt is None:
            opened = self._hall.state.exam(exam)
            person = self._hall.state.person(session.who)
            number = self._hall.next_number(opened, person)
            form = form_for(self._stage, opened, person.id, number)
            record = self._hall.begin(opened, person, session.place, form, supervised=True)
            self._seats.put(record)
            self._sessions.bind(token, record.id)
            session = self.session(token, SEAT)
        return self.seat(session)

    def begin(self, session: Session, call: int) -> Data:
        def begin(sitting: Sitting) -> None:
            on = running(sitting.attempt)
            if on is None or on.n != call:  # asked twice: it has begun already
                sitting.begin()

        return self._done(session, begin)

    def say(self, session: Session, call: int, turn: int, words: str) -> Data:
        def say(sitting: Sitting) -> None:
            now = running(sitting.attempt) or last_ended(sitting.attempt)
            if now is None or now.n != call:
                raise ExamError("这句话是上一通电话里的；请刷新后再说")
            sitting.say(words, turn)

        return self._done(session, say)

    def hang_up(self, session: Session, call: int) -> Data:
        def hang_up(sitting: Sitting) -> None:
            on = running(sitting.attempt)
            if on is not None and on.n == call:
                sitting.hang_up()

        return self._done(session, hang_up)

    def note(self, session: Session, call: int, text: str) -> Data:
        def note(sitting: Sitting) -> None:
            ended = last_ended(sitting.attempt)
            if ended is not None and ended.n != call:
                raise ExamError("这份小结是上一通电话的；下一通已经开始，不能再改")
            sitting.note(text)

        return self._done(session, note)

    def submit(self, session: Session) -> Data:
        def submit(sitting: Sitting) -> None:
            sitting.submit()

        return self._done(session, submit)

    def scorecard(self, session: Session, call: int) -> str:
        """The page of one call's marks, where the blueprint shows them."""
        attempt = self._place(session).attempt
        shown = attempt.seal and attempt.marked and attempt.blueprint.shows == "scorecard"
        if not shown or not 1 <= call <= len(attempt.calls):
            raise UnknownNameError("成绩单", str(call))
        sat = attempt.call(call)
        if sat.transcript is None:
            raise UnknownNameError("成绩单", str(call))
        return report_html(sat.transcript, self._stage.desk.grade(sat.transcript, dict(sat.versions)))

    def _place(self, session: Session) -> Place:
        assert session.attempt is not None
        place = self._seats.place(session.attempt)
        place.seen = self._hall.now()
        return place

    def _done(self, session: Session, act: Callable[[Sitting], None]) -> Data:
        if session.attempt is None:
            raise ExamError("还没有开始考试；先选一场考试")
        place = self._place(session)
        self._seats.act(place, act)
        return self._shown(session, place)

    def _shown(self, session: Session, place: Place) -> Data:
        look = self._seats.act(place, lambda sitting: sitting.look())
        view = seat_view(place.attempt, look, self._stage.case_of(look.call))
        return {**self._who(session), **view}

    def _who(self, session: Session) -> Data:
        person = self._hall.state.person(session.who) if session.attempt is None else None
        name = person.name if person else self._seats.place(session.attempt or "").attempt.candidate.name
        return {"hall": self.title, "name": name, "id": session.who, "seat": session.place}

    def _lobby(self, session: Session) -> Data:
        person = self._hall.state.person(session.who)
        exams = [self._offer(exam, person) for exam in self._hall.state.exams.values() if not exam.closed]
        return {**self._who(session), "phase": "lobby", "exams": exams}

    def _offer(self, exam: OpenExam, person: Person) -> Data:
        now = self._hall.now()
        refused = None
        try:
            may_begin(self._hall.state, exam, person, now, now.astimezone().replace(tzinfo=None))
        except ExamError as error:
            refused = str(error)
        return {**exam_view(exam.id, exam.blueprint), "refused": refused}

    # examiners

    def sign_in(self, examiner: str, secret: str) -> str:
        with self._door:
            person = self._hall.sign_in(examiner.strip().lower(), secret, "serve", Role.EXAMINER)
        return self._sessions.begin(DESK, person.id, by=_salt(person))

    def desk(self, session: Session) -> Data:
        """Everybody who has a seat code, has signed in, or has sat within the day."""
        state, now = self._hall.state, self._hall.now()
        shown = [
            begun.id
            for begun in state.attempts.values()
            if begun.kind in UNSEALED or now - begun.begun < SHOWN_FOR
        ]
        rows = [*(self._row(attempt) for attempt in shown), *self._waiting()]
        exams = [exam_view(exam.id, exam.blueprint) for exam in state.exams.values() if not exam.closed]
        who = state.person(session.who)
        return {"hall": self.title, "name": who.name, "exams": exams, "rows": rows}

    def _row(self, attempt: str) -> Data:
        try:
            place = self._seats.place(attempt)
            row = attempt_row(self._seats.current(place), self._hall.now())
        except PeilianError as error:
            return {
                "attempt": attempt,
                "state": "broken",
                "name": attempt,
                "trouble": str(error),
                "left": None,
            }
        seen = (self._hall.now() - place.seen).total_seconds() if place.seen else None
        state = "elsewhere" if place.is_elsewhere else row["state"]
        return {**row, "state": state, "seen": seen, "trouble": place.trouble}

    def _waiting(self) -> list[Data]:
        state, now = self._hall.state, self._hall.now()
        inside = {item.who: item for item in self._sessions.open(SEAT) if item.attempt is None}
        rows = []
        for person in state.people.values():
            code = state.code_of(person.id, now)
            if person.here and person.role is Role.CANDIDATE and (code or person.id in inside):
                seat = inside[person.id].place if person.id in inside else code.seat if code else ""
                known = {"candidate": person.id, "name": person.name, "group": person.group, "seat": seat}
                rows.append(waiting_row(known, "lobby" if person.id in inside else "waiting"))
        return rows

    def pause(self, session: Session, attempts: Iterable[str], why: str) -> list[Data]:
        return self._order(session, attempts, lambda sitting: sitting.pause(session.who, _reason(why)))

    def go_on(self, session: Session, attempts: Iterable[str], why: str) -> list[Data]:
        return self._order(session, attempts, lambda sitting: sitting.go_on(session.who, why.strip()))

    def extend(self, session: Session, attempts: Iterable[str], minutes: int, why: str) -> list[Data]:
        return self._order(
            session, attempts, lambda sitting: sitting.extend(session.who, minutes, _reason(why))
        )

    def collect(self, session: Session, attempts: Iterable[str], why: str) -> list[Data]:
        """Hands attempts in over the candidates' heads."""
        reason = _reason(why)

        def collect(sitting: Sitting) -> None:
            sitting.submit(session.who, reason)

        return self._order(session, attempts, collect)

    def issue(self, session: Session, candidate: str, seat: str) -> str:
        """A new seat code: for somebody who came late, or moves to another machine."""
        return self._hall.issue_code(session.who, candidate.strip().lower(), seat.strip()[:20])

    def _order(
        self, session: Session, attempts: Iterable[str], order: Callable[[Sitting], Any]
    ) -> list[Data]:
        """Gives the order to each; what could not be done is told, and keeps nothing back from the others."""
        self._hall.state.person(session.who)
        done: list[Data] = []
        for attempt in attempts:
            try:
                self._seats.act(self._seats.place(attempt), order)
                done.append({"attempt": attempt, "error": None})
            except PeilianError as error:
                done.append({"attempt": attempt, "error": str(error)})
        return done


def _salt(person: Person) -> str:
    """Another one with every new secret."""
    return person.secret.salt if person.secret else ""


def _reason(why: str) -> str:
    why = why.strip()
    if not why:
        raise ExamError("请写理由：它和这一步一起记在考生的记录里")
    return why[:WORDS_OF_REASON]
