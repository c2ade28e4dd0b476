"""A proof as plain text: one line for each question, and the calls that show what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.authoring.proof.inquiry import Answer
from simulator.authoring.proof.playing import Shown
from simulator.authoring.proof.questions import Proof
from simulator.dialogue import Speaker

HOW = {"proved": "证过", "shown": "打过", "tried": "试过", "open": "没有定论"}
GOOD = frozenset(("winnable", "shortest-win", "pass-mark", "every-state"))


def proof_text(proof: Proof, calls: bool) -> str:
    """`calls` shows every call that an answer rests on; those of faults are always shown."""
    return "\n".join(_lines(proof, calls))


def _lines(proof: Proof, calls: bool) -> Iterator[str]:
    faults = len(proof.faults)
    yield f"{proof.scenario}　{proof.title}　{f'{faults} 处毛病' if faults else '没有毛病'}"
    for answer in proof.answers:
        yield f"  {_mark(answer)} {answer.text}（{HOW[answer.how]}）"
        if answer.call and (answer.fault or calls):
            yield from _call(answer.call)


def _mark(answer: Answer) -> str:
    if answer.fault:
        return "✗"
    return "？" if answer.holds is None else "·" if answer.id not in GOOD else "✓"


def _call(shown: Shown) -> Iterator[str]:
    for turn in shown.turns:
        said = turn.text or "（没有说话）"
        if turn.who is Speaker.COLLECTOR:
            acts = "、".join((*turn.acts, *turn.breaches))
            yield f"      　你：{said}　［{acts}］"
        else:
            yield f"      对方：{said}　→ {turn.state}"
    verdict = "通过" if shown.passed else "未通过"
    yield f"      挂断。{verdict}，{shown.total} 分，违规 {shown.breaches} 处"


def unused_text(unused: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]) -> str:
    lines = []
    for persona, (states, transitions) in unused.items():
        parts = [f"状态 {'、'.join(states)}"] if states else []
        parts += [f"转移 {'、'.join(transitions)}"] if transitions else []
        lines.append(f"{persona} 在这些情境里都用不上：{'；'.join(parts)}")
    return "\n".join(lines)
