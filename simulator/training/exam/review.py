"""Second marking, adjudication, appeal and decision: who may do it, when, and the entry it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from scoring.rulebook import Rulebook
from simulator.dialogue.plain import to_plain
from simulator.dialogue.safe import safe
from simulator.errors import ExamError
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.differences import differences
from simulator.training.exam.keeping import New
from simulator.training.exam.marking import Yardsticks, result_of
from simulator.training.exam.marks import Mark, Ruling

LONGEST_APPEAL = 4000


def _marked(attempt: Attempt) -> None:
    if attempt.voided is not None:
        raise ExamError(f"这份考试作废了（{attempt.voided}）")
    if not attempt.marked:
        raise ExamError("这份考试还没有交卷评分")


def _of_another(attempt: Attempt, who: str) -> None:
    """People may be given another role after they have sat."""
    if who == attempt.candidate.id:
        raise ExamError("这是你自己的卷子，不能由你来评、来裁")


def may_second_mark(attempt: Attempt, marker: str, *, looked: bool) -> None:
    """Raises ExamError: each marker marks an attempt once, before anybody has settled anything, and not after having
    `looked` at what others gave (in another role)."""
    _marked(attempt)
    _of_another(attempt, marker)
    if marker in {second.by for second in attempt.seconds}:
        raise ExamError("你已经交过这份的第二遍评分了，交了不能改")
    if looked:
        raise ExamError("你看过这份的成绩了，不能再评第二遍；请另一位阅卷人来")
    if attempt.words:
        raise ExamError("这份已经裁定过了，再评就不是各评各的了")


def second_entry(by: str, marks: Mapping[int, Sequence[Mark]]) -> New:
    calls = [
        {"call": n, "marks": [_whole(to_plain(mark)) for mark in given]} for n, given in sorted(marks.items())
    ]
    return New("second", {"by": by, "calls": calls}, signed=True)


def _whole(mark: Mapping[str, object]) -> dict[str, object]:
    return {"turn": None, **mark}


def may_rule(attempt: Attempt, examiner: str, *, decision: bool) -> None:
    """Raises ExamError: nobody settles what they have sat or marked, nobody answers an appeal against their own
    ruling, and what was decided on an appeal is not overturned by another adjudication."""
    _marked(attempt)
    _of_another(attempt, examiner)
    if examiner in {second.by for second in attempt.seconds}:
        raise ExamError("你评过这份，不能再裁定；请另一位考官来")
    if decision:
        if len(attempt.decisions) >= len(attempt.appeals):
            raise ExamError("这份没有还没答复的申诉")
        if examiner in {word.by for word in attempt.words}:
            raise ExamError("你裁定过这份，申诉要请另一位考官答复")
    elif attempt.decisions:
        raise ExamError("这份的申诉已经答复了，不能再裁定")
    elif not attempt.seconds:
        raise ExamError("还没有第二遍评分，没有什么可裁定的")


def ruling_entry(
    attempt: Attempt,
    by: str,
    upheld: bool | None,
    why: str,
    rulings: Sequence[Ruling],
    yardsticks: Yardsticks,
) -> New:
    """An adjudication (`upheld` is None) or a decision. Raises ExamError for an adjudication that leaves a difference
    unsettled, and for a decision that changes marks without upholding the appeal."""
    if upheld is None:
        settled = {ruling.place for ruling in rulings}
        left = [one for one in differences(attempt) if one.ruling is None and one.place not in settled]
        if left:
            named = "、".join(f"第 {one.place.call} 通 {one.place.id}" for one in left)
            raise ExamError(f"还有不同的地方没裁：{named}")
    elif rulings and not upheld:
        raise ExamError("申诉不成立就不该改分；成立写 upheld: true，不成立写 rulings: []")
    result = result_of(attempt, (*attempt.rulings, *rulings), yardsticks)
    body = {
        "by": by,
        "why": safe(why, lines=True),
        "rulings": [to_plain(ruling) for ruling in rulings],
        "result": to_plain(result),
    }
    if upheld is None:
        return New("adjudicate", body, signed=True)
    return New("decide", {**body, "upheld": upheld}, signed=True)


def appeal_entry(attempt: Attempt, text: str, now: datetime) -> New:
    """The candidate's complaint. Raises ExamError outside the review window."""
    _marked(attempt)
    if attempt.review_until is None or now > attempt.review_until:
        raise ExamError(f"申诉期是出分以后 {attempt.blueprint.review_days} 天，已经过了")
    if len(attempt.appeals) > len(attempt.decisions):
        raise ExamError("上一次申诉还没有答复，请等一等")
    text = safe(text, lines=True).strip()
    if not text or len(text) > LONGEST_APPEAL:
        raise ExamError(f"申诉要写明不服哪里、为什么，最多 {LONGEST_APPEAL} 个字")
    return New("appeal", {"by": attempt.candidate.id, "text": text}, signed=True)


def void_entry(attempt: Attempt, by: str, why: str) -> New:
    if attempt.seal is None:
        raise ExamError("先收卷（exam submit），再作废")
    if attempt.voided is not None:
        raise ExamError("这份已经作废了")
    return New("void", {"by": by, "why": safe(why)}, signed=True)


def rulebook_of(attempt: Attempt, yardsticks: Yardsticks) -> Rulebook:
    """The rulebook of the attempt's calls: the first one's, for a form is judged by one book."""
    case = next(call.case for call in attempt.calls if call.case is not None)
    return yardsticks.rulebook(case.rulebook)
