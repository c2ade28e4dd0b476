"""证明一个情境：不违规能不能赢，耍花招能不能赢，有没有死胡同，合格线够不够得着。"""

from __future__ import annotations

import argparse

from simulator.cli.report import DONE, FOUND_WRONG, emit, show, tell
from simulator.errors import UnknownNameError

NAME = "prove"
HELP = "证明情境能干净地赢、不能靠花招赢"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="*", help="情境的 id，或情境文件的路径")
    parser.add_argument("--all", action="store_true", help="内容库里所有的情境")
    parser.add_argument("--calls", action="store_true", help="把每个结论所依据的通话都写出来")
    parser.add_argument("--json", action="store_true", help="每个情境一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.library import Library, user_folder
    from simulator.authoring.proof.whole import never_anywhere, prove_all
    from simulator.cli.proof_text import proof_text, unused_text
    from simulator.dialogue.plain import to_plain

    home = user_folder()
    names = Library(home).scenario_ids() if options.all else options.scenario
    if not names:
        raise UnknownNameError("情境", "", ["peilian prove 情境", "peilian prove --all"])
    proofs = []
    for proof in prove_all(names, home):
        proofs.append(proof)
        if options.json:
            emit({"scenario": proof.scenario, "sound": not proof.faults, **to_plain(proof)})
        else:
            show(proof_text(proof, options.calls))
    if not options.json and options.all:
        show(unused_text(never_anywhere(proofs)))
    faults = sum(len(proof.faults) for proof in proofs)
    tell(f"证了 {len(proofs)} 个情境，{f'{faults} 处毛病' if faults else '没有发现毛病'}。")
    return FOUND_WRONG if faults else DONE
