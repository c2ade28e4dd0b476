"""The store of results: keeps what sealed records say, finds it again by exam, group and candidate.

The record is kept whole beside the rows that were made from it. Keeping the same record again changes nothing; a record
that has grown (an appeal, a decision) takes the place of the shorter one; one that does not continue what is kept is
refused, since one of the two is not the original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, delete, insert, or_, select

from simulator.errors import RecordError, UnknownNameError
from simulator.store.results import rows
from simulator.store.results.certificates import Certificates
from simulator.store.results.database import open_engine, put, reading, writing
from simulator.store.results.migrate import migrate
from simulator.store.results.standards import Standards, digest_for
from simulator.store.results.tables import (
    ATTEMPTS,
    BREACHES,
    CALLS,
    CANDIDATES,
    FINDINGS,
    RECORDS,
)
from simulator.training.exam.entry import stamp
from simulator.training.exam.ledger import Ledger, Sat

Row = TypeVar("Row")
CHILDREN = (FINDINGS, BREACHES, CALLS, RECORDS)


class Kept(StrEnum):
    """What became of a record that was handed in."""

    NEW = "new"
    GROWN = "grown"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which attempts: an empty field asks nothing. `exam` is the hall's name for it or the blueprint's; ids of
    candidates and attempts may stand without their hall."""

    exam: str = ""
    group: str = ""
    candidate: str = ""
    attempt: str = ""


