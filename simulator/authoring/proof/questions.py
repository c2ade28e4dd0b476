"""What a proof asks of a scenario: can it be won, how short, how high, and is there a place of no return."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.conditions import hold
from scoring.promise import TITLES
from simulator.authoring.desk import Desk
from simulator.authoring.proof.inquiry import OPEN, PROVED, SHOWN, Answer, Inquiry
from simulator.authoring.proof.lines import filled, only
from simulator.authoring.proof.playing import Shown, spoken_in
from simulator.authoring.proof.pledged import grade, standing
from simulator.authoring.proof.tricks import tricks
from simulator.authoring.proof.words import OUTCOMES
from simulator.dialogue import Outcome

MOST_IDLE = 28  # turns of idle talk before it is taken that nobody hangs up on it


@dataclass(frozen=True, slots=True)
class Proof:
    """`unreached` and `unfired` are the states and transitions that this scenario never comes to, whatever is said."""

    scenario: str
    title: str
    persona: str
    answers: tuple[Answer, ...]
    unreached: tuple[str, ...]
    unfired: tuple[str, ...]

    @property
    def faults(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.fault)


def prove(desk: Desk, name: str) -> Proof:
    """Every question asked of the scenario of that id or file."""
    scenario = desk.library.scenario(name)
    inquiry = Inquiry(desk, scenario)
    answers = tuple(_ask(inquiry))
    return Proof(scenario.id, scenario.title, inquiry.persona.id, answers, inquiry.unreached, inquiry.unfired)


def _ask(inquiry: Inquiry) -> Iterator[Answer]:
    yield from _winning(inquiry)
    yield _pass_mark(inquiry)
    yield from _losing(inquiry)
    yield from tricks(inquiry)
    yield from _dead_ends(inquiry)
    yield from _unreached(inquiry)


def _winning(inquiry: Inquiry) -> Iterator[Answer]:
    if inquiry.start not in inquiry.far:
        best = max((grade(pledged) for _, pledged in inquiry.clean.depth), key=lambda one: one.rank)
        call = inquiry.stage.show(inquiry.toward(lambda node: grade(node[1]) is best))
        why = f"不违规最好只能要到“{TITLES[best]}”，评分表至少要“{TITLES[inquiry.rubric.promise.least]}”"
        wanted = "、".join(OUTCOMES[Outcome(name)] for name in sorted(inquiry.endings))
        ended = f"不违规走不到评分表要的结果（{wanted}）"
        yield Answer("winnable", False, PROVED, why if inquiry.wants_promise else ended, True, call)
        return
    least = max(inquiry.far[inquiry.start], inquiry.rubric.least_turns)
    shortest = _shortest_win(inquiry)
    if shortest is None:
        yield Answer("winnable", None, OPEN, "示范通话没有通过，也没有找到别的赢法", True, inquiry.model)
        return
    yield Answer(
        "winnable", True, SHOWN, f"不违规也能赢：示范通话 {inquiry.model.spoken} 轮，{inquiry.model.total} 分"
    )
    many = shortest.spoken
    exact = f"正好 {many} 轮" if many == least else f"不多于 {many} 轮，不少于 {least} 轮"
    yield Answer("shortest-win", True, SHOWN, f"最短的干净赢法{exact}", call=shortest)


def _shortest_win(inquiry: Inquiry) -> Shown | None:
    """The model call with every line left out that it can pass without."""
    lines = [filled(line, inquiry.case) for line in inquiry.scenario.model]
    best = inquiry.model if inquiry.model.passed and not inquiry.model.breaches else None
    for line in list(lines) if best else []:
        fewer = [other for other in lines if other is not line]
        shown = inquiry.said(fewer)
        if shown.passed and not shown.breaches:
            best, lines = shown, fewer
    return best


def _pass_mark(inquiry: Inquiry) -> Answer:
    most, mark = _most_points(inquiry), inquiry.rubric.pass_mark
    shown = inquiry.model.total
    text = f"合格线 {mark}。最高分：示范通话 {shown} 分，无论如何不超过 {most} 分"
    if most < mark:
        return Answer("pass-mark", False, PROVED, f"够不着合格线：{text}", True, inquiry.model)
    if shown < mark:
        return Answer("pass-mark", None, OPEN, text, True, inquiry.model)
    return Answer("pass-mark", True, SHOWN, text)


def _most_points(inquiry: Inquiry) -> int:
    """No clean call can earn more: every criterion met in full, and the best promise that may be had."""
    of = sum(
        criterion.points for criterion in inquiry.rubric.criteria if hold(criterion.only_if, inquiry.moment)
    )
    terms = inquiry.rubric.promise
    if not hold(terms.only_if, inquiry.moment) or not terms.points:
        return 100
    worth = 0
    for _, pledged in inquiry.clean.depth:
        points = terms.points * terms.percent.get(grade(pledged), 0) // 100
        if inquiry.case.broken_promises >= terms.broken and not standing(pledged):
            points = points * terms.unbacked // 100
        worth = max(worth, points)
    return 100 * (of + worth) // (of + terms.points)


def _losing(inquiry: Inquiry) -> Iterator[Answer]:
    careless = inquiry.said([filled(line, inquiry.case) for line in inquiry.scenario.careless])
    floor = "正好 0 分" if not careless.total else f"不高于 {careless.total} 分"
    yield Answer("lowest", True, SHOWN, f"最低分{floor}（粗心的那通话）")

    idle = [line.text for line in only(inquiry.lines[True], "out-of-scope")]
    practice = inquiry.stage.say((idle * MOST_IDLE)[:MOST_IDLE])
    aside = ""
    if practice.is_over:
        aside = f"；说 {spoken_in(practice.turns)} 句不着边际的话，对方也会挂断"
    yield Answer("shortest-loss", True, SHOWN, f"最短的输法：接通就挂，一句不说{aside}")


def _dead_ends(inquiry: Inquiry) -> Iterator[Answer]:
    """States without a breach that no clean call can be won from any more; where none can be won at all, that is said."""
    if inquiry.start not in inquiry.far:
        return
    alive = {state for state, _ in inquiry.far}
    living = [state.id for state in inquiry.persona.states if not state.is_final]
    dead = [name for name in living if name in inquiry.clean.states() and name not in alive]
    for name in dead:
        practice = inquiry.toward(lambda node, name=name: node[0] == name)  # type: ignore[misc]
        there = practice.situation.state == name
        shown = inquiry.stage.show(practice)
        if there and not shown.breaches:
            text = f"状态“{name}”是死胡同：进去以后，说什么都赢不了，也没有别的出路"
            yield Answer("dead-end", True, PROVED, text, True, shown)
    foul = [name for name in living if name not in inquiry.clean.states() and name not in inquiry.unreached]
    text = f"不违规能走到的 {len(living) - len(foul) - len(inquiry.unreached)} 个状态，"
    text += f"赢不回来的：{'、'.join(dead)}" if dead else "个个都还赢得回来"
    if foul:
        text += f"；只有违规才会到的：{'、'.join(foul)}"
    yield Answer("every-state", not dead, PROVED, text)


def _unreached(inquiry: Inquiry) -> Iterator[Answer]:
    names = inquiry.unreached
    text = f"走不到的状态：{'、'.join(names)}" if names else f"{len(inquiry.persona.states)} 个状态都可能走到"
    yield Answer("unreached", bool(names), PROVED, text)
    text = f"这个情境用不上的转移 {len(inquiry.unfired)} 条" if inquiry.unfired else "每条转移都可能用上"
    yield Answer("unfired", bool(inquiry.unfired), PROVED, text)
