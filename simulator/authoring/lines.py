"""Checks the `{…}` places of the lines that people say: a place that no fact fills would be said aloud as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from simulator.authoring.facts import fact_paths
from simulator.authoring.marked import Mark, Node, Source
from simulator.authoring.names import nearest
from simulator.dialogue.speak import PLACEHOLDER

STRAY = re.compile(r"\{[^{}]*\}?|\}")
HINT = "debtor.call、collector.name、debt.total:digits、means.now"


def check_lines(node: Node, is_fact: Callable[[str], bool], means: Collection[str], source: Source) -> None:
    """Reports every place of the line, or list of lines, at `node` that `is_fact` does not know."""
    for item in node.value if isinstance(node.value, list) else [node]:
        if not isinstance(item.value, str):
            continue
        for match in PLACEHOLDER.finditer(item.value):
            if not is_fact(match.group(1)):
                place = _place(item, "{" + match.group(1), source)
                report_unknown_fact(source, place, match.group(1), means)
        for stray in STRAY.finditer(PLACEHOLDER.sub("", item.value)):
            source.report(
                _place(item, stray.group(), source),
                "stray-brace",
                "花括号里的“{words}”认不出，会原样念出来",
                "花括号里只能写事实的名字（小写英文），例如 {{debtor.call}}",
                words=stray.group(),
            )


def report_unknown_fact(source: Source, mark: Mark, path: str, means: Collection[str] = ()) -> None:
    """Reports that no case has a fact at `path`."""
    near = nearest(path, {*fact_paths(), *(f"means.{name}" for name in means)})
    cure = "是不是“{{{right}}}”？" if near else "可以写的有：{right} 等"
    right = near[0] if near else HINT
    source.report(mark, "unknown-fact", "没有叫“{{{path}}}”的事实", cure, path=path, right=right)


def _place(item: Node, words: str, source: Source) -> Mark:
    """Where `words` stand in the line that `item` was read from."""
    line = source.lines[item.mark.line - 1]
    found = line.find(words, item.mark.column - 1)
    return Mark(item.mark.line, found + 1, len(words)) if found >= 0 else item.mark
