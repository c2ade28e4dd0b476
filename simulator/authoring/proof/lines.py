"""Lines that a trainee could really say, each as the ear hears it: the alphabet from which shown calls are made.

They are the scenario's own model call, the examples of the acts that name nobody and no sum, and a few sentences
filled with the case's own facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import ROUND_UP, Decimal
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from simulator.authoring.desk import Desk
from simulator.authoring.ear_files import unmark
from simulator.authoring.library import SHIPPED, SUFFIX, Library, read_source
from simulator.authoring.marked import parse
from simulator.authoring.proof.machine import Said
from simulator.dialogue import Case, Channel, Hearer, Reading, Signal
from simulator.dialogue.speak import fact, fill
from simulator.engine.player import amount_class, misnamed, time_class
from simulator.reading.amounts import find_amounts
from simulator.reading.ear import Ear
from simulator.reading.normalise import fold
from simulator.training.scenario import Scenario

EXAMPLES = 5  # of each act
# an example that speaks of somebody's name, firm, number or sum would contradict the case
SOMEBODYS = re.compile(
    r"先生|女士|[哥姐叔]|师傅|阿姨|老板|总[，。？！]|小姐|银行|公司|工号|【|尾号|转告|[0-9]|[一二三四五六七八九十][天期次]"
    r"|[王李张刘陈杨赵孙周吴郑朱胡郭罗梁韩冯邓曹彭][\u4e00-\u9fff]"
)
# acts of asking for payment, and of speaking of the debt at all: examples of these are not for whoever may not be told
ASKING = frozenset(
    ("demand-payment", "offer-partial", "offer-plan", "ask-commitment", "refuse-delay", "confirm-promise")
)
MONEY = ASKING | {
    "state-debt", "explain-fees", "warn-cost", "warn-credit", "warn-legal", "warn-service", "remind-obligation",
    "ask-ability", "ask-reason", "ask-plan", "ask-other-source", "ask-payment-proof", "offer-evidence", "state-benefit",
    "suggest-funds", "offer-channel",
}  # fmt: skip
OPENINGS = (
    "您好，我是{collector.org}的{collector.name}，工号{collector.number}。",
    "请问是{person.call}本人吗？",
    "请问{debtor.call}在吗？",
    "麻烦您转告{debtor.call}，方便时打{collector.hotline}找我，我姓{collector.surname}。",
)
TIMES = {"none": "", "today": "今天", "within-48h": "明天下午三点前", "later": "下周五"}
WITH_SUMS = (
    "您看{time}先还{sum}，可以吗？",
    "请您{time}还{sum}。",
    "那{time}还{sum}，具体几点方便？",
    "跟您核对一下：{time}还{sum}，走官方App，对吗？",
    "谢谢您，{time}{sum}。",
)


@dataclass(frozen=True, slots=True)
class RememberingEar(Ear):
    """An ear that does not read a line twice. A line in which no time is named is taken to be heard alike at any hour;
    a `hasty` one takes times to be alike within ten minutes."""

    hasty: bool = False
    kept: dict[tuple[object, ...], Reading] = field(default_factory=dict)

    def read(
        self,
        text: str,
        hearer: Hearer = Hearer.DEBTOR,
        channel: Channel = Channel.PHONE,
        *,
        now: datetime,
        before: str | None = None,
        asked: str | None = None,
    ) -> Reading:
        if self.hasty:
            now = now.replace(minute=now.minute // 10 * 10, second=0)
        timeless = (text, hearer, channel, before, asked)
        found = self.kept.get(timeless) or self.kept.get((*timeless, now))
        if found is None:
            found = Ear.read(self, text, hearer, channel, now=now, before=before, asked=asked)
            self.kept[(*timeless, now) if found.times else timeless] = found
        return found


@cache
def remembering(hasty: bool) -> RememberingEar:
    """The shipped ear; one for the whole process, since what it has read is worth keeping."""
    ear = Ear.load()
    return RememberingEar(**{item.name: getattr(ear, item.name) for item in fields(Ear)}, hasty=hasty)


class _QuickLibrary(Library):
    hasty = False

    @cached_property
    def ear(self) -> Ear:
        return remembering(self.hasty)


class QuickDesk(Desk):
    """A desk for many calls in which much the same is said."""

    def __init__(self, home: Path | None = None, *, hasty: bool = False) -> None:
        super().__init__(home)
        self.hasty = hasty

    @cached_property
    def library(self) -> Library:
        library = _QuickLibrary(self.home)
        library.hasty = self.hasty
        return library


@dataclass(frozen=True, slots=True)
class Line:
    """`own` lines come from the scenario's model call."""

    text: str
    said: Said
    clean: bool
    own: bool = False


