"""Times of payment read right, beside jionlp where it is installed (`pip install jionlp`): counts on the
tables that teach it and on those that nobody read.

A line counts as right when the ends of all its times of payment are exactly those of the table, refused, past and
uncertain times left out. jionlp knows nothing of payment: its figure is also given for the lines that name some time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.authoring.time_training import read_table, read_tables
from simulator.reading.normalise import fold
from simulator.reading.times import find_times

ROOT = Path(__file__).parent.parent
SEALED = ("times_other_hand.jsonl", "times_sealed.jsonl", "times_sealed_2.jsonl")
Reader = Callable[[str, datetime], list[str]]


def ours(text: str, now: datetime) -> list[str]:
    return [time.due.isoformat(timespec="minutes") for time in find_times(fold(text).text, now)]


def jionlp_reader() -> Reader | None:
    try:
        import jionlp
    except ImportError:
        return None

    def read(text: str, now: datetime) -> list[str]:
        try:
            found = jionlp.ner.extract_time(text, time_base=now.timestamp(), with_parsing=True)
        except Exception:  # it raises errors of many kinds on ordinary lines: such a line is not read
            return ["error"]
        ends = [item["detail"]["time"][1] for item in found if item["type"] in ("time_point", "time_span")]
        return [str(end)[:16].replace(" ", "T") for end in ends]

    return read


def main() -> None:
    readers: dict[str, Reader] = {"peilian": ours}
    if other := jionlp_reader():
        readers["jionlp"] = other
    tables = {name: read_table(ROOT / "tests" / "reading" / name) for name in SEALED}
    for table, cases in {"corpus/times": read_tables(ROOT), **tables}.items():
        timed = [case for case in cases if wanted(case)]
        for name, read in readers.items():
            right = [_is_right(case, read) for case in cases]
            with_times = sum(_is_right(case, read) for case in timed)
            print(
                f"{table:24s} {name:8s} {sum(right)}/{len(cases)}, lines with a time {with_times}/{len(timed)}"
            )


def wanted(case: dict[str, Any]) -> list[str]:
    """The ends of a table's line; the tables name them differently."""
    return case["due"] if "due" in case else [time["end"] for time in case["times"]]


def _is_right(case: dict[str, Any], read: Reader) -> bool:
    return read(case["text"], datetime.fromisoformat(case["now"])) == wanted(case)


if __name__ == "__main__":
    main()
