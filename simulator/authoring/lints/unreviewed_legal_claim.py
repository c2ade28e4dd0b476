"""Law in the collector's mouth without the words that keep it true, or cited where nobody has checked it."""

from __future__ import annotations

import re

from simulator.authoring.lints import ScenarioFile

LOOKS_AT = "scenario"
ID = "unreviewed-legal-claim"
SENTENCE = re.compile(r"[^。！？；!?;]+")
# what is never the collector's to say, whatever stands beside it
NEVER = re.compile(
    r"坐牢|判刑|拘留|刑事|犯罪|诈骗|通缉|抓你|抓您|黑名单|老赖|限制出境|连累(?:孩子|子女|家人)|冻结|查封"
)
# what may be said, as a possibility and by the rules
WITH_CARE = re.compile(r"起诉|法院|诉讼|律师函|强制执行|报案|失信|征信")
CARE = re.compile(
    r"可能|也许|按规定|依规|依法|如实|以.{0,6}为准|不会|没有|尚未|不影响|影响不到|已经?(?:起诉|立案|判)"
)
CITED = re.compile(r"《[^》]+》|第[0-9零一二三四五六七八九十百]+条|司法解释|法律规定")


def check(file: ScenarioFile) -> None:
    for key in ("brief", "hints", "model"):
        for line, mark in file.lines(key):
            for sentence in SENTENCE.findall(line):
                fault = _fault(sentence, key)
                if fault:
                    message, cure, words = fault
                    file.source.report(mark, ID, message, cure, words=words)


def _fault(sentence: str, key: str) -> tuple[str, str, str] | None:
    never = NEVER.search(sentence) if key == "model" else None
    if never:
        return "“{words}”不是催收员该说的", "删掉，只说真会发生、自己说了算的事", never.group()
    cited = CITED.search(sentence)
    if cited:
        return (
            "引了“{words}”：没核实过的条文不要教人说",
            "核实过的，在这一行上面写 # allow: unreviewed-legal-claim",
            cited.group(),
        )
    careful = WITH_CARE.search(sentence)
    if careful and key == "model" and not CARE.search(sentence):
        return "“{words}”说得太满", "加上“可能”“按规定”，只说真实的、有条件的后果", careful.group()
    return None
