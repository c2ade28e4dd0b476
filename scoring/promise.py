"""The promise, the thing to be won: who will pay how much by when, on the call's own clock, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from scoring.conditions import Moment, hold
from scoring.hearing import Call, Heard
from scoring.rubric import Grade, PromiseTerms
from scoring.scorecard import Breach, Evidence, Pledged, PromiseMark
from simulator.dialogue import AmountKind, HeardAs, PersonaKind, Pledge, Severity, Turn
from simulator.dialogue.speak import spoken, spoken_instant
from simulator.reading.echo import same_time

WINDOW = timedelta(hours=48)
PRESSING = frozenset((HeardAs.THREAT, HeardAs.FALSEHOOD, HeardAs.PESTERING))
# Promises bought by these are bought with something that was not the collector's to give, or with another debt.
BUYING = frozenset(("unauthorised-waiver", "credit-record-promise", "induce-borrowing"))
# A wrong figure costs its points, but it presses nobody.
NOT_PRESSING = frozenset(("amount-accuracy",))
ASKING_RELATIVES = frozenset(("third-party-demand", "third-party-inducement"))
ALL_OF_IT = ("全部", "结清", "还清", "付清", "一次性", "全额")
REST_OF_IT = ("剩", "余下", "其余", "余款", "尾款", *ALL_OF_IT)
METHODS = (
    "App", "APP", "app", "手机银行", "网银", "转账", "对公", "自动扣", "扣款", "卡里", "卡上", "存进", "存到", "柜台", "网点", "线上",
    "微信", "支付宝", "银行卡", "还款码", "官方", "小程序", "账户里",
)  # fmt: skip

TITLES = {
    Grade.FULL_TODAY: "今天还清",
    Grade.FULL_WITHIN_48H: "两天之内还清",
    Grade.PART_TODAY_REST_DATED: "今天先还一部分，余下的有日子",
    Grade.PART_WITHIN_48H: "两天之内还一部分",
    Grade.DATED_LATER: "有日子，但在两天以后",
    Grade.VAGUE: "没有准日子",
    Grade.NONE: "没有承诺",
}


def weigh(call: Call, terms: PromiseTerms, breaches: Sequence[Breach]) -> PromiseMark:
    """The promise in force when the call ended, graded and priced."""
    case = call.case
    applies = hold(terms.only_if, Moment(case, case.at, case.kind.hearer(verified=True)))
    of = terms.points if applies else 0
    answers = call.answers
    final = answers[-1].pledges if answers else ()
    pledges = tuple(_pledged(pledge, final, call) for pledge in final)
    grade = grade_of(pledges, case.debt.total)
    pledges = tuple(_counted(pledge, pledges, grade) for pledge in pledges)
    counted = [pledge for pledge in pledges if pledge.counted]
    confirmed = bool(counted) and all(pledge.confirmed for pledge in counted)
    void = _void(call, pledges, breaches)
    sums = [pledge.amount for pledge in counted if pledge.amount is not None]
    mark = PromiseMark(
        grade=grade,
        payer=case.kind.value if final else None,
        amount=sum(sums, Decimal(0)) if sums else None,
        due=max((pledge.due for pledge in counted if pledge.due is not None), default=None),
        within_48h=bool(counted) and grade.rank >= Grade.PART_WITHIN_48H.rank,
        confirmed=confirmed,
        void_because=void,
        method=next((pledge.method for pledge in final if pledge.method), None),
        standing=any(pledge.standing for pledge in final),
        broken_promises=case.broken_promises,
        evidence=_evidence(call, pledges),
        points=0,
        of=of,
        why="",
        pledges=pledges,
    )
    return replace(mark, points=worth(mark, terms), why=_explain(mark, terms))


def worth(mark: PromiseMark, terms: PromiseTerms) -> int:
    """Points for a promise so graded; the same for the judge's marks and for those that people have changed."""
    if mark.void or mark.payer == PersonaKind.THIRD_PARTY.value:
        return 0
    points = mark.of * terms.percent.get(mark.grade, 0) // 100
    if not mark.confirmed:
        points = points * terms.unconfirmed // 100
    return points * terms.unbacked // 100 if is_unbacked(mark, terms) else points


