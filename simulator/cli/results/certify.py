"""给通过的人发证书：网页或 PDF，加一枚签过名的 Open Badges 3.0 徽章。

再发一次，得到的是同一张。证书里写着情境、规则库等的版本和有效期。
"""

from __future__ import annotations

import argparse
from pathlib import Path

from simulator.cli.report import DONE, USAGE, emit, show, tell
from simulator.cli.results.common import add_db, now, opened

NAME = "certify"
HELP = "发证书和徽章"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("attempt", metavar="考试记录", help="成绩库里的考试记录，如 shanggang.li-lei.1")
    parser.add_argument(
        "--keys", type=Path, required=True, metavar="文件夹", help="装着考点钥匙（centre.key）的文件夹"
    )
    parser.add_argument(
        "--key", action="append", default=[], type=Path, metavar="公钥", help="记录是别的考点签的，给它的公钥"
    )
    parser.add_argument("--html", type=Path, metavar="文件", help="写成一页可以打印的网页")
    parser.add_argument("--pdf", type=Path, metavar="文件", help="写成 PDF")
    parser.add_argument("--badge", type=Path, metavar="文件", help="写徽章（.jwt）")
    parser.add_argument(
        "--no-names", action="store_true", help="证书上不写姓名，只写考号；徽章里是考号的哈希"
    )
    add_db(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.certificate import Printed, certificate_html, certificate_pdf
    from simulator.store.certificate import issue
    from simulator.store.keys import load_public, load_signer
    from simulator.store.results.importing import proof_with
    from simulator.store.whole import write_whole
    from simulator.training.exam.credential import CHINA

    if not (options.html or options.pdf or options.badge):
        tell("peilian：写到哪里？给 --html、--pdf、--badge 里的至少一个")
        return USAGE
    signer = load_signer(options.keys)
    with opened(options) as results:
        prove = proof_with(signer.public, *map(load_public, options.key))
        proof = prove(results.record(options.attempt).encode(), options.attempt)
        assert proof.attempt is not None
        award, kept = issue(results, proof.attempt, signer, now(), names=not options.no_names)
    printed = Printed(award, kept.brief, kept.key)
    if options.html:
        write_whole(options.html, certificate_html(printed))
    if options.pdf:
        write_whole(options.pdf, certificate_pdf(printed))
    if options.badge:
        write_whole(options.badge, kept.credential + "\n")
    if options.json:
        emit(
            {
                "event": "certificate",
                "code": kept.code,
                "attempt": kept.attempt,
                "expires": kept.expires.isoformat(),
            }
        )
    else:
        show(f"证书编号 {kept.code}，有效期至 {kept.expires.astimezone(CHINA):%Y-%m-%d}")
    return DONE
