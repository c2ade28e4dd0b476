"""Chinese and mixed numerals, and the folding both grammars read through.

`number("三千二")` is 3200: a last bare digit counts in the next lower unit unless a zero stands before it
(三千零二 = 3002). Arabic digits mix with Chinese units (1.5万, 1千5, 3k, 1w2); 两 俩 仨 廿 卅, 〇 and the
formal digits of cheques (壹万贰仟) are known.

`fold` makes a line comparable while remembering where each character came from: full-width forms become
ASCII, the traditional characters of the two grammars simplified ones, the commonest words of dialects those
of the standard language, and blanks go, save where one seems to stand for a comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_COMPOUND = {"廿": 20, "卅": 30}
_MYRIAD = 10_000

_FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟萬貳參陸", "一二三四五六七八九十百千万二三六", strict=True))
_TRADITIONAL = dict(
    zip(
        "點號週後內兩塊還錢個禮結轉這時間邊歲個給說沒過會來當從",
        "点号周后内两块还钱个礼结转这时间边岁个给说没过会来当从",
        strict=True,
    )
)
# Words of Cantonese, Wu and Henan speech, character for character: 畀 (give), 唔 (not), 冇 (have not), 侬 (you).
_SPOKEN = dict(zip("畀俾唔冇弗勿喺嘅哋咗侬恁俺佢", "给给不没不不在的们了你你我他", strict=True))
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD = str.maketrans(
    {
        **_WIDE,
        **_FORMAL,
        **_TRADITIONAL,
        **_SPOKEN,
        "\u3000": " ",
        "￥": "¥",
        "K": "k",
        "W": "w",
        "Ｋ": "k",
        "Ｗ": "w",
    }
)
_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_ATOM = re.compile(r"[0-9]+(?:\.[0-9]+)?|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Folded:
    """A line as the grammars see it. `origin[i]` is where character `i` stood in the original."""

    text: str
    origin: tuple[int, ...] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a non-empty folded one."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=4)  # both grammars fold the same line
def fold(text: str) -> Folded:
    """Fold a line. A blank survives, as one space, between pieces of Chinese of two or more characters."""
    plain = text.translate(_FOLD)
    gaps = list(_BLANKS.finditer(plain))
    if not gaps:
        return Folded(plain, range(len(plain)))
    kept: list[str] = []
    origin: list[int] = []
    done = 0
    for index, gap in enumerate(gaps):
        kept.append(plain[done : gap.start()])
        origin.extend(range(done, gap.start()))
        following = gaps[index + 1].start() if index + 1 < len(gaps) else len(plain)
        if _parts_clauses(plain, gap, gap.start() - done, following - gap.end()):
            kept.append(" ")
            origin.append(gap.start())
        done = gap.end()
    kept.append(plain[done:])
    origin.extend(range(done, len(plain)))
    return Folded("".join(kept), tuple(origin))


def _parts_clauses(plain: str, gap: re.Match[str], before: int, after: int) -> bool:
    if not set(gap.group()) - _ZERO_WIDTH:
        return False
    if "\n" in gap.group():
        return before > 0 and after > 0
    return before > 1 and after > 1 and ord(plain[gap.start() - 1]) > 0x7F and ord(plain[gap.end()]) > 0x7F


def number(words: str) -> Decimal | None:
    """The value of a folded numeral, or None where it is none (万一, 千百, 三四)."""
    atoms = _ATOM.findall(words.replace(",", ""))
    if not atoms:
        return None
    if len(atoms) > 1 and all(atom in DIGITS for atom in atoms):
        return _positional(words) if len(atoms) > 2 or "零" in words or "〇" in words else None
    return _Sum().read(atoms)


def whole(words: str) -> int | None:
    """The value of a numeral that has to be a whole number."""
    value = number(words)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _positional(words: str) -> Decimal:
    return Decimal("".join(str(DIGITS[char]) for char in words))


class _Sum:
    """Adds up a numeral, left to right: `total` over 万, `section` under it, `digit` yet without unit."""

    __slots__ = ("digit", "last_unit", "section", "total", "zero")

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.last_unit = 0
        self.zero = False

    def read(self, atoms: list[str]) -> Decimal | None:
        if not all(self._take(atom) for atom in atoms):
            return None
        return self._close(atoms[-1])

    def _take(self, atom: str) -> bool:
        if atom in UNITS:
            return self._unit(UNITS[atom])
        if atom in _COMPOUND:
            return self._compound(_COMPOUND[atom])
        if self.digit is not None and not self.digit.is_zero():
            return False
        if atom in DIGITS:
            self.zero = self.zero or DIGITS[atom] == 0
            self.digit = Decimal(DIGITS[atom])
        elif atom[0] in "0123456789":
            self.digit = Decimal(atom)
        else:
            return False
        return True

    def _compound(self, value: int) -> bool:
        if self.digit is not None:
            return False
        self.section += value
        self.last_unit = 10
        return True

    def _unit(self, unit: int) -> bool:
        if self.digit is None and self.section == 0 and (unit != 10 or self.total):
            return False
        if unit == self.last_unit:  # 三百五百 is two numbers
            return False
        if unit >= _MYRIAD:
            self.total = (
                (self.total + self.section + (self.digit or 0)) * unit
                if unit > _MYRIAD
                else (self.total + (self.section + (self.digit or 0)) * unit)
            )
            self.section = Decimal(0)
        else:
            self.section += (Decimal(1) if self.digit is None else self.digit) * unit
        self.digit = None
        self.last_unit = unit
        self.zero = False
        return True

    def _close(self, last: str) -> Decimal:
        rest = self.digit or Decimal(0)
        colloquial = self.last_unit > 10 and not self.zero and rest < 10 and rest == rest.to_integral_value()
        if colloquial and self.digit is not None and len(last) == 1:
            rest *= self.last_unit // 10
        return self.total + self.section + rest
