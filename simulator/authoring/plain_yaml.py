"""Scalars as they may stand in a YAML file of ours: plain where that is safe, in double quotes where it is not."""

from __future__ import annotations

import json
import re

from simulator.authoring.marked import DECIMAL, INTEGER, PLAIN_WORDS

# what a plain scalar may not begin with, hold or end with; inside brackets , [ ] { } end it too
BEGINS = re.compile(r"[\s!&*@`%|>#'\"\[\]{},]|[-?:](?:\s|$)|---|\.\.\.|<<|=$")
HOLDS = re.compile(r":(?:\s|$)|\s#|[\t\n\r\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
BRACKETS = re.compile(r"[,\[\]{}]|:$|^[-?:]")


def scalar(text: str, in_brackets: bool = False) -> str:
    """`text` so that it reads back as the same words."""
    unsafe = (
        text != text.strip()
        or text in PLAIN_WORDS
        or text.lower() in {"yes", "no", "on", "off", "true", "false", "null"}
        or INTEGER.fullmatch(text)
        or DECIMAL.fullmatch(text)
        or BEGINS.match(text)
        or HOLDS.search(text)
        or (in_brackets and BRACKETS.search(text))
    )
    return json.dumps(text, ensure_ascii=False) if unsafe else text
