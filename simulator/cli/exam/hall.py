"""建一个考点：一个文件夹，里面有考点的钥匙、日志和每份考试记录。打印出第一位考官的口令，只有这一次。"""

from __future__ import annotations

import argparse

from simulator.cli.exam._room import hall_argument, hall_folder
from simulator.cli.report import DONE, show, tell

NAME = "hall"
HELP = "建一个考点"


def arguments(parser: argparse.ArgumentParser) -> None:
    hall_argument(parser)
    parser.add_argument("--title", required=True, metavar="名称", help="考点叫什么")
    parser.add_argument("--examiner", required=True, metavar="代号", help="第一位考官的代号，例如 zhao")
    parser.add_argument("--name", required=True, metavar="姓名", help="这位考官的姓名")


def run(options: argparse.Namespace) -> int:
    from simulator.store.hall import Hall

    hall, secret = Hall.create(hall_folder(options), options.title, options.examiner, options.name)
    with hall:
        tell(
            f"考点“{options.title}”建在 {hall.folder}，公钥是 {hall.folder / 'keys' / 'centre.pub'}，可以公开。"
            f"它的代号 {hall.state.key} 抄一份存到别处，以后查验要对。"
        )
        tell(f"{options.name}（{options.examiner}）的口令在下一行，只显示这一次：")
        show(secret)
    return DONE
