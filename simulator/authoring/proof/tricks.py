"""Ways to win that must not be: silence, saying one thing only, never asking, promises of people who owe nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from simulator.authoring.proof.inquiry import OPEN, PROVED, SHOWN, TRIED, Answer, Inquiry
from simulator.authoring.proof.lines import ASKING, Line, filled, only
from simulator.authoring.proof.may import explore
from simulator.authoring.proof.playing import Shown, spot_of
from simulator.authoring.proof.reach import Node
from simulator.authoring.proof.words import OUTCOMES
from simulator.dialogue import PersonaKind, Signal

FEW = 14  # turns of a trick before it has had its chance


def tricks(inquiry: Inquiry) -> Iterator[Answer]:
    yield _silence(inquiry)
    yield _one_act(inquiry)
    if inquiry.case.goal == "promise" and inquiry.persona.kind is not PersonaKind.THIRD_PARTY:
        yield _never_asking(inquiry)
    if inquiry.persona.kind is PersonaKind.THIRD_PARTY:
        yield _fishing(inquiry)


def _silence(inquiry: Inquiry) -> Answer:
    may = explore(inquiry.machine, {Signal.SILENCE.value, Signal.REPETITION.value}, named=False)
    practice = inquiry.stage.say([""] * FEW)
    here = spot_of(inquiry.machine, practice.situation)
    if inquiry.is_won((here.state, here.pledged)) or (here.pledged and inquiry.wants_promise):
        shown = inquiry.stage.show(practice)
        if shown.passed or here.pledged:
            text = "一声不吭就能赢" if shown.passed else "一声不吭也能得到承诺"
            return Answer("silence", True, SHOWN, text, True, shown)
    proved = not any(inquiry.is_won(node) for node in may.depth)
    return Answer(
        "silence", False, PROVED if proved else TRIED, f"一声不吭赢不了（{OUTCOMES[practice.leave()]}）"
    )


def _one_act(inquiry: Inquiry) -> Answer:
    """Every act by itself, in different words while there are any and then in the same."""
    tried, gave = 0, None
    for act in sorted(inquiry.acts):
        for lines in _monotonous(inquiry, act):
            tried += 1
            practice = inquiry.stage.call()
            for line in lines:
                if practice.is_over:
                    break
                practice.say(line)
                here = spot_of(inquiry.machine, practice.situation)
                if not inquiry.is_won((here.state, here.pledged)):
                    continue
                shown = inquiry.stage.show(practice)
                if shown.passed:
                    return Answer("one-act", True, SHOWN, f"翻来覆去只做“{act}”就能赢", True, shown)
                gave = gave or (act, shown)
                break
    text = f"只做一样事赢不了（{tried} 种打法都真打过）"
    if gave and inquiry.wants_promise:
        text += f"；只做“{gave[0]}”也会得到承诺，但评分过不了（{gave[1].total} 分）"
    return Answer("one-act", False, TRIED, text, call=gave[1] if gave else None)


def _monotonous(inquiry: Inquiry, act: str) -> Iterator[list[str]]:
    texts = list(dict.fromkeys(line.text for line in only(inquiry.lines[True], act)))[:FEW]
    if texts:
        yield (texts * FEW)[:FEW]
        yield [texts[0]] * FEW


def _never_asking(inquiry: Inquiry) -> Answer:
    may = explore(inquiry.machine, inquiry.plain - ASKING)
    far = may.to(inquiry.is_won)
    if inquiry.start not in far:
        return Answer("never-asking", False, PROVED, "从头到尾不提还款，对方不会答应还款")
    quiet = {
        flag: [line for line in some if not line.said.labels & ASKING] for flag, some in inquiry.lines.items()
    }
    shown = _dressed(inquiry, far, quiet)
    if shown is None:
        return Answer("never-asking", None, OPEN, "不提还款，机器上也许走得通，但没有找到说得出的话")
    if shown.passed:
        return Answer("never-asking", True, SHOWN, "从不提还款也能赢", True, shown)
    return Answer(
        "never-asking",
        False,
        TRIED,
        f"不提还款对方也会答应，但评分过不了（{shown.total} 分）",
        call=shown,
    )


def _fishing(inquiry: Inquiry) -> Answer:
    def hooked(node: Node) -> bool:
        return bool(node[1]) and inquiry.is_won(node)

    far = inquiry.clean.to(hooked)
    if inquiry.start not in far:
        return Answer("fishing", False, PROVED, "没有责任的人不会答应替他还，或者答应了也不算赢")
    told = inquiry.clean_lines(verified=False, told=True)
    shown = _dressed(inquiry, far, {False: told, True: told})
    if shown is None:
        return Answer("fishing", None, OPEN, "接电话的人也许会答应替他还，但没有找到不违规的问法")
    if shown.passed:
        return Answer("fishing", True, SHOWN, "从没有责任的人那里要来承诺也能赢", True, shown)
    return Answer(
        "fishing", False, TRIED, f"接电话的人会答应替他还，但评分过不了（{shown.total} 分）", call=shown
    )


def _dressed(inquiry: Inquiry, far: dict[Node, int], lines: Mapping[bool, Sequence[Line]]) -> Shown | None:
    """The best such a trick can look: the model's own lines as far as the trick allows them, then the way to the
    goal, then the model's goodbye. None where the goal was not reached."""
    allowed = {line.text for some in lines.values() for line in some if line.own}
    own = [
        text for text in (filled(line, inquiry.case) for line in inquiry.scenario.model) if text in allowed
    ]
    for opening in (own[:-1], own[:2], []):
        practice = inquiry.stage.say(opening)
        if not practice.is_over and inquiry.stage.reach(inquiry.machine, practice, far, lines):
            if own and not practice.is_over:
                practice.say(own[-1])
            return inquiry.stage.show(practice)
    return None
