"""A call outside the hours in which anybody may be rung, without an hour that was agreed."""

from simulator.authoring.lints import ScenarioFile

LOOKS_AT = "scenario"
FIRST, LAST = 8, 22


def check(file: ScenarioFile) -> None:
    case = file.scenario.case
    if not FIRST <= case.at.hour < LAST and case.standing.agreed_from is None:
        file.source.report(
            file.key("at"),
            "odd-hour",
            "{clock} 打电话：早八点以前、晚十点以后不打扰",
            "改个钟点；真是对方约的，在 standing 里写 agreed-from 和 agreed-until",
            clock=f"{case.at:%H:%M}",
        )
