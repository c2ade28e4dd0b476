"""Writes content files in one way: keys in the order of the readers, wrapped to a width, every comment kept.

What an author decided stays: quotes, blank lines, brackets or lines. A bracket that does not fit the width, or that holds
a comment, becomes lines. The words of a file are the same before and after, and formatting twice changes nothing more.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from simulator.authoring.formatter.comments import find_comments, hang
from simulator.authoring.formatter.tree import UnformattableError, build
from simulator.authoring.formatter.writing import write
from simulator.authoring.kinds import kind_of, shapes
from simulator.authoring.marked import Node, Source, parse

__all__ = ["UnformattableError", "format_text"]


def format_text(source: Source) -> str | None:
    """The text of a content file, formatted; None where it cannot be read, with the problems reported to `source`.

    Raises UnformattableError for what is YAML, but more of it than content files use.
    """
    root = parse(source)
    if root is None or source.problems:
        return None
    kind = kind_of(root, source)
    if kind is None:
        return None
    comments = find_comments(source.text)
    tree = build(source.text)
    hang(tree, source.text)
    text = write(tree, shapes().get(kind))
    _check(source, root, text, Counter(comment.text for comment in comments))
    return text


def _check(source: Source, root: Node, text: str, comments: Counter[str]) -> None:
    """A file is never written that says anything else than it did."""
    again = Source(source.path, text)
    after = parse(again)
    same = after is not None and plain(after) == plain(root)
    if not same or Counter(comment.text for comment in find_comments(text)) != comments:
        raise UnformattableError("整理以后和原来不一样，没有动它；请把这个文件发给维护的人")


def plain(node: Node) -> Any:
    """The bare data of a node."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value
