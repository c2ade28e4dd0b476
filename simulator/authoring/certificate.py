"""The certificate on paper: one HTML page that loads nothing and runs nothing, or the same as a PDF.

The QR code holds a signed text: whoever has the centre's public key can check the paper without a network.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from simulator.dialogue.safe import safe
from simulator.errors import StorageError
from simulator.training.exam.blueprint import shown_points
from simulator.training.exam.credential import CHINA, Award, evidence_of
from simulator.training.exam.ledger import short_id

TEMPLATES = Path(__file__).parent / "templates"
SHORT = 16  # characters of a hash that are printed; the credential has all of them
HASH = re.compile("[0-9a-f]{40,}")
QR_MARGIN = 2
SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC")
SANS = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "SimSun")
UNKNOWN_FONT = "unknown font family: "


@dataclass(frozen=True, slots=True)
class Printed:
    """A certificate to print: the award, the signed text of its QR code, the id of the key that signed it."""

    award: Award
    brief: str
    key: str


def certificate_html(printed: Printed) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    return environment.get_template("certificate.html").render(
        **_fields(printed), qr=Markup(_qr(printed.brief))
    )


def certificate_pdf(printed: Printed) -> bytes:
    """The PDF; the same certificate gives the same bytes wherever the same fonts are installed. Raises StorageError."""
    try:
        import typst
    except ModuleNotFoundError as error:
        raise StorageError("PDF 要用 typst：pip install 'peilian[pdf]'；也可以写成网页再打印") from error
    fields = {name: _shown(value) for name, value in _fields(printed).items() if name != "evidence"}
    evidence = [[_shown(name), _shown(text)] for name, text in _fields(printed)["evidence"]]
    fonts = {"serif": SERIF, "sans": SANS}
    data = json.dumps({**fields, **fonts, "evidence": evidence, "qr": _qr(printed.brief)}, ensure_ascii=False)
    content, warnings = typst.compile_with_warnings(
        str(TEMPLATES / "certificate.typ"), format="pdf", timestamp=0, sys_inputs={"data": data}
    )
    _check(warning.message for warning in warnings)
    assert isinstance(content, bytes)
    return content


def _check(warnings: Iterable[str]) -> None:
    """A family that is missing is only warned of; where all of them are, Chinese would come out as empty boxes."""
    messages = set(warnings)
    missing = {message.removeprefix(UNKNOWN_FONT) for message in messages if message.startswith(UNKNOWN_FONT)}
    for families in (SERIF, SANS):
        if missing.issuperset(name.lower() for name in families):
            raise StorageError(f"PDF 排不出来：这台机器没有中文字体；装上 {families[0]}，或写成网页再打印")
    others = [message for message in messages if not message.startswith(UNKNOWN_FONT)]
    if others:
        raise StorageError(f"PDF 排不出来：{others[0]}")


def _fields(printed: Printed) -> dict[str, Any]:
    award = printed.award
    return {
        "title": award.title,
        "name": award.name or f"考生 {short_id(award.candidate)}",
        "centre": award.centre,
        "points": shown_points(award.points),
        "cut": shown_points(award.cut),
        "sat": _day(award.sat),
        "issued": _day(award.issued),
        "expires": _day(award.expires),
        "code": award.code,
        "key": printed.key,
        "supervised": award.supervised,
        "evidence": [(name, _shortened(text)) for name, text in evidence_of(award)],
    }


def _day(moment: datetime) -> str:
    day = moment.astimezone(CHINA)
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def _shortened(text: str) -> str:
    """Long hashes cut short: they are there to be compared, not to be typed."""
    return HASH.sub(lambda found: found.group()[:SHORT], text)


def _shown(value: Any) -> Any:
    return safe(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _qr(text: str) -> str:
    """An SVG drawing; every module one unit wide."""
    try:
        import segno
    except ModuleNotFoundError as error:
        raise StorageError("二维码要用 segno：pip install 'peilian[results]'") from error
    code = segno.make(text, error="m", micro=False, boost_error=False)
    out = io.BytesIO()
    code.save(out, kind="svg", border=QR_MARGIN, xmldecl=False, svgns=True, omitsize=True, nl=False)
    title = quoteattr("验证用的二维码")
    return out.getvalue().decode().replace("<svg ", f'<svg role="img" aria-label={title} ', 1)
