"""The texts of the pages in the language that the browser asks for."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.web import words_en, words_zh

TABLES: Mapping[str, Mapping[str, str]] = {"zh": words_zh.TABLE, "en": words_en.TABLE}


def language_of(asked: str | None, accepted: str, default: str) -> str:
    """`asked` is what the address says, `accepted` the browser's list, best first. English needs to be its first."""
    if asked in TABLES:
        return str(asked)
    if default != "zh":
        return default
    first = accepted.split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"