def is_unbacked(mark: PromiseMark, terms: PromiseTerms) -> bool:
    """Whether too many promises were broken before for one more without anything behind it."""
    return not mark.standing and mark.broken_promises >= terms.broken and mark.grade is not Grade.NONE


def grade_of(pledges: Sequence[Pledged], total: Decimal) -> Grade:
    """The grade of all pledges together; `total` is what is owed."""
    owed = total.to_integral_value(rounding="ROUND_FLOOR")

    def covers(some: Sequence[Pledged]) -> bool:
        return bool(some) and sum((pledge.amount or Decimal(0) for pledge in some), Decimal(0)) >= owed

    within = [pledge for pledge in pledges if pledge.within]
    today = [pledge for pledge in within if _is_today(pledge)]
    dated = [pledge for pledge in pledges if pledge.due is not None]
    if covers(today):
        return Grade.FULL_TODAY
    if covers(within):
        return Grade.FULL_WITHIN_48H
    if today and covers(dated):
        return Grade.PART_TODAY_REST_DATED
    if within:
        return Grade.PART_WITHIN_48H
    if dated:
        return Grade.DATED_LATER
    return Grade.VAGUE if pledges else Grade.NONE


def _is_today(pledge: Pledged) -> bool:
    """A midnight that ends the day of the call is still today."""
    return pledge.due is not None and (pledge.due - timedelta(minutes=1)).date() <= pledge.made.date()


def _pledged(pledge: Pledge, final: Sequence[Pledge], call: Call) -> Pledged:
    made = _made(pledge, call)
    total = sum((other.amount or Decimal(0) for other in final), Decimal(0))
    is_rest = pledge.amount is not None and pledge is not final[0] and total >= call.case.debt.total
    later = [heard for heard in call.heard if _may_confirm(heard, made) and _stands(pledge, heard)]
    return Pledged(
        amount=pledge.amount,
        due=pledge.due,
        made=made.clock,
        limit=made.clock + WINDOW,
        turn=made.n,
        sum_repeated=any(_names_sum(heard, pledge, total, call.case.debt.total, is_rest) for heard in later),
        time_repeated=any(_names_time(heard, pledge) for heard in later),
        counted=False,
    )


def _made(pledge: Pledge, call: Call) -> Turn:
    """The persona's turn from which on the pledge stood until the end."""
    made = call.answers[-1]
    for turn in reversed(call.answers):
        if not any(_same(pledge, other) for other in turn.pledges):
            break
        made = turn
    return made


def _may_confirm(heard: Heard, made: Turn) -> bool:
    """A turn after the promise; or one that sums up a promise already given in part, and is answered by the rest."""
    given = heard.before is not None and bool(heard.before.pledges)
    summed_up = heard.answer is made and given and "confirm-promise" in heard.acts
    return heard.turn.n > made.n or summed_up


def _same(one: Pledge, other: Pledge) -> bool:
    return one.amount == other.amount and one.due == other.due


def _stands(pledge: Pledge, heard: Heard) -> bool:
    """Whether the pledge was still in force after the persona had heard this turn."""
    return heard.answer is None or any(_same(pledge, other) for other in heard.answer.pledges)


def _names_sum(heard: Heard, pledge: Pledge, promised: Decimal, total: Decimal, is_rest: bool) -> bool:
    if pledge.amount is None:
        return True
    named = {mention.value for mention in heard.reading.amounts}
    if pledge.amount in named or pledge.amount.to_integral_value(rounding="ROUND_FLOOR") in named:
        return True
    if is_rest and any(word in heard.text for word in REST_OF_IT):
        return True
    full = any(mention.kind is AmountKind.FULL for mention in heard.reading.amounts)
    return pledge.amount >= total and (
        full or any(word in heard.text for word in ALL_OF_IT) or promised in named
    )


