"""A scorecard as plain text, for terminals and for ears: nothing in it needs colour or a screen."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.scorecard import (
    Better,
    Breach,
    Evidence,
    Finding,
    Met,
    PromiseMark,
    Scorecard,
    Section,
)

MARKS = {Met.YES: "✓", Met.HALF: "½", Met.NO: "✗"}
SEVERITIES = {"fatal": "红线", "major": "严重", "minor": "轻微"}
GRADES = {
    "full-today": "今天全额",
    "full-within-48h": "48 小时内全额",
    "part-today-rest-dated": "今天一部分，余下有日子",
    "part-within-48h": "48 小时内一部分",
    "dated-later": "有日子，但晚于 48 小时",
    "vague": "没有准日子",
    "none": "没有承诺",
}


def scorecard_text(card: Scorecard) -> str:
    """The whole scorecard, most important first."""
    return "\n".join(_lines(card))


def _lines(card: Scorecard) -> Iterator[str]:
    verdict = "通过" if card.passed else "未通过"
    yield ""
    yield f"成绩：{verdict}　{card.total} 分（及格 {card.pass_mark} 分）"
    yield from (f"  原因：{reason.text}" for reason in card.reasons)
    if card.breaches:
        yield ""
        yield f"违规 {len(card.breaches)} 处，扣 {card.deducted} 分"
        for breach in card.breaches:
            yield from _breach(breach)
    if card.needs_human:
        yield ""
        yield f"要请人看的 {len(card.needs_human)} 处（不计分）"
        yield from (f"  {_where(doubt.evidence)}：{doubt.title}。{doubt.why}" for doubt in card.needs_human)
    yield from _promise(card.promise)
    yield from _section("礼仪", card.etiquette)
    yield from _section("核心任务", card.tasks)
    if card.note:
        yield from _section("小结（不计入总分）", card.note)
    if card.what_would_change:
        yield ""
        yield "最值得改的：" if card.passed else "怎样就能通过："
        yield from (f"  +{change.gain} 分　{change.text}" for change in card.what_would_change)


def _where(evidence: Evidence | None) -> str:
    if evidence is None:
        return "整通电话"
    return f"第 {evidence.turn} 轮“{evidence.text}”" if evidence.turn else f"小结里“{evidence.text}”"


def _breach(breach: Breach) -> Iterator[str]:
    cost = f"扣 {breach.points} 分" if breach.points else "不另扣分（同样的字只按最重的一条扣）"
    yield f"  ！{SEVERITIES[breach.severity.value]}　{breach.title}（{breach.rule}），{cost}"
    yield f"    {_where(breach.evidence)}"
    yield f"    规矩：{breach.rule_text}"
    yield f"    为什么：{breach.why}"
    if breach.raised:
        yield f"    从重：{breach.raised}"
    for source in breach.sources:
        article = source.article or ""
        note = f"；{source.note}" if source.note else ""
        yield f"    出处：{source.document}{article}（{HOW[source.how]}{note}）"
    yield from _better(breach.better, breach.say_instead)


HOW = {
    "full": "读过条文",
    "reported": "据报道或转述，未见原文",
    "machine-translated": "据机器翻译的转述",
    "memory": "凭记忆，未核实",
    "derived": "由所列规则推出",
}


def _better(better: Better | None, wordings: tuple[str, ...]) -> Iterator[str]:
    if better:
        yield f"    改一改：{diff_text(better)}"
    elif wordings:
        yield f"    可以说：{wordings[0]}"


def diff_text(better: Better) -> str:
    """The improved sentence with what was cut in 〔－…〕 and what was put in 〔＋…〕."""
    shown = {"keep": "{}", "cut": "〔－{}〕", "put": "〔＋{}〕"}
    return "".join(shown[kind].format(words) for kind, words in better.diff)


def _promise(promise: PromiseMark) -> Iterator[str]:
    yield ""
    of = f"　{promise.points}/{promise.of}" if promise.of else ""
    yield f"承诺：{GRADES[promise.grade.value]}{'（作废）' if promise.void else ''}{of}"
    yield f"  {promise.void_because or promise.why}"
    for pledge in promise.pledges:
        amount = "数目没说" if pledge.amount is None else f"{pledge.amount:,} 元"
        due = "没说日子" if pledge.due is None else f"{pledge.due:%m-%d %H:%M} 前"
        inside = "48 小时内" if pledge.within else f"48 小时到 {pledge.limit:%m-%d %H:%M}"
        yield f"  · {amount}，{due}（{inside}，{'复述过' if pledge.confirmed else '没有完整复述'}）"


def _section(title: str, section: Section) -> Iterator[str]:
    yield ""
    yield f"{title}　{section.points}/{section.of}"
    for finding in section.findings:
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {MARKS[finding.met]} {finding.title}　{finding.points}/{finding.of}"
    if finding.evidence:
        yield f"    {_where(finding.evidence)}"
    if finding.met is not Met.YES:
        yield f"    {finding.why}"
        yield from _better(finding.better, finding.say_instead)
