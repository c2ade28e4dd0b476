"""How each kind of check is decided. A check gives its mark with the words that earned it, or None where it does not
apply to this call."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scoring.figures import SPEAKS_OF_DEBT
from scoring.hearing import VERIFIED, Call, Heard
from scoring.promise import METHODS
from scoring.reasons import first_reason
from scoring.rubric import Check
from scoring.scorecard import Breach, Evidence, Met, PromiseMark
from simulator.dialogue import HeardAs, Severity, Signal, Turn

TODAY = ("今天", "今日", "现在", "马上", "这会儿", "立刻", "上午", "中午", "下午", "今晚", "当天", "这就")
TAKING_UP = ("empathize", "acknowledge", "ask-ability", "ask-plan", "ask-other-source", "offer-plan", "offer-partial", "offer-check", "explain-fees", "offer-help", "ask-payment-proof")  # fmt: skip
PRESSING = ("demand-payment", "ask-commitment", "warn-credit", "warn-cost", "warn-legal", "warn-service", "refuse-delay", "remind-obligation")  # fmt: skip
CARING = ("empathize", "offer-help", "offer-escalation", "apologize", "acknowledge")
REPEATING = ("记一下", "对一遍", "核对", "念一遍", "确认一下", "跟您确认", "我记", "复述")
QUESTION = re.compile(r"[？?]|吗[。！…]?$|呢[。！…]?$")
FEW_TURNS = 3  # of the collector, below which nothing can be said about manner
SHORT_LINE = 6  # characters up to which a line may be said again

# What answers a question of the persona: any of these acts. Questions not listed are answered by any act at all.
ANSWERS: dict[str, tuple[str, ...]] = {
    "who": ("self-identify",),
    "what-about": ("state-debt", "withhold-details", "verify-identity", "ask-relay", "self-identify"),
    "how-to-pay": ("offer-channel",),
    "fees": ("explain-fees", "offer-evidence", "offer-check", "warn-cost"),
    "complaint": ("offer-escalation",),
}


@dataclass(frozen=True, slots=True)
class Mark:
    met: Met
    why: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """All that checks may look at."""

    call: Call
    breaches: Sequence[Breach]
    promise: PromiseMark


Decide = Callable[[Check, Judged], Mark | None]


def decide(check: Check, judged: Judged) -> Mark | None:
    return KINDS[check.kind](check, judged)


def quote(heard: Heard, start: int = 0, end: int | None = None) -> Evidence:
    stop = len(heard.text) if end is None else min(end, len(heard.text))
    start = min(start, stop)
    return Evidence(heard.turn.n, start, stop, heard.text[start:stop])


def _act_at(heard: Heard, ids: Iterable[str]) -> Evidence:
    act = heard.act(tuple(ids))
    return quote(heard, act.start, act.end) if act else quote(heard)


def _yes(why: str, evidence: Evidence | None) -> Mark:
    return Mark(Met.YES, why, evidence)


def _half(why: str, evidence: Evidence | None) -> Mark:
    return Mark(Met.HALF, why, evidence)


def _no(why: str, evidence: Evidence | None = None) -> Mark:
    return Mark(Met.NO, why, evidence)


def _proves(heard: Heard, mark: Mark) -> Mark:
    """A turn into which everything is crammed proves half at most."""
    if heard.crammed and mark.met is Met.YES:
        return _half(mark.why + "但这一轮塞进了太多事，对方接不住。", mark.evidence)
    return mark


def _at(heard: Heard) -> str:
    return f"第 {heard.turn.n} 轮"


def _within(check: Check, judged: Judged) -> Mark:
    found = judged.call.first(check.acts)
    if found is None:
        return _no("整通电话都没有。")
    heard, act = found
    evidence = quote(heard, act.start, act.end)
    early = heard.seconds_before(act.start)
    if heard.place <= check.turns or (check.seconds and early <= check.seconds):
        if check.seconds and early > 2 * check.seconds:
            return _half(f"开口 {early:.0f} 秒以后才说到。", evidence)
        return _proves(heard, _yes(f"{_at(heard)}，开口 {early:.0f} 秒时做到。", evidence))
    if heard.place <= check.half_turns:
        return _half(f"{_at(heard)}才做到，晚了一点。", evidence)
    return _no(f"{_at(heard)}才做到，太晚。", evidence)


def _before(check: Check, judged: Judged) -> Mark:
    found, other = judged.call.first(check.acts), judged.call.first(check.before)
    if found is None:
        return _no("整通电话都没有。")
    heard, act = found
    evidence = quote(heard, act.start, act.end)
    if other is None or (heard.place, act.start) <= (other[0].place, other[1].start):
        return _proves(heard, _yes(f"{_at(heard)}做到，次序对。", evidence))
    return _half(f"{_at(heard)}才做，应该在第 {other[0].turn.n} 轮那件事之前。", evidence)


def _said(check: Check, judged: Judged) -> Mark:
    found = _distinct(check.acts, judged.call.heard, check.figures)
    kinds = len(found)
    if kinds:
        heard = next(iter(found.values()))
        evidence = _act_at(heard, check.acts)
        enough = kinds >= check.least
        if enough and check.most_at_once and _most_at_once(check, judged.call) > check.most_at_once:
            return _half("说到了，但一口气全倒出来，像是在压人。", evidence)
        if enough:
            return _proves(heard, _yes(f"{_at(heard)}做到。", evidence))
        if check.half_least and kinds >= check.half_least:
            return _half(f"只说到 {kinds} 样，要 {check.least} 样。", evidence)
    partly = judged.call.first((*check.half_acts, *(check.acts if check.figures else ())))
    if partly is not None:
        heard, act = partly
        return _half(f"{_at(heard)}做了一半，还不完整。", quote(heard, act.start, act.end))
    return _no("整通电话都没有。")


def _distinct(ids: Iterable[str], turns: Iterable[Heard], figures: bool) -> dict[str, Heard]:
    """The acts done, each with the first turn that does it (with a sum in it, where `figures`)."""
    found: dict[str, Heard] = {}
    wanted = frozenset(ids)
    for heard in turns:
        if (
            figures
            and not heard.reading.amounts
            and not re.search(r"[0-9一二两三四五六七八九十]+\s?期", heard.text)
        ):
            continue
        for act in sorted(heard.acts & wanted):
            found.setdefault(act, heard)
    return found


def _most_at_once(check: Check, call: Call) -> int:
    return max((len(heard.acts & frozenset(check.acts)) for heard in call.heard), default=0)


def _demand_first(check: Check, judged: Judged) -> Mark:
    demand = judged.call.first(("demand-payment",))
    if demand is None:
        asked = judged.call.first(("ask-commitment", "offer-partial"))
        if asked is None:
            return _no("整通电话都没有请对方还款。")
        return _half(f"{_at(asked[0])}问了时间，没有直接请对方今天就还。", _act_at(asked[0], (asked[1].id,)))
    heard, act = demand
    evidence = quote(heard, act.start, act.end)
    earlier = judged.call.first(check.before)
    if earlier is not None and earlier[0].place < heard.place:
        return _half(f"第 {earlier[0].turn.n} 轮先谈了宽限，{_at(heard)}才请对方还款。", evidence)
    today = any(mention.begin.date() == heard.turn.clock.date() for mention in heard.reading.times)
    if not today and not any(word in heard.text for word in TODAY):
        return _half(f"{_at(heard)}请对方还款，没有说今天。", evidence)
    return _proves(heard, _yes(f"{_at(heard)}先请对方今天还款。", evidence))


def _reason(check: Check, judged: Judged) -> Mark:
    asked = judged.call.first(("ask-reason",))
    told = _told_reasons(judged.call)
    if not told:
        if asked is None:
            return _no("没有问为什么没还。")
        return _proves(asked[0], _yes(f"{_at(asked[0])}问了原因。", _act_at(asked[0], ("ask-reason",))))
    for turn, name in told:
        for heard in judged.call.heard:
            if heard.turn.n > turn.n and heard.acts & set(TAKING_UP):
                how = f"{_at(asked[0])}问了原因，" if asked else ""
                return _yes(f"{how}对方说是“{name}”，{_at(heard)}接住了。", _act_at(heard, TAKING_UP))
    if asked is not None:
        why = f"问了原因，对方说“{told[0][1]}”，没有接住。"
        return _half(why, _act_at(asked[0], ("ask-reason",)))
    return _no(f"对方说“{told[0][1]}”，没有接话。")


def _told_reasons(call: Call) -> list[tuple[Turn, str]]:
    """What the debtor said about why, turn by turn."""
    found = [(turn, first_reason(turn.text)) for turn in call.answers if turn.hearer in VERIFIED]
    return [(turn, reason[0]) for turn, reason in found if reason is not None]


def _commitment(check: Check, judged: Judged) -> Mark:
    asked = judged.call.first(("ask-commitment",))
    if asked is not None:
        return _proves(
            asked[0], _yes(f"{_at(asked[0])}请对方定下时间。", _act_at(asked[0], ("ask-commitment",)))
        )
    for heard in judged.call.heard:
        if heard.acts & {"demand-payment", "offer-partial"} and heard.reading.times:
            mention = heard.reading.times[0]
            return _half(
                f"{_at(heard)}自己说了时间，没有让对方来定。", quote(heard, mention.start, mention.end)
            )
    return _no("没有请对方说出哪天几点。")


def _confirm(check: Check, judged: Judged) -> Mark:
    pledges = [pledge for pledge in judged.promise.pledges if pledge.counted]
    if not any(pledge.due for pledge in pledges):
        return _no("没有拿到有日子的承诺，也就没有可以复述的。")
    turn = max(pledge.turn for pledge in pledges)
    later = [heard for heard in judged.call.heard if heard.turn.n > turn]
    shown = next((heard for heard in later if heard.reading.times or heard.reading.amounts), None)
    evidence = quote(shown) if shown else None
    if judged.promise.confirmed:
        early = _claimed_early(judged.call)
        if early is not None:
            return _half(f"{_at(early)}对方还没答应，就替他复述了。", quote(early))
        return _yes("时间和数目都复述了，对方没有改口。", evidence)
    if any(pledge.sum_repeated or pledge.time_repeated for pledge in pledges) and evidence:
        missing = "时间" if not all(pledge.time_repeated for pledge in pledges) else "数目"
        return _half(f"复述了一半，{missing}没有说准。", evidence)
    return _no("对方答应以后，没有把时间和数目复述一遍。")


def _claimed_early(call: Call) -> Heard | None:
    """A turn that repeats a promise back which nobody has made, nor makes in answer."""
    for heard in call.heard:
        promised = [turn for turn in (heard.before, heard.answer) if turn is not None and turn.pledges]
        repeats_back = "confirm-promise" in heard.acts and any(word in heard.text for word in REPEATING)
        if repeats_back and heard.reading.times and heard.reading.amounts and not promised:
            return heard
    return None


def _method(check: Check, judged: Judged) -> Mark:
    turn = max((pledge.turn for pledge in judged.promise.pledges), default=None)
    found: tuple[Heard, Evidence] | None = None
    for heard in judged.call.heard:
        word = next((word for word in METHODS if word in heard.text), None)
        if heard.turn.hearer in VERIFIED and ("offer-channel" in heard.acts or word):
            start = heard.text.index(word) if word else 0
            evidence = quote(heard, start, start + len(word)) if word else _act_at(heard, ("offer-channel",))
            found = heard, evidence
    if found is None:
        return _no("没有说从哪里还、怎么还。")
    heard, evidence = found
    if turn is None:
        return _half(f"{_at(heard)}说了怎么还，但没有承诺可落。", evidence)
    return _yes(f"{_at(heard)}说了怎么还。", evidence)


def _verified_first(check: Check, judged: Judged) -> Mark:
    asked = judged.call.first(("verify-identity", "ask-for-debtor"))
    spoke = judged.call.first(SPEAKS_OF_DEBT)
    if spoke is None:
        if asked is None:
            return _no("没有核实对方是谁。")
        words = _act_at(asked[0], (asked[1].id,))
        return _named(asked[0], judged.call, _yes(f"{_at(asked[0])}核实了对方是谁。", words))
    heard, act = spoke
    evidence = quote(heard, act.start, act.end)
    if heard.turn.hearer not in VERIFIED:
        if asked is not None and asked[0].place <= heard.place:
            return _half(f"问了是谁，没等对方认下来，{_at(heard)}就说到了欠款。", evidence)
        return _no(f"还不知道对方是谁，{_at(heard)}就说到了欠款。", evidence)
    if asked is None:
        return _half("对方自己报了身份，没有主动核实。", evidence)
    words = _act_at(asked[0], (asked[1].id,))
    return _named(asked[0], judged.call, _yes(f"{_at(asked[0])}先核实，再谈欠款。", words))


def _named(asked: Heard, call: Call, mark: Mark) -> Mark:
    """Asking "is it you" without a name proves half: anybody may say yes. The name may come a turn sooner or later."""
    said = "".join(heard.text for heard in call.heard if heard.place <= asked.place + 1)
    case = call.case
    if any(person.surname and person.surname in said for person in (case.person, case.debtor)):
        return mark
    return _half("核实时没有说出要找的是谁。", mark.evidence)


def _honorific(check: Check, judged: Judged) -> Mark:
    turns = [heard for heard in judged.call.spoken if heard.reading.manner.length >= SHORT_LINE]
    if len(turns) < FEW_TURNS:
        return _no("说得太少，看不出称呼。")
    polite = [heard for heard in turns if heard.reading.manner.honorific]
    percent = 100 * len(polite) // len(turns)
    bald = next((heard for heard in turns if "你" in heard.text and not heard.reading.manner.honorific), None)
    if bald is None:
        bald = next((heard for heard in turns if not heard.reading.manner.honorific), None)
    if percent >= check.share:
        return _yes(f"{len(turns)} 轮里 {len(polite)} 轮用了尊称。", None)
    why = f"{len(turns)} 轮里只有 {len(polite)} 轮用了尊称。"
    evidence = quote(bald) if bald else None
    return _half(why, evidence) if percent * 2 >= check.share else _no(why, evidence)


def _courteous(check: Check, judged: Judged) -> Mark:
    polite = [heard for heard in judged.call.spoken if heard.reading.manner.courtesies and not heard.repeats]
    if not polite:
        return _no("没有一个“请”“麻烦”“谢谢”。")
    start, end = polite[0].reading.manner.courtesies[0]
    evidence = quote(polite[0], start, end)
    if len(polite) >= check.least:
        return _yes(f"{len(polite)} 轮里有礼貌用语。", evidence)
    return _half(f"只有 {len(polite)} 轮有礼貌用语。", evidence)


def _brief(check: Check, judged: Judged) -> Mark:
    if len(judged.call.spoken) < FEW_TURNS:
        return _no("说得太少，看不出来。")
    long = [
        heard for heard in judged.call.spoken if heard.reading.manner.length > check.longest or heard.crammed
    ]
    if not long:
        return _yes("句子短，一次一件事。", None)
    worst = max(long, key=lambda heard: (heard.reading.manner.length, -heard.place))
    why = f"{_at(worst)}有 {worst.reading.manner.length} 个字，一次说了太多。"
    return _half(why, quote(worst)) if len(long) == 1 else _no(why, quote(worst))


def _even(check: Check, judged: Judged) -> Mark:
    if len(judged.call.spoken) < FEW_TURNS:
        return _no("说得太少，看不出来。")
    found: list[Evidence] = []
    for breach in judged.breaches:
        if breach.heard_as in (HeardAs.INSULT, HeardAs.THREAT):
            found.append(breach.evidence)
    for heard in judged.call.spoken:
        place = next(((heard.text.index(word), word) for word in check.words if word in heard.text), None)
        if place is not None and all(evidence.turn != heard.turn.n for evidence in found):
            found.append(quote(heard, place[0], place[0] + len(place[1])))
        elif heard.text.count("！") + heard.text.count("!") >= 2:
            found.append(quote(heard))
    if not found:
        return _yes("从头到尾语气平稳。", None)
    first = min(found, key=lambda evidence: (evidence.turn, evidence.start))
    grave = any(
        breach.heard_as in (HeardAs.INSULT, HeardAs.THREAT) and breach.severity is not Severity.MINOR
        for breach in judged.breaches
    )
    why = f"第 {first.turn} 轮“{first.text}”，口气重了。"
    return _half(why, first) if len(found) == 1 and not grave else _no(why, first)


def _fresh(check: Check, judged: Judged) -> Mark:
    if len(judged.call.spoken) < FEW_TURNS:
        return _no("说得太少，看不出来。")
    again = [
        heard for heard in judged.call.spoken if heard.repeats and heard.reading.manner.length > SHORT_LINE
    ]
    if not again:
        return _yes("没有翻来覆去说同一句。", None)
    why = f"{_at(again[0])}把说过的话又说了一遍。"
    return _half(why, quote(again[0])) if len(again) == 1 else _no(why, quote(again[0]))


def _answers(check: Check, judged: Judged) -> Mark | None:
    asked = [
        (turn, heard)
        for turn in judged.call.answers
        for heard in judged.call.heard
        if heard.before is turn and (turn.asks or QUESTION.search(turn.text))
    ]
    if not asked:
        return None
    missed = [(turn, heard) for turn, heard in asked if not _answered(turn, heard)]
    if not missed:
        return _yes(f"对方问了 {len(asked)} 次，都答了。", None)
    turn, heard = missed[0]
    why = f"对方问“{turn.text}”，{_at(heard)}没有答。"
    if len(missed) * 4 <= len(asked):
        return _yes(f"对方问了 {len(asked)} 次，答了 {len(asked) - len(missed)} 次。", None)
    return _half(why, quote(heard)) if len(missed) * 2 <= len(asked) else _no(why, quote(heard))


def _answered(turn: Turn, heard: Heard) -> bool:
    if not heard.text.strip() or heard.repeats:
        return False
    wanted = ANSWERS.get(turn.asks or "")
    if wanted:
        return bool(heard.acts & set(wanted))
    says = heard.acts - {"out-of-scope"}
    return bool(says) or bool(heard.reading.signals & {Signal.AFFIRM, Signal.DENY})


def _calm(check: Check, judged: Judged) -> Mark | None:
    insulted = _after_words(check.words, judged.call)
    if not insulted:
        return None
    rude = {breach.evidence.turn for breach in judged.breaches if breach.heard_as is not HeardAs.DISCLOSURE}
    for turn, heard in insulted:
        if heard is None or heard.turn.n in rude:
            return _no(f"对方说“{turn.text}”以后没有稳住。", quote(heard) if heard else None)
    back = next((heard for _, heard in insulted if heard and heard.acts - {"out-of-scope", "close"}), None)
    if back is None:
        return _half("没有被激怒，也没有把话带回来。", None)
    return _yes(f"对方说了难听的话，{_at(back)}稳住了，把话带了回来。", quote(back))


def _care(check: Check, judged: Judged) -> Mark | None:
    shaken = _after_words((*check.words, *check.grave), judged.call)
    if not shaken:
        return None
    mark: Mark | None = None
    for turn, heard in shaken:
        if heard is None:
            continue
        pressed, cared = heard.act(PRESSING), heard.act(CARING)
        if pressed is not None:
            evidence = quote(heard, pressed.start, pressed.end)
            return _no(f"对方说“{turn.text}”，{_at(heard)}还在催。", evidence)
        if cared is None and any(word in turn.text for word in check.grave):
            return _no(f"对方说“{turn.text}”，{_at(heard)}没有一句关心。", quote(heard))
        if cared is None:
            mark = _half(f"{_at(heard)}没有再催，也没有一句关心。", quote(heard))
        elif mark is None:
            mark = _yes(f"{_at(heard)}先顾人，不提钱。", quote(heard, cared.start, cared.end))
    return mark or _no(f"对方说“{shaken[0][0].text}”，没有再回一句话。")


def _after_words(words: Sequence[str], call: Call) -> list[tuple[Turn, Heard | None]]:
    """Each turn of the persona with one of these words, and what the collector said next."""
    return [
        (turn, next((heard for heard in call.heard if heard.before is turn), None))
        for turn in call.answers
        if any(word in turn.text for word in words)
    ]


def _stage(check: Check, judged: Judged) -> Mark:
    if not judged.call.first(SPEAKS_OF_DEBT):
        return _no("没有谈到这笔款，看不出轻重。")
    days = judged.call.case.debt.days_overdue
    legal = judged.call.first(("warn-legal",))
    hard = [heard for heard in judged.call.heard if len(heard.acts & set(PRESSING)) >= 4]
    if days <= 5 and legal is not None:
        return _no(f"才逾期 {days} 天就提法律途径，重了。", _act_at(legal[0], ("warn-legal",)))
    if days <= 5 and hard:
        return _half(f"才逾期 {days} 天，{_at(hard[0])}压得太紧。", quote(hard[0]))
    if days <= 10 and legal is not None:
        return _half(f"逾期 {days} 天，还不到提法律途径的时候。", _act_at(legal[0], ("warn-legal",)))
    return _yes(f"逾期 {days} 天，轻重合适。", None)


def _history(check: Check, judged: Judged) -> Mark:
    for heard in judged.call.heard:
        word = next((word for word in check.words if word in heard.text), None)
        if word is not None and heard.turn.hearer in VERIFIED and not heard.repeats:
            start = heard.text.index(word)
            return _yes(f"{_at(heard)}接上了以前的话。", quote(heard, start, start + len(word)))
    return _no("像头一回打这个电话，没有接上以前的记录。")


def _clear(check: Check, judged: Judged) -> Mark:
    broken = next((breach for breach in judged.breaches if breach.rule in check.rules), None)
    if broken is not None:
        return _no(
            f"第 {broken.evidence.turn} 轮“{broken.evidence.text}”（{broken.title}）。", broken.evidence
        )
    if len(judged.call.spoken) < check.least:
        return _no("说得太少，看不出来。")
    return _yes("守住了。", None)


def _leaves(check: Check, judged: Judged) -> Mark:
    done = judged.call.first(check.acts)
    if done is None:
        return _no("该做的还没做到，谈不上收尾。")
    more = judged.call.heard[-1].place - done[0].place
    if more <= check.turns:
        return _yes("话带到就收，没有纠缠。", _act_at(done[0], check.acts))
    why = f"话带到以后又说了 {more} 轮。"
    evidence = quote(judged.call.heard[-1])
    return _half(why, evidence) if more <= 2 * check.turns else _no(why, evidence)


def _closes(check: Check, judged: Judged) -> Mark:
    last = judged.call.spoken[-2:]
    thanked = next((heard for heard in reversed(last) if heard.act(("thank",))), None)
    closed = next((heard for heard in reversed(last) if heard.act(("close",))), None)
    if thanked and closed:
        return _yes("道了谢，说了再见。", _act_at(closed, ("close",)))
    one = thanked or closed
    if one is not None:
        missing = "说再见" if thanked else "道谢"
        return _half(f"没有{missing}。", _act_at(one, ("thank", "close")))
    return _no("没有道谢，也没有说再见。")


def _ended(check: Check, judged: Judged) -> Mark:
    outcome = judged.call.transcript.outcome
    answers = judged.call.answers
    evidence = Evidence(answers[-1].n, 0, len(answers[-1].text), answers[-1].text) if answers else None
    if outcome is not None and outcome.value in check.words:
        return _yes("收得住，结果到手了。", evidence)
    return _no("电话结束时，这件事还没有着落。", evidence)


KINDS: dict[str, Decide] = {
    "within": _within,
    "before": _before,
    "said": _said,
    "demand-first": _demand_first,
    "reason": _reason,
    "commitment": _commitment,
    "confirm": _confirm,
    "method": _method,
    "verified-first": _verified_first,
    "honorific": _honorific,
    "courteous": _courteous,
    "brief": _brief,
    "even": _even,
    "fresh": _fresh,
    "answers": _answers,
    "calm": _calm,
    "care": _care,
    "stage": _stage,
    "history": _history,
    "clear": _clear,
    "leaves": _leaves,
    "closes": _closes,
    "ended": _ended,
}
