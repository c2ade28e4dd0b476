"""The careless call, really played and graded: it must fail, or the scenario tells nobody apart."""

from simulator.authoring.lints import ScenarioFile

LOOKS_AT = "scenario"
SEED = 1


def check(file: ScenarioFile) -> None:
    if file.play("careless", SEED).card.passed:
        file.source.report(
            file.key("careless"),
            "careless-passes",
            "粗心的示范居然通过了",
            "把话写得更冲、更急，或者漏掉该做的：不报家门、不核实、不约日子",
        )
