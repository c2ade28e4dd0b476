"""A question of the persona of which it is not known what answers it: the scorecard takes anything for an answer."""

from scoring.answers import ANSWERS
from simulator.authoring.lints import PersonaFile

LOOKS_AT = "persona"


def check(file: PersonaFile) -> None:
    for written in file.written():
        asks = written.data.get("asks")
        if asks is not None and asks not in ANSWERS:
            file.source.report(
                written.mark("asks"),
                "unanswered-question",
                "不知道什么话算是回答了“{asks}”，学员说什么都会算答了",
                "换成已有的词：{names}",
                asks=asks,
                names="、".join(sorted(ANSWERS)),
            )
