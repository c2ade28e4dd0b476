"""Writes `simplified.txt` and `pinyin.txt`. Needs opencc and pypinyin, which the program itself never does.

Run once with a Python that has both: `python simulator/reading/tables/generate.py`. The output is deterministic for a
given version of the two (made with OpenCC 1.4.2 and pypinyin 0.55.0).
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# OpenCC keeps these as variants of their own; the trade writes only the second.
VARIANTS = {"帐": "账", "馀": "余", "祇": "只", "妳": "你", "祢": "你", "甚": "甚", "徵": "征", "後": "后"}
# Common second readings; the rare ones that dictionaries list (付 for 还) would make ordinary words look disguised.
SECOND = {"还": "huan", "行": "hang", "长": "zhang", "重": "chong", "调": "tiao", "传": "zhuan", "了": "liao", "得": "dei", "着": "zhao", "率": "lv", "都": "du", "给": "ji", "便": "pian", "血": "xie", "单": "shan", "系": "xi", "薄": "bo", "薇": "wei"}  # fmt: skip


def simplified() -> str:
    convert: Any = importlib.import_module("opencc").OpenCC("t2s").convert
    pairs = []
    for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        character = chr(code)
        plain = VARIANTS.get(character, convert(character))
        if plain != character and len(plain) == 1:
            pairs.append(character + VARIANTS.get(plain, plain))
    return "".join(pairs) + "\n"


def pinyin() -> str:
    read: Any = importlib.import_module("pypinyin")
    by_sound: dict[str, list[str]] = {}
    for character in _gb2312():
        sounds = read.pinyin(character, style=read.Style.NORMAL, heteronym=False, v_to_u=False)[0]
        for sound in sorted({*sounds, *SECOND.get(character, "").split()}):
            if sound.isascii() and sound.isalpha():
                by_sound.setdefault(sound, []).append(character)
    return "".join(f"{sound} {''.join(characters)}\n" for sound, characters in sorted(by_sound.items()))


def _gb2312() -> list[str]:
    found = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


if __name__ == "__main__":
    (HERE / "simplified.txt").write_text(simplified(), encoding="utf-8", newline="\n")
    (HERE / "pinyin.txt").write_text(pinyin(), encoding="utf-8", newline="\n")
