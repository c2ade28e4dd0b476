"""Plays call tests and says where a call is not what its file claims."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from scoring.scorecard import Scorecard
from simulator.authoring.call_tests import METS, CallTest, Claim, Miss
from simulator.authoring.desk import Desk
from simulator.authoring.names import did_you_mean
from simulator.dialogue import Case, Signal
from simulator.dialogue.speak import fact, fill, paths
from simulator.engine.persona import Persona
from simulator.engine.player import Player
from simulator.engine.situation import Situation
from simulator.training.practice import Exchange, Practice

FACTS = frozenset(field.name for field in fields(Case))


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn as it was played: what came of it, and where the call then stood."""

    exchange: Exchange
    situation: Situation
    signals: frozenset[str]


@dataclass(frozen=True, slots=True)
class Check:
    """How one key is checked: its name for people, what was found, whether that is what was wanted."""

    title: str
    found: Callable[[Any], Any]
    fits: Callable[[Any, Any], bool]
    should: str = "应当是"


def _same(wanted: Any, found: Any) -> bool:
    return bool(wanted == found)


def _all_in(wanted: Collection[str], found: Collection[str]) -> bool:
    return set(wanted) <= set(found)


def _reply(heard: Heard) -> str:
    return heard.exchange.reply.text if heard.exchange.reply else ""


TURN_CHECKS = {
    "acts": Check("听到的言语行为", lambda heard: list(heard.exchange.reading.act_ids), _all_in, "应当有"),
    "signals": Check("信号", lambda heard: sorted(heard.signals), _all_in, "应当有"),
    "state": Check("说完以后的状态", lambda heard: heard.situation.state, _same),
    "pledged": Check("已经答应了什么", lambda heard: bool(heard.situation.pledges), _same),
    "reply-contains": Check("对方的答话", _reply, lambda wanted, found: wanted in found, "应当有"),
}
END_CHECKS = {
    "outcome": Check("通话结果", lambda end: end[0].value, _same),
    "verdict": Check("成绩", lambda end: "pass" if end[1].passed else "fail", _same),
    "breaches": Check(
        "违规",
        lambda end: sorted({breach.rule for breach in end[1].breaches}),
        lambda wanted, found: sorted(wanted) == found,
    ),
    "promise": Check("承诺的档次", lambda end: end[1].promise.grade.value, _same),
    "at-least": Check("总分", lambda end: end[1].total, lambda wanted, found: found >= wanted, "应当至少"),
    "at-most": Check("总分", lambda end: end[1].total, lambda wanted, found: found <= wanted, "应当至多"),
}


def run_call_test(test: CallTest, desk: Desk) -> tuple[Miss, ...]:
    """Plays the call and says what is not as claimed. Raises UnknownNameError or ContentError for its scenario."""
    scenario = desk.library.scenario(test.scenario)
    practice = desk.open_call(scenario, test.seed)
    misses = list(_play(test, practice, desk, desk.player(scenario)))
    practice.leave()
    practice.note = test.note
    card = desk.grade(practice.transcript, practice.versions, advice=False)
    misses += [miss for claim in test.end if (miss := _end_miss(claim, practice, card, desk))]
    return tuple(misses)


def _play(test: CallTest, practice: Practice, desk: Desk, player: Player) -> Iterator[Miss]:
    for number, said in enumerate(test.turns, 1):
        if practice.is_over:
            yield Miss(said.mark.line, f"第 {number} 轮“{said.words}”没说成：对方已经结束了通话")
            return
        unknown = [path for path in paths(said.words) if not _is_known(practice.case, path)]
        if unknown:
            yield Miss(said.mark.line, f"第 {number} 轮：没有叫“{{{unknown[0]}}}”的事实")
            return
        before = practice.situation
        exchange = practice.say(_filled(said.words, practice))
        view, _ = player.take_in(practice.case, before, exchange.reading)
        signals = frozenset(signal.value for signal in Signal) & view.heard
        heard = Heard(exchange, practice.situation, signals)
        where = f"第 {number} 轮“{_short(exchange.said.text)}”"
        for claim in said.claims:
            if miss := _turn_miss(claim, heard, where, desk, player.persona):
                yield miss


def _is_known(case: Case, path: str) -> bool:
    """Whether a place in a line can be filled; what begins like no fact is the trainee's own braces."""
    if path.split(".")[0] not in FACTS:
        return True
    try:
        fact(case, path)
    except KeyError:
        return False
    return True


def _filled(words: str, practice: Practice) -> str:
    def look_up(path: str) -> Any:
        found = fact(practice.case, path) if path.split(".")[0] in FACTS else None
        return f"{{{path}}}" if found is None or is_dataclass(found) else found  # a whole person is no word

    return fill(words, look_up, practice.situation.clock)


def _turn_miss(claim: Claim, heard: Heard, where: str, desk: Desk, persona: Persona) -> Miss | None:
    states = [state.id for state in persona.states]
    if claim.key == "state" and claim.wanted not in states:
        hint = did_you_mean(claim.wanted, states)
        return Miss(claim.mark.line, f"角色“{persona.id}”没有叫“{claim.wanted}”的状态；{hint}")
    return _missed(TURN_CHECKS[claim.key], claim, heard, where, desk)


def _end_miss(claim: Claim, practice: Practice, card: Scorecard, desk: Desk) -> Miss | None:
    if "findings" not in claim.place:
        return _missed(END_CHECKS[claim.key], claim, (practice.situation.outcome, card), "整通电话", desk)
    found = {item.id: item for item in (*card.etiquette.findings, *card.tasks.findings, *_noted(card))}
    if claim.key not in found:
        hint = did_you_mean(claim.key, list(found))
        return Miss(claim.mark.line, f"这通电话的评分表没有评“{claim.key}”；{hint}")
    item = found[claim.key]
    met = METS[item.met]
    if met == claim.wanted:
        return None
    message = f"评分项 {claim.key}（{item.title}）应当是 {claim.wanted}，实际是 {met}：{item.why}"
    return Miss(claim.mark.line, message, claim.place, met)


def _noted(card: Scorecard) -> tuple[Any, ...]:
    return card.note.findings if card.note else ()


def _missed(check: Check, claim: Claim, subject: Any, where: str, desk: Desk) -> Miss | None:
    found = check.found(subject)
    if check.fits(claim.wanted, found):
        return None
    titles = _titles(desk) if claim.key in ("acts", "breaches") else {}
    wanted, real = _told(claim.wanted, titles), _told(found, titles)
    message = f"{where}：{check.title}{check.should}{wanted}，实际是{real}"
    return Miss(claim.mark.line, message, claim.place, found)


def _titles(desk: Desk) -> Mapping[str, str]:
    return {**desk.library.act_titles(), **desk.library.rule_titles()}


def _told(value: Any, titles: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "有" if value else "没有"
    if isinstance(value, list):
        named = [f"{item}（{titles[item]}）" if item in titles else item for item in value]
        return f" {'、'.join(named)}" if named else "没有"
    return f" {value}" if isinstance(value, int) else f"“{value}”"


def _short(words: str, most: int = 20) -> str:
    return (words if len(words) <= most else words[: most - 1] + "…") or "（不作声）"
