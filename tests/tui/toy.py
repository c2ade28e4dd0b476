"""A desk in miniature: one tiny persona, an ear of a few keywords, a judge with one opinion. Nothing is read but `little.yaml`."""

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from scoring.rubric import Grade
from scoring.rulebook import Rule, Source
from scoring.scorecard import (
    Better,
    Breach,
    Change,
    Evidence,
    Finding,
    Met,
    Pledged,
    PromiseMark,
    Reason,
    Scorecard,
    Seal,
    Section,
)
from simulator.authoring.marked import Source as File
from simulator.authoring.persona_file import read_persona
from simulator.dialogue import (
    Act,
    AmountKind,
    AmountMention,
    Channel,
    Cue,
    HeardAs,
    Hearer,
    Manner,
    Reading,
    Severity,
    Signal,
    TimeMention,
    Transcript,
)
from simulator.dialogue.case import Contacted
from simulator.engine.player import Player
from simulator.errors import UnknownNameError
from simulator.training.scenario import Scenario
from tests.engine import case as engine_case

ACTS = {
    "greet": "您好",
    "verify-identity": "本人",
    "ask-ability": "能动的",
    "demand-payment": "今天还",
    "confirm-promise": "核对一遍",
    "ask-commitment": "哪天",
    "empathize": "不容易",
    "close": "再见",
}
THREAT = "坐牢"
RULE = Rule(
    id="criminal-threat",
    title="不拿坐牢、报警吓人",
    group="truth",
    severity=Severity.FATAL,
    heard_as=HeardAs.THREAT,
    hearers=frozenset(Hearer),
    channels=frozenset(Channel),
    rule="没按时还款本身不是犯罪。",
    why="听的人会真的以为警察要上门。",
    say_instead=("逾期是合同上的事。{debtor.call}，我们先看今天能处理多少。",),
    sources=(Source("《刑法》", "full", "第196条", date(2018, 12, 1)),),
)
CASE = replace(
    engine_case.CASE,
    scenario="little-case",
    title="小店老板",
    history=(Contacted(date(2026, 3, 9), "没接通", "说好周二还", False),),
    broken_promises=1,
)
SCENARIO = Scenario(
    case=CASE,
    drawn=frozenset(),
    brief="客户有 {debt.total:digits} 元昨天到期，问清楚，拿到准日子。",
    hints=("先核实是不是本人。", "问问手上能动的有多少。"),
    model=("您好，是本人吗？",),
    careless=("坐牢去吧",),
    digest="0" * 64,
)


class ToyEar:
    act_ids = tuple(ACTS)
    rule_ids = (RULE.id,)
    digest = "ear"

    def read(self, text, hearer=Hearer.DEBTOR, channel=Channel.PHONE, *, now, before=None, asked=None):
        spans = [(id, text.find(word), word) for id, word in ACTS.items() if word in text]
        acts = tuple(Act(id, place, place + len(word), "toy") for id, place, word in spans)
        place = text.find(THREAT)
        cues = (Cue(RULE.id, Severity.FATAL, HeardAs.THREAT, place, place + 2, "toy"),) if place >= 0 else ()
        sums = tuple(
            AmountMention(m.start(), m.end(), m.group(), Decimal(m.group(1)), AmountKind.EXACT)
            for m in re.finditer(r"(\d{3,6})元", text)
        )
        due = now.replace(hour=18, minute=0, second=0)
        times = tuple(TimeMention(m.start(), m.end(), m.group(), now, due) for m in re.finditer("今天", text))
        signals = frozenset({Signal.SILENCE}) if not text else frozenset()
        return Reading(text, acts, cues, times, sums, Manner("您" in text, len(text)), signals, not acts)


@cache
def little_player() -> Player:
    path = Path(engine_case.__file__).with_name("little.yaml")
    persona = read_persona(File(path.name, path.read_text(encoding="utf-8")), frozenset(ACTS))
    assert persona is not None
    return Player(persona)


