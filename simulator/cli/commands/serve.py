"""在这台机器上开考场或练习室，大家用浏览器进来。题目、钥匙和记录都留在这台机器上。"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, show, tell
from simulator.errors import ExamError, StorageError

if TYPE_CHECKING:
    from aiohttp import web

NAME = "serve"
HELP = "开考场或练习室，用浏览器进"
HALL = "PEILIAN_HALL"


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--hall", type=Path, metavar="文件夹", help="开这个考点的考场；默认看 PEILIAN_HALL")
    what.add_argument("--practice", action="store_true", help="开练习室，不考试")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="地址",
        help="在哪个地址上等；考场里用本机的网址，0.0.0.0 是所有网卡",
    )
    parser.add_argument("--port", type=int, default=8080, metavar="端口", help="端口；0 是随便一个空着的")
    parser.add_argument("--tls-cert", type=Path, metavar="文件", help="TLS 证书（PEM）；和 --tls-key 一起用")
    parser.add_argument("--tls-key", type=Path, metavar="文件", help="证书的钥匙（PEM）")


def run(options: argparse.Namespace) -> int:
    import asyncio

    if (options.tls_cert is None) != (options.tls_key is None):
        raise ExamError("--tls-cert 和 --tls-key 要一起给")
    if not 0 <= options.port < 65536:
        raise ExamError("--port 要在 0 到 65535 之间")
    try:
        from simulator.web.server import serve, tls_context
    except ModuleNotFoundError as error:
        raise StorageError(f"开考场还缺 {error.name}：用 pip install 'peilian[hall]' 装上") from error
    context = tls_context(options.tls_cert, options.tls_key) if options.tls_cert else None
    app = _app(options, secure=context is not None)
    asyncio.run(serve(app, options.host, options.port, context, lambda url: _ready(url, options)))
    return DONE


def _app(options: argparse.Namespace, *, secure: bool) -> web.Application:
    if options.practice:
        from simulator.web.practice_routes import practice_app

        return practice_app(options.lang, secure=secure)
    from simulator.web.server import hall_app

    folder = options.hall or os.environ.get(HALL)
    if not folder:
        raise ExamError(f"没说开什么：加 --hall 考点文件夹（或设好 {HALL}），或用 --practice 开练习室")
    tell("正在打开题库……")
    return hall_app(Path(folder), options.lang, secure=secure)


def _ready(url: str, options: argparse.Namespace) -> None:
    show(url)
    if options.practice:
        tell("练习室开了，把上面的网址发给大家。Ctrl+C 关。")
    else:
        tell(f"考场开了：考生进上面的网址，考官进 {url}desk。Ctrl+C 关；关了再开，接着考。")
    if url.startswith("http://") and options.host not in ("127.0.0.1", "localhost", "::1"):
        tell("没有加密：同一个网里的人能看到别人打的字。要加密，用 --tls-cert 和 --tls-key。")
