"""What was done in a call: the checks of the work itself, each with the words that show it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scoring.figures import SPEAKS_OF_DEBT
from scoring.hearing import VERIFIED, Call, Heard
from scoring.marks import Judged, Mark, act_at, at, half, no, proves, quote, yes
from scoring.promise import METHODS
from scoring.reasons import first_reason
from scoring.rubric import Check
from scoring.scorecard import Evidence
from simulator.dialogue import Turn

TODAY = ("今天", "今日", "现在", "马上", "这会儿", "立刻", "上午", "中午", "下午", "今晚", "当天", "这就")
TAKING_UP = ("empathize", "acknowledge", "ask-ability", "ask-plan", "ask-other-source", "offer-plan", "offer-partial", "offer-check", "explain-fees", "offer-help", "ask-payment-proof")  # fmt: skip
REPEATING = ("记一下", "对一遍", "核对", "念一遍", "确认一下", "跟您确认", "我记", "复述")


def within(check: Check, judged: Judged) -> Mark:
    found = judged.call.first(check.acts)
    if found is None:
        return no("整通电话都没有。")
    heard, act = found
    evidence = quote(heard, act.start, act.end)
    early = heard.seconds_before(act.start)
    if heard.place <= check.turns or (check.seconds and early <= check.seconds):
        if check.seconds and early > 2 * check.seconds:
            return half(f"开口 {early:.0f} 秒以后才说到。", evidence)
        return proves(heard, yes(f"{at(heard)}，开口 {early:.0f} 秒时做到。", evidence))
    if heard.place <= check.half_turns:
        return half(f"{at(heard)}才做到，晚了一点。", evidence)
    return no(f"{at(heard)}才做到，太晚。", evidence)


def before(check: Check, judged: Judged) -> Mark:
    found, other = judged.call.first(check.acts), judged.call.first(check.before)
    if found is None:
        return no("整通电话都没有。")
    heard, act = found
    evidence = quote(heard, act.start, act.end)
    if other is None or (heard.place, act.start) <= (other[0].place, other[1].start):
        return proves(heard, yes(f"{at(heard)}做到，次序对。", evidence))
    return half(f"{at(heard)}才做，应该在第 {other[0].turn.n} 轮那件事之前。", evidence)


def said(check: Check, judged: Judged) -> Mark:
    found = _distinct(check.acts, judged.call.heard, check.figures)
    kinds = len(found)
    if kinds:
        heard = next(iter(found.values()))
        evidence = act_at(heard, check.acts)
        enough = kinds >= check.least
        if enough and check.most_at_once and _most_at_once(check, judged.call) > check.most_at_once:
            return half("说到了，但一口气全倒出来，像是在压人。", evidence)
        if enough:
            return proves(heard, yes(f"{at(heard)}做到。", evidence))
        if check.half_least and kinds >= check.half_least:
            return half(f"只说到 {kinds} 样，要 {check.least} 样。", evidence)
    partly = judged.call.first((*check.half_acts, *(check.acts if check.figures else ())))
    if partly is not None:
        heard, act = partly
        return half(f"{at(heard)}做了一半，还不完整。", quote(heard, act.start, act.end))
    return no("整通电话都没有。")


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


def demand_first(check: Check, judged: Judged) -> Mark:
    demand = judged.call.first(("demand-payment",))
    if demand is None:
        asked = judged.call.first(("ask-commitment", "offer-partial"))
        if asked is None:
            return no("整通电话都没有请对方还款。")
        return half(f"{at(asked[0])}问了时间，没有直接请对方今天就还。", act_at(asked[0], (asked[1].id,)))
    heard, act = demand
    evidence = quote(heard, act.start, act.end)
    earlier = judged.call.first(check.before)
    if earlier is not None and earlier[0].place < heard.place:
        return half(f"第 {earlier[0].turn.n} 轮先谈了宽限，{at(heard)}才请对方还款。", evidence)
    today = any(mention.begin.date() == heard.turn.clock.date() for mention in heard.reading.times)
    if not today and not any(word in heard.text for word in TODAY):
        return half(f"{at(heard)}请对方还款，没有说今天。", evidence)
    return proves(heard, yes(f"{at(heard)}先请对方今天还款。", evidence))


def reason(check: Check, judged: Judged) -> Mark:
    asked = judged.call.first(("ask-reason",))
    told = _told_reasons(judged.call)
    if not told:
        if asked is None:
            return no("没有问为什么没还。")
        return proves(asked[0], yes(f"{at(asked[0])}问了原因。", act_at(asked[0], ("ask-reason",))))
    for turn, name in told:
        for heard in judged.call.heard:
            if heard.turn.n > turn.n and heard.acts & set(TAKING_UP):
                how = f"{at(asked[0])}问了原因，" if asked else ""
                return yes(f"{how}对方说是“{name}”，{at(heard)}接住了。", act_at(heard, TAKING_UP))
    if asked is not None:
        why = f"问了原因，对方说“{told[0][1]}”，没有接住。"
        return half(why, act_at(asked[0], ("ask-reason",)))
    return no(f"对方说“{told[0][1]}”，没有接话。")


def _told_reasons(call: Call) -> list[tuple[Turn, str]]:
    """What the debtor said about why, turn by turn."""
    found = [(turn, first_reason(turn.text)) for turn in call.answers if turn.hearer in VERIFIED]
    return [(turn, reason[0]) for turn, reason in found if reason is not None]


def commitment(check: Check, judged: Judged) -> Mark:
    asked = judged.call.first(("ask-commitment",))
    if asked is not None:
        return proves(asked[0], yes(f"{at(asked[0])}请对方定下时间。", act_at(asked[0], ("ask-commitment",))))
    for heard in judged.call.heard:
        if heard.acts & {"demand-payment", "offer-partial"} and heard.reading.times:
            mention = heard.reading.times[0]
            return half(
                f"{at(heard)}自己说了时间，没有让对方来定。", quote(heard, mention.start, mention.end)
            )
    return no("没有请对方说出哪天几点。")


def confirm(check: Check, judged: Judged) -> Mark:
    pledges = [pledge for pledge in judged.promise.pledges if pledge.counted]
    if not any(pledge.due for pledge in pledges):
        return no("没有拿到有日子的承诺，也就没有可以复述的。")
    turn = max(pledge.turn for pledge in pledges)
    later = [heard for heard in judged.call.heard if heard.turn.n > turn]
    shown = next((heard for heard in later if heard.reading.times or heard.reading.amounts), None)
    evidence = quote(shown) if shown else None
    if judged.promise.confirmed:
        early = _claimed_early(judged.call)
        if early is not None:
            return half(f"{at(early)}对方还没答应，就替他复述了。", quote(early))
        return yes("时间和数目都复述了，对方没有改口。", evidence)
    if any(pledge.sum_repeated or pledge.time_repeated for pledge in pledges) and evidence:
        missing = "时间" if not all(pledge.time_repeated for pledge in pledges) else "数目"
        return half(f"复述了一半，{missing}没有说准。", evidence)
    return no("对方答应以后，没有把时间和数目复述一遍。")


def _claimed_early(call: Call) -> Heard | None:
    """A turn that repeats a promise back which nobody has made, nor makes in answer."""
    for heard in call.heard:
        promised = [turn for turn in (heard.before, heard.answer) if turn is not None and turn.pledges]
        repeats_back = "confirm-promise" in heard.acts and any(word in heard.text for word in REPEATING)
        if repeats_back and heard.reading.times and heard.reading.amounts and not promised:
            return heard
    return None


def method(check: Check, judged: Judged) -> Mark:
    turn = max((pledge.turn for pledge in judged.promise.pledges), default=None)
    found: tuple[Heard, Evidence] | None = None
    for heard in judged.call.heard:
        word = next((word for word in METHODS if word in heard.text), None)
        if heard.turn.hearer in VERIFIED and ("offer-channel" in heard.acts or word):
            start = heard.text.index(word) if word else 0
            evidence = quote(heard, start, start + len(word)) if word else act_at(heard, ("offer-channel",))
            found = heard, evidence
    if found is None:
        return no("没有说从哪里还、怎么还。")
    heard, evidence = found
    if turn is None:
        return half(f"{at(heard)}说了怎么还，但没有承诺可落。", evidence)
    return yes(f"{at(heard)}说了怎么还。", evidence)


def verified_first(check: Check, judged: Judged) -> Mark:
    asked = judged.call.first(("verify-identity", "ask-for-debtor"))
    spoke = judged.call.first(SPEAKS_OF_DEBT)
    if spoke is None:
        if asked is None:
            return no("没有核实对方是谁。")
        words = act_at(asked[0], (asked[1].id,))
        return _named(asked[0], judged.call, yes(f"{at(asked[0])}核实了对方是谁。", words))
    heard, act = spoke
    evidence = quote(heard, act.start, act.end)
    if heard.turn.hearer not in VERIFIED:
        if asked is not None and asked[0].place <= heard.place:
            return half(f"问了是谁，没等对方认下来，{at(heard)}就说到了欠款。", evidence)
        return no(f"还不知道对方是谁，{at(heard)}就说到了欠款。", evidence)
    if asked is None:
        return half("对方自己报了身份，没有主动核实。", evidence)
    words = act_at(asked[0], (asked[1].id,))
    return _named(asked[0], judged.call, yes(f"{at(asked[0])}先核实，再谈欠款。", words))


def _named(asked: Heard, call: Call, mark: Mark) -> Mark:
    """Asking "is it you" without a name proves half: anybody may say yes. The name may come a turn sooner or later."""
    said = "".join(heard.text for heard in call.heard if heard.place <= asked.place + 1)
    case = call.case
    if any(person.surname and person.surname in said for person in (case.person, case.debtor)):
        return mark
    return half("核实时没有说出要找的是谁。", mark.evidence)


def clear(check: Check, judged: Judged) -> Mark:
    broken = next((breach for breach in judged.breaches if breach.rule in check.rules), None)
    if broken is not None:
        return no(
            f"第 {broken.evidence.turn} 轮“{broken.evidence.text}”（{broken.title}）。", broken.evidence
        )
    if len(judged.call.spoken) < check.least:
        return no("说得太少，看不出来。")
    return yes("守住了。", None)


def leaves(check: Check, judged: Judged) -> Mark:
    done = judged.call.first(check.acts)
    if done is None:
        return no("该做的还没做到，谈不上收尾。")
    more = judged.call.heard[-1].place - done[0].place
    if more <= check.turns:
        return yes("话带到就收，没有纠缠。", act_at(done[0], check.acts))
    why = f"话带到以后又说了 {more} 轮。"
    evidence = quote(judged.call.heard[-1])
    return half(why, evidence) if more <= 2 * check.turns else no(why, evidence)


def ended(check: Check, judged: Judged) -> Mark:
    outcome = judged.call.transcript.outcome
    answers = judged.call.answers
    evidence = Evidence(answers[-1].n, 0, len(answers[-1].text), answers[-1].text) if answers else None
    if outcome is not None and outcome.value in check.words:
        return yes("收得住，结果到手了。", evidence)
    return no("电话结束时，这件事还没有着落。", evidence)