@dataclass
class ToyLibrary:
    ear: ToyEar = field(default_factory=ToyEar)
    scenarios: tuple[Scenario, ...] = (SCENARIO,)

    def scenario_ids(self):
        return [scenario.id for scenario in self.scenarios]

    def scenario(self, name):
        for scenario in self.scenarios:
            if scenario.id == name:
                return scenario
        raise UnknownNameError("情境", name, ("little-case",))

    def persona(self, name):
        return little_player().persona

    def rulebook(self, name):
        return SimpleNamespace(rules=(RULE,))


class ToyDesk:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.library = ToyLibrary()
        self._player = little_player()

    def player(self, scenario):
        return self._player

    def versions(self, scenario):
        return {"program": "test"}

    def grade(self, transcript: Transcript, made_with: dict[str, str]) -> Scorecard:
        return scorecard(transcript)


def scorecard(transcript: Transcript) -> Scorecard:
    """A fail where there was a threat, else a pass."""
    threats = [turn for turn in transcript.turns if turn.breaches]
    mine = [turn for turn in transcript.turns if turn.who == "collector"]
    breaches = tuple(
        Breach(
            RULE.id, RULE.title, RULE.severity, RULE.heard_as, Evidence(turn.n, turn.text.find(THREAT), turn.text.find(THREAT) + 2, THREAT),
            RULE.rule, RULE.why, "短语：坐牢", RULE.sources, ("逾期是合同上的事，我们先看今天能处理多少。",), points=40,
            better=Better(turn.n, turn.text, "先看今天能处理多少。", (("cut", turn.text), ("put", "先看今天能处理多少。"))),
        )
        for turn in threats
    )  # fmt: skip
    first = mine[0] if mine else None
    said = Evidence(first.n, 0, len(first.text), first.text) if first else None
    found = Finding(
        "greet",
        "问候",
        Met.YES if said else Met.NO,
        5 if said else 0,
        5,
        "开口先问了好",
        "一声问候让人愿意听下去",
        said,
    )
    missed = Finding(
        "identity-first",
        "开口先说自己是谁",
        Met.NO,
        0,
        10,
        "没有说自己是谁",
        "对方有权知道谁在打电话",
        None,
        ("您好，我是江禾银行的小陈，工号2036。",),
    )
    final = transcript.turns[-1].pledges if transcript.turns else ()
    made = CASE.at + timedelta(minutes=1)
    pledged = tuple(
        Pledged(
            pledge.amount,
            pledge.due,
            made,
            made + timedelta(hours=48),
            transcript.turns[-1].n,
            True,
            True,
            True,
        )
        for pledge in final
    )
    promise = PromiseMark(
        grade=Grade.PART_WITHIN_48H if final else Grade.NONE, payer="debtor" if final else None,
        amount=final[0].amount if final else None, due=final[0].due if final else None, within_48h=bool(final), confirmed=bool(final),
        void_because=None, method="手机银行", standing=False, broken_promises=1, evidence=None, points=15 if final else 0, of=30,
        why="两天之内还一部分。" if final else "没有承诺。", pledges=pledged,
    )  # fmt: skip
    note = (
        Section((Finding("note-reason", "写了原因", Met.YES, 5, 5, "写了", "下一位同事不用再问", None),))
        if transcript.note
        else None
    )
    return Scorecard(
        passed=not breaches, total=82 if not breaches else 31, pass_mark=70, reasons=(Reason("fatal", "有红线违规"),) if breaches else (),
        etiquette=Section((found, missed)), tasks=Section((replace(found, id="ask-today", title="先要今天", met=Met.HALF, points=5, of=10),)),
        promise=promise, breaches=breaches, seal=Seal(None, None, ()), needs_human=(),
        what_would_change=(Change("identity-first", 2, "开口先说自己是谁", 10, False),), note=note, versions={"program": "test"},
    )  # fmt: skip


NOW = datetime(2026, 11, 22, 9, 30)
