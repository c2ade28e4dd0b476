"""One gate for text that will be shown or stored: no control characters, no half characters."""

from __future__ import annotations

import re

# C0 and C1 controls reach the terminal as commands, bidi controls reorder what a reader sees, NUL is refused by
# databases, and lone surrogates cannot be written as UTF-8.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
SURROGATES = re.compile("[\ud800-\udfff]")


def safe(text: str, *, lines: bool = False) -> str:
    """`text` without controls; line breaks and tabs become spaces unless `lines` are kept."""
    text = SURROGATES.sub("\ufffd", CONTROLS.sub("", text))
    return text if lines else text.replace("\n", " ").replace("\t", " ")
