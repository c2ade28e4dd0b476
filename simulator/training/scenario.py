"""A scenario: a case before its draws, with what a trainee is told and the two calls that prove it."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.dialogue import Case

# what the person on the line brings up; exams draw by it
OBJECTIONS = {
    "no-time": "这几天没空",
    "travelling": "人在外地",
    "for-a-friend": "替朋友借的",
    "already-paid": "已经还了",
    "promised-again": "答应过又没还",
    "will-not-pay": "就是不还",
    "no-reminder": "没人提醒过",
    "fees-too-high": "费用太高",
    "told-late-is-fine": "业务员说晚几天没事",
    "how-are-fees-computed": "费用怎么算的",
    "next-month": "下个月一起还",
    "no-money": "这个月没钱",
    "no-income": "没有工作没有收入",
    "stop-calling": "别再打了，在想办法",
    "called-my-family": "给家里打过电话",
    "recording": "录着音，要投诉",
    "waiting-for-money": "等一笔钱到账",
    "disputed": "这笔账不对",
    "who-is-it-for": "打听是什么事",
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """`case` holds every fixed fact; `drawn` names the facts (`debtor.name`, `person.name`) that a seed draws.

    `model` is a call that passes without a breach, `careless` one that fails; their lines are templates over the case.
    """

    case: Case
    drawn: frozenset[str]
    brief: str
    hints: tuple[str, ...]
    model: tuple[str, ...]
    careless: tuple[str, ...]
    digest: str
    objections: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.case.scenario

    @property
    def title(self) -> str:
        return self.case.title
