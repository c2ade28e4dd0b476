"""The texts of the screens in the chosen language. Calls and marks themselves are in Chinese, whatever the interface."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("zh", "en")


class Words:
    """`words("key", name=…)` is the text of that key, filled."""

    def __init__(self, language: str) -> None:
        from simulator.tui import words_en, words_zh

        self.language = language if language in LANGUAGES else "zh"
        self.table: Mapping[str, str] = words_en.TABLE if self.language == "en" else words_zh.TABLE

    def __call__(self, key: str, **values: object) -> str:
        template = self.table[key]
        return template.format(**values) if values else template

    def has(self, key: str) -> bool:
        return key in self.table

    def term(self, kind: str, id: str, fallback: str | None = None) -> str:
        """The name of an id of the field: an act, a severity, an outcome … or the id itself."""
        return self.table.get(f"{kind}.{id}", id if fallback is None else fallback)
