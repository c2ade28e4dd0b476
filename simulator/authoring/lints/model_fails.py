"""The model call, really played and graded: it must pass without a breach, whatever the seed draws."""

from simulator.authoring.lints import Played, ScenarioFile
from simulator.dialogue import Speaker

LOOKS_AT = "scenario"
ID = "model-fails"
SEEDS = (1, 2026)
CUT_SHORT = "第 {said} 句说完通话就结束了，后面 {left} 句没说上；看看那里对方为什么挂了"
PLAY_IT = "用 peilian play 打一遍，看看哪一项没得分，把那一句补上"


def check(file: ScenarioFile) -> None:
    for seed in SEEDS:
        played = file.play("model", seed)
        if _report_breaches(file, played) or played.card.passed:
            continue
        reasons = "；".join(reason.text for reason in played.card.reasons)
        message = "示范没有通过（种子 {seed}）：{reasons}"
        left = len(file.scenario.model) - played.said
        cure = CUT_SHORT if left else PLAY_IT
        values = {"seed": seed, "reasons": reasons, "said": played.said, "left": left}
        file.source.report(file.key("model"), ID, message, cure, **values)
        return


def _report_breaches(file: ScenarioFile, played: Played) -> bool:
    marks = [mark for _, mark in file.lines("model")]
    spoken = [turn.n for turn in played.turns if turn.who is Speaker.COLLECTOR]
    for breach in played.card.breaches:
        index = spoken.index(breach.evidence.turn) if breach.evidence.turn in spoken else 0
        file.source.report(
            marks[min(index, len(marks) - 1)],
            ID,
            "示范的这一句犯了规：{title}（“{words}”）",
            "可以改成：{better}",
            title=breach.title,
            words=breach.evidence.text,
            better=breach.say_instead[0] if breach.say_instead else breach.rule_text,
        )
    return bool(played.card.breaches)
