"""查验考试记录：一个字节都没被改过、签名是考点的、没被截断，重新打分也是同样的成绩单。不用联网。

用公钥查一份记录：--key centre.pub 记录文件。用考点查：--hall 文件夹（不写记录就查全部和考点日志）。
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.exam._room import HALL
from simulator.cli.report import DONE, FOUND_WRONG, emit, show
from simulator.errors import ExamError, StorageError

if TYPE_CHECKING:
    from simulator.store.keys import PublicKey
    from simulator.training.exam.hall import HallState
    from simulator.training.exam.proof import Problem

NAME = "verify"
HELP = "查验考试记录"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", nargs="*", type=Path, metavar="记录文件")
    parser.add_argument("--key", type=Path, metavar="公钥", help="考点公开的 centre.pub")
    parser.add_argument(
        "--hall", type=Path, metavar="文件夹", help=f"连同考点日志一起查；没有 --key 时默认看 {HALL}"
    )
    parser.add_argument("--receipt", metavar="回执", help="考生手里的回执，和这份记录对一对")
    parser.add_argument("--no-grade", action="store_true", help="不重新打分")
    parser.add_argument("--json", action="store_true", help="每份记录一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.store.keys import load_public

    named = options.hall or (None if options.key else os.environ.get(HALL))
    folder = Path(named) if named else None
    if options.key is None and folder is None:
        raise ExamError("没有公钥就没法查：加 --key centre.pub，或 --hall 考点的文件夹")
    if options.receipt and len(options.record) != 1:
        raise ExamError("回执要和一份记录对：写上记录文件")
    key = load_public(options.key if options.key else Path(str(folder)) / "keys" / "centre.pub")
    state, wrong = _hall(folder, key) if folder else (None, [])
    if folder:
        _report(options, f"{folder} 考点日志", wrong, () if options.key else (_own_key(key),), {})
    records = options.record or (_all_of(folder, state) if folder and state else [])
    held = [_record(options, path, key, folder, state) for path in records]
    return DONE if all(held) and not wrong else FOUND_WRONG


def _own_key(key: PublicKey) -> str:
    return f"用的是考点文件夹里的公钥 {key.id}：和存在别处的对一对，才知道不是整个重做的"


def _hall(folder: Path, key: PublicKey) -> tuple[HallState | None, list[Problem]]:
    from simulator.training.exam.hall import read_hall
    from simulator.training.exam.proof import Problem, prove_hall

    entries, problems = prove_hall(_bytes(folder / "hall.jsonl"), _verifier(key))
    state = None if problems else read_hall(entries)
    if state and state.key != key.id:
        problems.append(Problem(1, "unknown-key", f"考点日志说钥匙是 {state.key}，手里的是 {key.id}"))
    return state, problems


def _all_of(folder: Path, state: HallState) -> list[Path]:
    """Every record that the log names, and those on disk that it does not."""
    from simulator.store.hall import attempt_file

    known = [attempt_file(folder, id) for id in state.attempts]
    there = sorted((folder / "attempts").glob("*.jsonl"))
    return [*known, *(path for path in there if path not in known)]


def _record(
    options: argparse.Namespace, path: Path, key: PublicKey, folder: Path | None, state: HallState | None
) -> bool:
    from simulator.training.exam.proof import Problem, against_hall, against_receipt, graded_again, prove

    if state and not path.exists():
        missing = Problem(0, "missing", "考点日志里有这份记录，文件却不见了")
        _report(options, str(path), [missing], (), {})
        return False
    proof = prove(_bytes(path), _verifier(key))
    problems, notes = list(proof.problems), list(proof.notes)
    if proof.attempt and options.receipt:
        problems += against_receipt(proof.attempt, options.receipt)
    if proof.attempt and state:
        problems += against_hall(proof.attempt, proof.entries, state)
        problems += _in_its_place(proof.attempt.id, path, folder)
    if proof.attempt and proof.holds and not options.no_grade:
        from simulator.authoring.stage import ExamStage

        again, not_again = graded_again(proof.attempt, ExamStage())
        problems, notes = [*problems, *again], [*notes, *not_again]
    if proof.attempt and proof.attempt.seal is None:
        problems.append(Problem(0, "not-sealed", "还没有交卷封存，不能作数"))
    facts = {} if proof.attempt is None else _facts(proof.attempt)
    _report(options, str(path), problems, notes, facts)
    return not problems


def _in_its_place(id: str, path: Path, folder: Path | None) -> list[Problem]:
    """A record of the hall that lies under the name of another stands for an attempt that is not there."""
    from simulator.store.hall import attempt_file
    from simulator.training.exam.proof import Problem

    inside = folder and path.resolve().parent == attempt_file(folder, id).resolve().parent
    if not inside or path.stem == id:
        return []
    return [Problem(0, "misplaced", f"这是 {id} 的记录，却放在 {path.name} 里：有人换过文件")]


def _facts(attempt: Any) -> dict[str, Any]:
    return {
        "attempt": attempt.id,
        "candidate": attempt.candidate.id,
        "entries": attempt.entries,
        "receipt": attempt.seal.code if attempt.seal else None,
        "passed": attempt.passed if attempt.result else None,
        "points": attempt.result.points if attempt.result else None,
    }


def _report(options: argparse.Namespace, name: str, problems: Any, notes: Any, facts: dict[str, Any]) -> None:
    if options.json:
        found = [{"n": item.n, "id": item.id, "text": item.text} for item in problems]
        emit({"file": name, "holds": not problems, **facts, "problems": found, "notes": list(notes)})
        return
    shown = f"　{facts['attempt']}，{facts['entries']} 条，回执 {facts['receipt']}" if facts else ""
    show(f"{'✗ 不成立' if problems else '✓ 成立'}　{name}{shown}")
    for problem in problems:
        show(f"    {problem.text} [{problem.id}]")
    for note in notes:
        show(f"    （{note}）")


def _verifier(key: PublicKey) -> Any:
    return lambda id, signature, words: key.verifies(signature, words) if id == key.id else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(f"读不了 {path}：{error.strerror}；看看路径对不对") from error
