"""Proves or refutes a record from its bytes: nothing added, changed, left out or put in another order.

What is proved is what the centre's key answers for. That the end was not cut off is proved only against something
kept elsewhere: a receipt, or the hall's log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.errors import ExamError, RecordError
from simulator.training.exam.attempt import SIGNED_KINDS, Attempt, read_attempt
from simulator.training.exam.drawing import form_digest
from simulator.training.exam.entry import (
    FIRST,
    Entry,
    canonical,
    exact,
    hash_of,
    line_of,
    parse_line,
    signed_words,
)
from simulator.training.exam.hall import HallState
from simulator.training.exam.marking import Yardsticks, machine_marks, result_of
from simulator.training.exam.marks import Ruling
from simulator.training.exam.order import out_of_order

Verifies = Callable[[str, str, bytes], bool | None]
"""Key id, signature and words; None where that key is not known."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What refutes a record: at which entry (0: the whole), a stable id and a sentence."""

    n: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Proof:
    """`problems` is empty where everything that could be checked holds. `notes` say what could not be. `attempt` is
    None where the record cannot be read at all."""

    attempt: Attempt | None
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def prove(content: bytes, verifies: Verifies) -> Proof:
    """The proof of an attempt's record."""
    entries, problems = read_chain(content)
    if not entries:
        return Proof(None, (), tuple(problems) or (Problem(0, "empty", "文件是空的"),), ())
    id = str(entries[0].body.get("attempt", ""))
    problems += signatures(id, entries, verifies, SIGNED_KINDS)
    if problems:
        return Proof(None, tuple(entries), tuple(problems), ())
    try:
        attempt = read_attempt(entries)
    except RecordError as error:
        return Proof(None, tuple(entries), (Problem(0, "unreadable", str(error)),), ())
    problems += [Problem(n, "out-of-order", text) for n, text in out_of_order(entries)]
    if form_digest(attempt.form) != attempt.form.digest:
        problems.append(Problem(1, "form", "试卷和它自己的指纹对不上"))
    notes = () if attempt.seal else ("这份记录还没有交卷封存：到最后一条为止没有签名",)
    return Proof(attempt, tuple(entries), tuple(problems), notes)


def read_chain(content: bytes) -> tuple[list[Entry], list[Problem]]:
    """The entries of a record and what is wrong with their chain."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    lines = content.split(b"\n")
    if lines[-1]:
        problems.append(Problem(len(lines), "torn", f"最后一条（第 {len(lines)} 行）不完整"))
    for number, line in enumerate(lines[:-1], 1):
        try:
            entry = parse_line(line, f"第 {number} 行")
            problems += list(_link(entry, entries[-1] if entries else None, line, number))
        except RecordError as error:
            problems.append(Problem(number, "unreadable", str(error)))
            break
        entries.append(entry)
    return entries, problems


def _link(entry: Entry, last: Entry | None, line: bytes, number: int) -> Iterator[Problem]:
    if line_of(entry) != line + b"\n":
        yield Problem(number, "not-canonical", f"第 {number} 行的写法被改过")
    if entry.hash != hash_of(entry):
        yield Problem(number, "hash", f"第 {number} 行的内容和它的指纹对不上")
    if (entry.n, entry.prev) != (number, last.hash if last else FIRST):
        yield Problem(number, "chain", f"第 {number} 行和上一行接不上")
    if last and entry.at < last.at:
        yield Problem(number, "clock", f"第 {number} 行的时间早于上一行")


def signatures(
    record: str, entries: Sequence[Entry], verifies: Verifies, kinds: frozenset[str] | None
) -> Iterator[Problem]:
    """What is wrong with the signatures; `kinds` must be signed (None: all)."""
    for entry in entries:
        if entry.sig is None or entry.key is None:
            if kinds is None or entry.kind in kinds:
                yield Problem(entry.n, "unsigned", f"第 {entry.n} 条（{entry.kind}）应该有考点的签名，却没有")
            continue
        proven = verifies(entry.key, entry.sig, signed_words(record, entry))
        if proven is None:
            yield Problem(entry.n, "unknown-key", f"第 {entry.n} 条是用另一把钥匙（{entry.key}）签的")
        elif not proven:
            yield Problem(entry.n, "signature", f"第 {entry.n} 条的签名不对")


def against_receipt(attempt: Attempt, receipt: str) -> list[Problem]:
    """Holds the record against the code that the candidate was given on submitting."""
    if attempt.seal is None:
        return [Problem(0, "receipt", "有回执，记录里却没有交卷：结尾被截掉了")]
    typed = receipt.strip().lower().replace("-", "").replace(" ", "")
    if len(typed) >= 20 and attempt.seal.hash.startswith(typed):
        return []
    return [Problem(attempt.seal.n, "receipt", f"和回执 {receipt} 对不上")]


def against_hall(attempt: Attempt, entries: Sequence[Entry], hall: HallState) -> list[Problem]:
    """Holds the record against the hall's log: it must come at least as far as the last anchor, by the same hashes."""
    known = hall.attempts.get(attempt.id)
    if known is None:
        return [Problem(0, "not-in-log", f"考点日志里没有 {attempt.id}")]
    if len(entries) < known.n:
        return [
            Problem(
                len(entries),
                "cut-off",
                f"考点日志记到第 {known.n} 条，这份只有 {len(entries)} 条：结尾被截掉了",
            )
        ]
    if known.n and entries[known.n - 1].hash != known.hash:
        return [Problem(known.n, "not-in-log", f"第 {known.n} 条和考点日志里的不是同一条")]
    return []


def graded_again(attempt: Attempt, yardsticks: Yardsticks) -> tuple[list[Problem], list[str]]:
    """Marks the attempt again from its transcripts: the same bytes, or a problem; a note where other versions are
    installed, for then they need not be the same."""
    if attempt.marked is None or attempt.machine is None:
        return [], []
    again = machine_marks(attempt, yardsticks)
    if again["versions"] != dict(attempt.versions):
        changed = [
            name for name in again["versions"] if again["versions"][name] != attempt.versions.get(name)
        ]
        return [], [f"装着的版本和打分时不同（{'、'.join(changed)}），没有重新打分"]
    problems = [
        Problem(0, "grade", f"第 {item['call']} 通重新打分，和记录里的成绩单不一样")
        for item in again["calls"]
        if _bytes(item["scorecard"]) != _bytes(attempt.call(item["call"]).scorecard)
    ]
    if problems:
        return problems, []
    return list(_results_again(attempt, yardsticks)), []


def _bytes(card: Mapping[str, object] | None) -> bytes:
    return canonical(exact(card))


def _results_again(attempt: Attempt, yardsticks: Yardsticks) -> Iterator[Problem]:
    if result_of(attempt, (), yardsticks) != attempt.machine:
        yield Problem(0, "result", "总成绩和各通的成绩单对不上")
    so_far: tuple[Ruling, ...] = ()
    for word in attempt.words:
        so_far = (*so_far, *word.rulings)
        try:
            if result_of(attempt, so_far, yardsticks) != word.result:
                yield Problem(0, "result", f"{word.by} 裁定以后的成绩算得不对")
        except (ExamError, StopIteration):
            yield Problem(0, "result", f"{word.by} 的裁定没法重新算")


def prove_hall(content: bytes, verifies: Verifies) -> tuple[list[Entry], list[Problem]]:
    """The hall's own log: chained, and every entry signed."""
    entries, problems = read_chain(content)
    if not problems:
        problems += signatures("hall", entries, verifies, None)
    return entries, problems
