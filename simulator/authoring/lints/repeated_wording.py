"""The same words in two places: once said they are spent everywhere, and two people should not talk alike."""

from simulator.authoring.lints import PersonaFile, Written
from simulator.authoring.marked import Node
from simulator.dialogue.likeness import bare

LOOKS_AT = "persona"
ID = "repeated-wording"
LONG_ENOUGH = 5  # characters: 嗯。 and 好，再见。 may come from anywhere


def check(file: PersonaFile) -> None:
    elsewhere = file.others.lines_beside(file.persona.id)
    first: dict[str, tuple[Written, Node]] = {}
    for item in file.written():
        for node in item.wordings():
            words = str(node.value)
            if words in elsewhere:
                message = "这句话和角色“{name}”的一字不差"
                file.source.report(node.mark, ID, message, "换成这个人自己的口气", name=elsewhere[words])
            if words in first and _is_by_chance(first[words][0], item) and len(bare(words)) >= LONG_ENOUGH:
                message = "这句话和第 {line} 行一字不差；一通电话里只会说一次"
                line = first[words][1].mark.line
                file.source.report(node.mark, ID, message, "换一种说法", line=line)
            first.setdefault(words, (item, node))


def _is_by_chance(one: Written, other: Written) -> bool:
    """The same reaction written for several states shares all its words, and is meant to."""
    return set(one.transition.say) != set(other.transition.say)