def examples(home: Path | None = None) -> dict[str, tuple[str, ...]]:
    """What the act files give as said, by act; the files of `home` first."""
    folders = [base.joinpath("simulator", "reading", "acts") for base in (SHIPPED, home) if base]
    files = {path.stem: path for folder in folders if folder.is_dir() for path in folder.glob("*" + SUFFIX)}
    return {name: _examples_of(path) for name, path in sorted(files.items())}


@cache
def _examples_of(path: Path) -> tuple[str, ...]:
    root = parse(read_source(path))
    said = root.value.get("said") if root else None
    texts = [unmark(str(node.value))[0] for node in said.value] if said else []
    general = [text for text in texts if not SOMEBODYS.search(text) and not find_amounts(fold(text).text)]
    return tuple(general[:EXAMPLES])


def filled(template: str, case: Case) -> str:
    return fill(template, lambda path: fact(case, path), case.at)


def sums(case: Case) -> dict[str, str]:
    """A wording for each class of sum; classes that this case cannot tell apart are left out."""
    named = {"none": "", "some": "一部分", "full": "全部"}
    now, total = case.means.get("now"), case.debt.total
    if isinstance(now, Decimal) and now < total:
        named["within"] = f"{now.normalize():f}元"
        middle = ((now + total) / 2).quantize(Decimal(1), ROUND_UP)
        if now < middle < total:
            named["beyond"] = f"{middle}元"
    return named


def _wordings(scenario: Scenario, case: Case, sealed: bool, home: Path | None) -> Iterator[tuple[str, bool]]:
    for template in scenario.model:
        yield filled(template, case), True
    yield from ((filled(template, case), False) for template in OPENINGS)
    for act, texts in examples(home).items():
        if not (sealed and act in MONEY):
            yield from ((text, False) for text in texts)
    if sealed:
        return
    named = sums(case)
    for pattern, amount, time in product(WITH_SUMS, named, TIMES):
        if (amount, time) != ("none", "none"):
            yield pattern.format(sum=named[amount], time=TIMES[time]), False


def lines_for(
    scenario: Scenario, case: Case, verified: bool, ear: Ear, home: Path | None = None, *, sealed: bool
) -> tuple[Line, ...]:
    """Every line of the alphabet as the one on the line would hear it at the beginning of the call; `sealed`: without
    the examples that speak of the debt."""
    hearer = case.kind.hearer(verified)
    found: dict[str, Line] = {}
    for text, own in _wordings(scenario, case, sealed, home):
        if text not in found:
            reading = ear.read(text, hearer, case.channel, now=case.at)
            found[text] = Line(text, said_in(case, reading), not reading.cues, own)
    return tuple(found.values())


def said_in(case: Case, reading: Reading) -> Said:
    """The kind of turn that a reading is, before it is known what was said and promised earlier."""
    labels = {*reading.act_ids, *reading.rule_ids, *(str(cue.heard_as) for cue in reading.cues)}
    labels.update(signal.value for signal in reading.signals)
    if misnamed(case, reading.text):
        labels.add(Signal.WRONG_NAME.value)
    return Said(frozenset(labels), amount_class(case, reading), time_class(case.at, reading))


def only(lines: Iterable[Line], act: str) -> Iterator[Line]:
    """The lines that do this act and nothing else."""
    signals = {signal.value for signal in Signal}
    return (line for line in lines if line.said.labels - signals == {act} and line.clean)
