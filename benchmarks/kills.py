"""Kills sittings at random moments and counts what was lost: `python benchmarks/kills.py [--kills 500] [--seed 1]`.

A child sits an exam with the shipped content and reports every turn that was acknowledged to it. The parent kills it
with signal 9 after a random moment, sometimes leaves a torn line behind, sometimes lets the disk be full after a random
number of bytes, and starts the next child on the same record. At the end every acknowledged turn must stand in its
record, once, in order and with the same answer, and every sealed record must prove.

The children are forked, so that a kill costs milliseconds. Needs a POSIX system. Prints one JSON line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from simulator.authoring.stage import ExamStage, form_for
from simulator.dialogue import Turn
from simulator.errors import StorageError
from simulator.store.hall import Hall
from simulator.training.exam.attempt import read_attempt
from simulator.training.exam.blueprint import Blueprint, Part, Wanted
from simulator.training.exam.hall import OpenExam, Role
from simulator.training.exam.proof import against_hall, prove
from simulator.training.exam.sitting import Sitting

SCENARIOS = ("owner-receivables", "unemployed-first", "relative-mother-first-call", "spouse-cosigned")
LONGEST_LIFE = 0.6  # seconds until the kill
TURNS = 12
WAYS = ("kill", "kill", "kill", "torn", "full")


@dataclass
class Count:
    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    attempts: int = 0
    refuted: list[str] = field(default_factory=list)
    recovered: int = 0


def blueprint() -> Blueprint:
    part = Part("all", "全部", len(SCENARIOS), 100, 0, Wanted(scenarios=frozenset(SCENARIOS)))
    return Blueprint(
        id="kills",
        title="杀不死的考试",
        about="",
        practice=False,
        supervised=False,
        shows="nothing",
        minutes=600,
        grace=0,
        attempts=10**6,
        wait_days=0,
        parts=(part,),
        cut=0,
        most_failed=9,
        review_days=1,
        valid_months=1,
        tolerance_points=10**5,
        tolerance_difficulty=10**5,
        windows=(),
        standard=None,
        digest="0" * 64,
    )


def sit(
    folder: Path, exam: OpenExam, stage: ExamStage, attempt: str | None, report: int, full: int | None
) -> None:
    """The child: sits until it is killed, writing every acknowledgement to the pipe."""

    def tell(*words: object) -> None:
        os.write(report, (json.dumps(words, ensure_ascii=False) + "\n").encode())

    with Hall(folder) as hall:
        if attempt is None:
            person = hall.state.person("li-lei")
            form = form_for(stage, exam, person.id, hall.next_number(exam, person))
            record = hall.begin(exam, person, "A1", form, supervised=False)
        else:
            record = hall.open_record(attempt)
        if full is not None:  # the kernel takes a part of a write and refuses the rest, as a full disk does
            resource.setrlimit(
                resource.RLIMIT_FSIZE, (record.path.stat().st_size + full, resource.RLIM_INFINITY)
            )
        tell("attempt", record.id)
        sitting = Sitting(record, stage, hall.now)
        if attempt is not None:
            sitting.come_back(record.torn)
        while sitting.look().phase != "over":
            call = sitting.look().call.n
            for said in _next(sitting):
                tell("turn", record.id, call, said.n, said.text)
        tell("sealed", record.id)


def _next(sitting: Sitting) -> list[Turn]:
    """What the candidate does next, and the turns that were acknowledged by it."""
    look = sitting.look()
    if look.phase == "ready":
        return list(sitting.begin())
    if look.phase == "done":
        sitting.submit()
    elif len(look.call.turns) >= 2 * TURNS:
        sitting.hang_up()
        sitting.note(f"第 {look.call.n} 通打完了")
    else:
        answer = sitting.say(f"您好，这是第{len(look.call.turns)}句，您看今天能先还多少？")
        return [said for said in (answer.said, answer.reply) if said]
    return []


def one(
    folder: Path, exam: OpenExam, stage: ExamStage, attempt: str | None, way: str, chance: random.Random
) -> list[list[object]]:
    """Runs one child and ends it; what it had been told."""
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        code = 0
        try:
            sit(folder, exam, stage, attempt, mouth, chance.randrange(6000) if way == "full" else None)
        except StorageError as error:
            if way != "full":
                sys.stderr.write(f"{error}\n")
            code = 3
        except BaseException:
            traceback.print_exc()
            code = 1
        finally:
            os._exit(code)
    os.close(mouth)
    heard = b""
    until = time.monotonic() + chance.random() * LONGEST_LIFE
    while (left := until - time.monotonic()) > 0:
        if select.select([ear], [], [], left)[0]:
            piece = os.read(ear, 65536)
            if not piece:
                break
            heard += piece
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(ear, 65536):
        heard += piece
    os.close(ear)
    return [json.loads(line) for line in heard.decode().splitlines()]


def run(kills: int, seed: int, folder: Path) -> Count:
    chance, count, stage = random.Random(seed), Count(), ExamStage()
    hall, _ = Hall.create(folder, "考点", "zhao", "赵考官")
    with hall:
        hall.put_person("zhao", "li-lei", "李雷", Role.CANDIDATE, "")
        exam = hall.open_exam(
            "zhao", blueprint(), "kills", stage.contents(SCENARIOS), stage.drawable(blueprint())
        )
    for name in SCENARIOS:
        stage.desk.player(stage.desk.library.scenario(name))
    told: list[list[object]] = []
    open_one: str | None = None
    for _ in range(kills):
        way = chance.choice(WAYS)
        heard = one(folder, exam, stage, open_one, way, chance)
        count.kills[way] += 1
        told += heard
        with Hall(folder) as hall:
            known = list(hall.state.attempts)
        open_one = known[-1] if known else None
        if open_one and any(item[0] == "sealed" and item[1] == open_one for item in heard):
            open_one = None
        elif open_one and way == "torn":
            _tear(folder / "attempts" / f"{open_one}.jsonl", chance)
    _check(folder, told, count)
    return count


def _tear(path: Path, chance: random.Random) -> None:
    """What a power cut leaves of a line that was being written."""
    last = path.read_bytes().splitlines(keepends=True)[-1]
    with open(path, "ab") as file:
        file.write(last[: chance.randrange(1, len(last))])


def _check(folder: Path, told: list[list[object]], count: Count) -> None:
    with Hall(folder) as hall:
        key = hall.signer.public
        count.attempts = len(hall.state.attempts)
        found: dict[tuple[object, ...], str] = {}
        for id in hall.state.attempts:
            with hall.open_record(id) as record:
                count.recovered += bool(record.torn)
                attempt = read_attempt(record.entries)
            for call in attempt.calls:
                for turn in call.turns:
                    found[id, call.n, turn.n] = turn.text
            proof = prove(
                record.path.read_bytes(),
                lambda id, sig, words: key.verifies(sig, words) if id == key.id else None,
            )
            wrong = [*proof.problems, *against_hall(attempt, proof.entries, hall.state)]
            count.refuted += [f"{id}: {problem.text}" for problem in wrong]
        sealed = {id: known.hash for id, known in hall.state.attempts.items() if known.kind == "submit"}
    for kind, id, *rest in told:
        if kind == "turn":
            count.acknowledged += 1
            if found.get((id, *rest[:2])) != rest[2]:
                count.lost.append(f"{id} {rest}")
        elif kind == "sealed" and id not in sealed:
            count.lost.append(f"{id} seal")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        count = run(options.kills, options.seed, Path(folder) / "hall")
    print(
        json.dumps(
            {
                "kills": dict(count.kills),
                "acknowledged_turns": count.acknowledged,
                "lost": count.lost,
                "attempts": count.attempts,
                "refuted": count.refuted,
                "seconds": round(time.monotonic() - started),
            },
            ensure_ascii=False,
        )
    )
    return bool(count.lost or count.refuted)


if __name__ == "__main__":
    sys.exit(main())
