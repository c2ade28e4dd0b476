"""核对证书：徽章文件，或二维码里的那段文字。不用联网，只要颁证中心的公钥。

给了成绩库，还会看证书有没有被收回。
"""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, FOUND_WRONG, emit, show, table
from simulator.cli.results.common import add_db, add_keys, now, opened, public_keys

if TYPE_CHECKING:
    from simulator.store.badge import Checked

NAME = "verify"
HELP = "核对证书或徽章（不用联网）"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="徽章（.jwt），或存着二维码文字的文件；- 是标准输入")
    add_keys(parser)
    add_db(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace) -> int:
    from simulator.cli.inputs import lines_of
    from simulator.store.badge import check

    with lines_of(options.file) as lines:
        token = "".join(line.strip() for line in lines)
    checked = check(token, public_keys(options), now())
    withdrawn = _withdrawn(options, checked.code)
    expired = checked.is_expired(now())
    if options.json:
        emit(
            {
                "event": "certificate",
                "valid": not (expired or withdrawn),
                "expired": expired,
                "withdrawn": withdrawn,
                **_fields(checked),
            }
        )
    else:
        show(_text(checked, expired, withdrawn))
    return FOUND_WRONG if expired or withdrawn else DONE


def _withdrawn(options: argparse.Namespace, code: str) -> str | None:
    """Why it was withdrawn; None where it was not, or no store was given to ask."""
    if not options.db:
        return None
    with opened(options) as results:
        found = [kept for kept in results.certificates.find(code=code) if kept.withdrawn]
    return found[0].because if found else None


def _fields(checked: Checked) -> dict[str, str]:
    return {
        "code": checked.code,
        "title": checked.title,
        "name": checked.name,
        "points": checked.points,
        "centre": checked.centre,
        "expires": checked.expires.isoformat(),
        "key": checked.key,
    }


def _text(checked: Checked, expired: bool, withdrawn: str | None) -> str:
    from simulator.training.exam.credential import CHINA

    verdict = f"已收回：{withdrawn}" if withdrawn else "签名真，但已过期" if expired else "真，有效"
    until: datetime = checked.expires.astimezone(CHINA)
    return table(
        [
            ("结论", verdict),
            ("编号", checked.code),
            ("姓名", checked.name),
            ("考试", checked.title),
            ("总分", checked.points),
            ("颁证", checked.centre),
            ("有效期至", f"{until:%Y-%m-%d}"),
            ("公钥指纹", checked.key),
        ]
    )
