"""A line of the model call that a listener would call a lecture: the reader marks such a turn as too long."""

from simulator.authoring.lints import ScenarioFile
from simulator.authoring.scenario_file import bake
from simulator.dialogue.speak import fact, fill
from simulator.reading.manner import LONG

LOOKS_AT = "scenario"


def check(file: ScenarioFile) -> None:
    case = bake(file.scenario, 1)
    for line, mark in file.lines("model"):
        words = fill(line, lambda path: fact(case, path), case.at)
        count = sum(not character.isspace() for character in words)
        if count > LONG:
            file.source.report(
                mark,
                "long-line",
                "这一句有 {count} 个字，超过 {most} 个，听的人记不住",
                "拆成两轮，一次说一件事",
                count=count,
                most=LONG,
            )