class Results:
    """One database. Made or brought up to date when opened. Raises StorageError."""

    def __init__(self, where: str, now: datetime) -> None:
        self._engine = open_engine(where)
        try:
            with writing(self._engine) as connection:
                self.applied = migrate(connection, stamp(now))
        except BaseException:
            self.close()
            raise
        self.standards = Standards(self._engine)
        self.certificates = Certificates(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    # records

    def keep(self, ledger: Ledger, content: str, now: datetime) -> Kept:
        """Keeps one proven record and its rows. Raises RecordError for one that does not continue what is kept."""
        (sat,) = ledger.sat
        with writing(self._engine) as connection:
            kept = connection.execute(
                select(ATTEMPTS.c.head, RECORDS.c.content)
                .join(RECORDS, RECORDS.c.attempt == ATTEMPTS.c.id)
                .where(ATTEMPTS.c.id == sat.id)
            ).first()
            if kept is not None:
                if kept.head == sat.head:
                    return Kept.SAME
                if kept.content.startswith(content):
                    return Kept.SAME  # an older copy of what is here
                if not content.startswith(kept.content):
                    raise RecordError(
                        f"{sat.id} 和成绩库里的不是同一份记录：库里的第 {_fork(kept.content, content)} 条起就不一样；"
                        "请查清哪一份是原件"
                    )
            _check_hall(connection, sat)
            self._write(connection, ledger, content, now)
            return Kept.NEW if kept is None else Kept.GROWN

    def _write(self, connection: Connection, ledger: Ledger, content: str, now: datetime) -> None:
        (sat,) = ledger.sat
        for table in CHILDREN:
            connection.execute(delete(table).where(table.c.attempt == sat.id))
        put(connection, CANDIDATES, {"id": sat.candidate, "name": sat.name})
        row = {**rows.row_of_sat(sat), "standard": digest_for(connection, sat), "imported_at": stamp(now)}
        put(connection, ATTEMPTS, row)
        connection.execute(insert(RECORDS), {"attempt": sat.id, "content": content})
        for table, made in (
            (CALLS, [rows.row_of_rated(row) for row in ledger.rated]),
            (FINDINGS, [rows.row_of_found(row) for row in ledger.found]),
            (BREACHES, [rows.row_of_broken(row) for row in ledger.broken]),
        ):
            if made:
                connection.execute(insert(table), made)

    def ledger(self, wanted: Selection) -> Ledger:
        """Everything of the attempts that are wanted, in the order in which they were opened."""
        chosen = _chosen(wanted)
        ids = chosen.with_only_columns(ATTEMPTS.c.id).order_by(None).scalar_subquery()
        with reading(self._engine) as connection:
            sat = tuple(rows.sat_of(dict(row)) for row in connection.execute(chosen).mappings())

            def read(table: Table, make: Callable[[Mapping[str, Any]], Row], *order: str) -> tuple[Row, ...]:
                query = (
                    select(table).where(table.c.attempt.in_(ids)).order_by(*(table.c[name] for name in order))
                )
                return tuple(make(dict(row)) for row in connection.execute(query).mappings())

            return Ledger(
                sat,
                read(CALLS, rows.rated_of, "attempt", "n"),
                read(FINDINGS, rows.found_of, "attempt", "call", "section", "criterion"),
                read(BREACHES, rows.broken_of, "attempt", "call", "n"),
            )

    def record(self, attempt: str) -> str:
        """The lines of a record as they were sealed. Raises UnknownNameError."""
        query = select(RECORDS.c.content).where(RECORDS.c.attempt == self.full_id(attempt))
        with reading(self._engine) as connection:
            content: str = connection.execute(query).scalar_one()
        return content

    def full_id(self, attempt: str) -> str:
        """The attempt's id with its hall. Raises UnknownNameError when there is none or more than one."""
        start = attempt.partition(".")[0]
        query = select(ATTEMPTS.c.id).order_by(ATTEMPTS.c.id)
        with reading(self._engine) as connection:
            found = connection.execute(query.where(_named(ATTEMPTS.c.id, attempt))).scalars().all()
            near = (
                connection.execute(query.where(ATTEMPTS.c.id.contains(start, autoescape=True)).limit(2))
                .scalars()
                .all()
            )
        if len(found) != 1:
            raise UnknownNameError("考试记录", attempt, found[:2] or near)
        return str(found[0])

    def total(self, attempt: str, scenario: str) -> int | None:
        """The total of the one call of that scenario in an attempt, if there is just one."""
        query = select(CALLS.c.total).where(_named(CALLS.c.attempt, attempt), CALLS.c.scenario == scenario)
        with reading(self._engine) as connection:
            totals = connection.execute(query).scalars().all()
        return totals[0] if len(totals) == 1 else None


def _chosen(wanted: Selection) -> Select[Any]:
    query = (
        select(ATTEMPTS, CANDIDATES.c.name)
        .join(CANDIDATES, CANDIDATES.c.id == ATTEMPTS.c.candidate)
        .order_by(ATTEMPTS.c.opened_at, ATTEMPTS.c.id)
    )
    if wanted.exam:
        query = query.where(or_(ATTEMPTS.c.exam == wanted.exam, ATTEMPTS.c.blueprint == wanted.exam))
    if wanted.group:
        query = query.where(ATTEMPTS.c.candidate_group == wanted.group)
    if wanted.candidate:
        query = query.where(_named(ATTEMPTS.c.candidate, wanted.candidate))
    if wanted.attempt:
        query = query.where(_named(ATTEMPTS.c.id, wanted.attempt))
    return query


def _named(column: Column[str], id: str) -> ColumnElement[bool]:
    return or_(column == id, column.endswith(f"/{id}", autoescape=True))


def _check_hall(connection: Connection, sat: Sat) -> None:
    """A hall keeps its key, so that one hall cannot hand in records in the name of another."""
    query = (
        select(ATTEMPTS.c.key_id).where(ATTEMPTS.c.hall == sat.hall, ATTEMPTS.c.key_id != sat.key).limit(1)
    )
    other = connection.execute(query).scalar()
    if other is not None:
        raise RecordError(
            f"考点 {sat.hall} 以前的记录是钥匙 {other} 签的，{sat.id} 是 {sat.key} 签的；请查清来历"
        )


def _fork(one: str, other: str) -> int:
    """The number of the first line in which they differ."""
    pairs: Iterable[tuple[str, str]] = zip(one.split("\n"), other.split("\n"), strict=False)
    return next((n for n, (mine, yours) in enumerate(pairs, 1) if mine != yours), 1)
