"""A goal that this persona cannot give: only the debtor promises, only an outsider passes a message on."""

from simulator.authoring.lints import ScenarioFile
from simulator.dialogue import PersonaKind

LOOKS_AT = "scenario"


def check(file: ScenarioFile) -> None:
    case = file.scenario.case
    outsider = case.kind is PersonaKind.THIRD_PARTY
    if outsider != (case.goal == "relay"):
        file.source.report(
            file.key("goal"),
            "unsuited-goal",
            "接电话的是不相干的人，只能请他转告，目标不能是“{goal}”"
            if outsider
            else "接电话的就是该还钱的人，目标不该是“{goal}”（转告）",
            "写 goal: relay" if outsider else "写 goal: promise、plan 或 care",
            goal=case.goal,
        )