def _names_time(heard: Heard, pledge: Pledge) -> bool:
    due = pledge.due
    return due is not None and any(same_time(mention, due) for mention in heard.reading.times)


def _counted(pledge: Pledged, pledges: Sequence[Pledged], grade: Grade) -> Pledged:
    """Marks the pledges that carry the grade."""
    if grade in (Grade.PART_TODAY_REST_DATED, Grade.DATED_LATER):
        counts = pledge.due is not None
    elif grade is Grade.FULL_TODAY:
        counts = pledge.within and _is_today(pledge)
    elif grade in (Grade.FULL_WITHIN_48H, Grade.PART_WITHIN_48H):
        counts = pledge.within
    else:
        counts = True
    return Pledged(
        pledge.amount,
        pledge.due,
        pledge.made,
        pledge.limit,
        pledge.turn,
        pledge.sum_repeated,
        pledge.time_repeated,
        counts,
    )


def _void(call: Call, pledges: Sequence[Pledged], breaches: Sequence[Breach]) -> str | None:
    """Why the promise does not count: a breach that came before it, or somebody who does not owe it."""
    if not pledges:
        return None
    made = max(pledge.turn for pledge in pledges)
    before = [breach for breach in breaches if breach.evidence.turn < made]
    if call.case.kind is PersonaKind.THIRD_PARTY:
        asked = next((breach for breach in before if breach.rule in ASKING_RELATIVES), None)
        if asked:
            return f"是向没有责任的人要来的（第 {asked.evidence.turn} 轮“{asked.evidence.text}”）"
        return "说要还钱的人没有还款责任"
    for breach in before:
        if breach.severity is Severity.FATAL or (breach.severity is Severity.MAJOR and _presses(breach)):
            return f"在它之前有违规：第 {breach.evidence.turn} 轮“{breach.evidence.text}”（{breach.title}）"
    return None


def _presses(breach: Breach) -> bool:
    return breach.rule in BUYING or (breach.heard_as in PRESSING and breach.rule not in NOT_PRESSING)


def _evidence(call: Call, pledges: Sequence[Pledged]) -> Evidence | None:
    counted = [pledge for pledge in pledges if pledge.counted]
    if not counted:
        return None
    made = max(pledge.turn for pledge in counted)
    turn = next(turn for turn in call.answers if turn.n == made)
    return Evidence(turn.n, 0, len(turn.text), turn.text)


def _explain(mark: PromiseMark, terms: PromiseTerms) -> str:
    parts = [f"{TITLES[mark.grade]}。", *(_line(pledge) for pledge in mark.pledges)]
    if mark.void:
        parts.append(f"这个承诺不算数：{mark.void_because}。")
    elif mark.grade is not Grade.NONE and not mark.confirmed:
        parts.append("没有把时间和数目完整复述一遍，不能全算。")
    if is_unbacked(mark, terms):
        parts.append(f"以前答应过 {mark.broken_promises} 次都没做到，这回又没有实据，分量很轻。")
    return "".join(parts)


def _line(pledge: Pledged) -> str:
    amount = "没说数目" if pledge.amount is None else f"{spoken(pledge.amount, pledge.made, 'digits')} 元"
    if pledge.due is None:
        return f"{amount}，没有日子。"
    verdict = "在两天之内" if pledge.within else "超出两天"
    return (
        f"{amount}，{spoken_instant(pledge.due, pledge.made)}（{_stamp(pledge.due)}）；"
        f"答应时是 {_stamp(pledge.made)}，两天到 {_stamp(pledge.limit)} 为止，{verdict}。"
    )


def _stamp(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日{moment:%H:%M}"
