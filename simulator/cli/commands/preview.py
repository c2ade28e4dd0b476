"""边写边演：打开一个角色或情境文件，存盘就重读，说过的话接着算；右边看得见对方心里怎么想、为什么这样答。"""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "preview"
HELP = "边写边演一个角色或情境文件"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="角色或情境的 YAML 文件")
    parser.add_argument("--state", metavar="状态", help="从这个状态开始")
    parser.add_argument("--seed", type=int, default=1, help="种子：同样的种子和话，得到同样的答话")


def run(options: argparse.Namespace) -> int:
    from simulator.errors import StorageError
    from simulator.tui.rehearse import run_rehearsal

    if not options.file.is_file():
        raise StorageError(
            f"没有 {options.file} 这个文件；自带的角色在 personas/，自己写的先 peilian new persona"
        )
    return run_rehearsal(options.file, options.state, options.seed, options.lang)
