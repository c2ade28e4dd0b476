"""How it was done: the checks of manner, and of what the persona's own words called for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scoring.answers import ANSWERS, NEEDS_AN_ACT
from scoring.figures import SPEAKS_OF_DEBT
from scoring.hearing import VERIFIED, Call, Heard
from scoring.marks import PRESSING, Judged, Mark, act_at, at, half, no, quote, yes
from scoring.rubric import Check
from scoring.scorecard import Evidence
from simulator.dialogue import HeardAs, Severity, Signal, Turn

CARING = ("empathize", "offer-help", "offer-escalation", "apologize", "acknowledge")
# No dialogue act stands for asking after somebody's safety, so these words do; a demand in the same turn outweighs them.
CARING_WORDS = re.compile(
    "安全吗|担心您|陪着您|陪您|有人陪|身边有人|我在听|慢慢说|不着急说|先不谈|不谈还款|不谈钱|钱的事(?:以后|先放)|别做傻事|"
    "求助|援助热线|急救|救护车|叫个亲近|缓一缓|哭出来|照顾好自己|好好歇|您还好吗"
)
QUESTION = re.compile(r"[？?]|吗[。！…]?$|呢[。！…]?$")
FEW_TURNS = 3  # of the collector, below which nothing can be said about manner
SHORT_LINE = 6  # characters up to which a line may be said again


def honorific(check: Check, judged: Judged) -> Mark:
    turns = [heard for heard in judged.call.spoken if heard.reading.manner.length >= SHORT_LINE]
    if len(turns) < FEW_TURNS:
        return no("说得太少，看不出称呼。")
    polite = [heard for heard in turns if heard.reading.manner.honorific]
    percent = 100 * len(polite) // len(turns)
    bald = next((heard for heard in turns if "你" in heard.text and not heard.reading.manner.honorific), None)
    if bald is None:
        bald = next((heard for heard in turns if not heard.reading.manner.honorific), None)
    if percent >= check.share:
        return yes(f"{len(turns)} 轮里 {len(polite)} 轮用了尊称。", None)
    why = f"{len(turns)} 轮里只有 {len(polite)} 轮用了尊称。"
    evidence = quote(bald) if bald else None
    return half(why, evidence) if percent * 2 >= check.share else no(why, evidence)


def courteous(check: Check, judged: Judged) -> Mark:
    polite = [heard for heard in judged.call.spoken if heard.reading.manner.courtesies and not heard.repeats]
    if not polite:
        return no("没有一个“请”“麻烦”“谢谢”。")
    start, end = polite[0].reading.manner.courtesies[0]
    evidence = quote(polite[0], start, end)
    if len(polite) >= check.least:
        return yes(f"{len(polite)} 轮里有礼貌用语。", evidence)
    return half(f"只有 {len(polite)} 轮有礼貌用语。", evidence)


def brief(check: Check, judged: Judged) -> Mark:
    if len(judged.call.spoken) < FEW_TURNS:
        return no("说得太少，看不出来。")
    long = [
        heard for heard in judged.call.spoken if heard.reading.manner.length > check.longest or heard.crammed
    ]
    if not long:
        return yes("句子短，一次一件事。", None)
    worst = max(long, key=lambda heard: (heard.reading.manner.length, -heard.place))
    why = f"{at(worst)}有 {worst.reading.manner.length} 个字，一次说了太多。"
    return half(why, quote(worst)) if len(long) == 1 else no(why, quote(worst))


def even(check: Check, judged: Judged) -> Mark:
    if len(judged.call.spoken) < FEW_TURNS:
        return no("说得太少，看不出来。")
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
        return yes("从头到尾语气平稳。", None)
    first = min(found, key=lambda evidence: (evidence.turn, evidence.start))
    grave = any(
        breach.heard_as in (HeardAs.INSULT, HeardAs.THREAT) and breach.severity is not Severity.MINOR
        for breach in judged.breaches
    )
    why = f"第 {first.turn} 轮“{first.text}”，口气重了。"
    return half(why, first) if len(found) == 1 and not grave else no(why, first)


def fresh(check: Check, judged: Judged) -> Mark:
    if len(judged.call.spoken) < FEW_TURNS:
        return no("说得太少，看不出来。")
    again = [
        heard for heard in judged.call.spoken if heard.repeats and heard.reading.manner.length > SHORT_LINE
    ]
    if not again:
        return yes("没有翻来覆去说同一句。", None)
    why = f"{at(again[0])}把说过的话又说了一遍。"
    return half(why, quote(again[0])) if len(again) == 1 else no(why, quote(again[0]))


def answers(check: Check, judged: Judged) -> Mark | None:
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
        return yes(f"对方问了 {len(asked)} 次，都答了。", None)
    turn, heard = missed[0]
    why = f"对方问“{turn.text}”，{at(heard)}没有答。"
    if len(missed) * 4 <= len(asked):
        return yes(f"对方问了 {len(asked)} 次，答了 {len(asked) - len(missed)} 次。", None)
    return half(why, quote(heard)) if len(missed) * 2 <= len(asked) else no(why, quote(heard))


def _answered(turn: Turn, heard: Heard) -> bool:
    if not heard.text.strip() or heard.repeats:
        return False
    wanted = ANSWERS.get(turn.asks or "")
    if heard.acts & frozenset(wanted) if wanted else heard.acts - {"out-of-scope"}:
        return True
    return turn.asks not in NEEDS_AN_ACT and bool(heard.reading.signals & {Signal.AFFIRM, Signal.DENY})


def calm(check: Check, judged: Judged) -> Mark | None:
    insulted = _after_words(check.words, judged.call)
    if not insulted:
        return None
    rude = {breach.evidence.turn for breach in judged.breaches if breach.heard_as is not HeardAs.DISCLOSURE}
    for turn, heard in insulted:
        if heard is None or heard.turn.n in rude:
            return no(f"对方说“{turn.text}”以后没有稳住。", quote(heard) if heard else None)
    back = next((heard for _, heard in insulted if heard and heard.acts - {"out-of-scope", "close"}), None)
    if back is None:
        return half("没有被激怒，也没有把话带回来。", None)
    return yes(f"对方说了难听的话，{at(back)}稳住了，把话带了回来。", quote(back))


def care(check: Check, judged: Judged) -> Mark | None:
    shaken = _after_words((*check.words, *check.grave), judged.call)
    if not shaken:
        return None
    mark: Mark | None = None
    for turn, heard in shaken:
        if heard is None:
            continue
        pressed, cared = heard.act(PRESSING), _caring(heard)
        if pressed is not None:
            evidence = quote(heard, pressed.start, pressed.end)
            return no(f"对方说“{turn.text}”，{at(heard)}还在催。", evidence)
        if cared is None and any(word in turn.text for word in check.grave):
            return no(f"对方说“{turn.text}”，{at(heard)}没有一句关心。", quote(heard))
        if cared is None:
            mark = half(f"{at(heard)}没有再催，也没有一句关心。", quote(heard))
        elif mark is None:
            mark = yes(f"{at(heard)}先顾人，不提钱。", quote(heard, *cared))
    return mark or no(f"对方说“{shaken[0][0].text}”，没有再回一句话。")


def _caring(heard: Heard) -> tuple[int, int] | None:
    act = heard.act(CARING)
    if act is not None:
        return act.start, act.end
    words = None if heard.repeats else CARING_WORDS.search(heard.text)
    return words.span() if words else None


def _after_words(words: Sequence[str], call: Call) -> list[tuple[Turn, Heard | None]]:
    """Each turn of the persona with one of these words, and what the collector said next."""
    return [
        (turn, next((heard for heard in call.heard if heard.before is turn), None))
        for turn in call.answers
        if any(word in turn.text for word in words)
    ]


def stage(check: Check, judged: Judged) -> Mark:
    if not judged.call.first(SPEAKS_OF_DEBT):
        return no("没有谈到这笔款，看不出轻重。")
    days = judged.call.case.debt.days_overdue
    legal = judged.call.first(("warn-legal",))
    hard = [heard for heard in judged.call.heard if len(heard.acts & set(PRESSING)) >= 4]
    if days <= 5 and legal is not None:
        return no(f"才逾期 {days} 天就提法律途径，重了。", act_at(legal[0], ("warn-legal",)))
    if days <= 5 and hard:
        return half(f"才逾期 {days} 天，{at(hard[0])}压得太紧。", quote(hard[0]))
    if days <= 10 and legal is not None:
        return half(f"逾期 {days} 天，还不到提法律途径的时候。", act_at(legal[0], ("warn-legal",)))
    return yes(f"逾期 {days} 天，轻重合适。", None)


def history(check: Check, judged: Judged) -> Mark:
    for heard in judged.call.heard:
        word = next((word for word in check.words if word in heard.text), None)
        if word is not None and heard.turn.hearer in VERIFIED and not heard.repeats:
            start = heard.text.index(word)
            return yes(f"{at(heard)}接上了以前的话。", quote(heard, start, start + len(word)))
    return no("像头一回打这个电话，没有接上以前的记录。")


def closes(check: Check, judged: Judged) -> Mark:
    last = judged.call.spoken[-2:]
    thanked = next((heard for heard in reversed(last) if heard.act(("thank",))), None)
    closed = next((heard for heard in reversed(last) if heard.act(("close",))), None)
    if thanked and closed:
        return yes("道了谢，说了再见。", act_at(closed, ("close",)))
    one = thanked or closed
    if one is not None:
        missing = "说再见" if thanked else "道谢"
        return half(f"没有{missing}。", act_at(one, ("thank", "close")))
    return no("没有道谢，也没有说再见。")
