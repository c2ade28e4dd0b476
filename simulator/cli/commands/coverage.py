"""内容用到了多少：示范、粗心两通和给出的通话记录，走过哪些状态、转移、说法，做过哪些事，犯过哪些规矩。"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.report import DONE, emit, show, table, tell

if TYPE_CHECKING:
    from simulator.authoring.desk import Desk
    from simulator.authoring.proof.coverage import Coverage

NAME = "coverage"
NAMED = 12  # of what never came up, before the rest is only counted
HELP = "内容里哪些从来没有用到"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "record",
        nargs="*",
        type=Path,
        help="play --out 存下的记录，或放记录的文件夹；不给就只看内容自己的示范",
    )
    parser.add_argument("--json", action="store_true", help="每个角色一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.proof.lines import QuickDesk

    desk = QuickDesk()
    covered = _own(desk)
    left_out = _count_records(desk, covered, options.record)
    rows = [_row(desk, one) for _, one in sorted(covered.items())]
    if options.json:
        for row in rows:
            emit(row)
        for path, why in left_out:
            emit({"record": str(path), "replays": False, "why": why})
    else:
        show(_table(rows))
        for row in rows:
            show("\n".join(_missing(row)))
    for path, why in left_out:
        tell(f"{path} 没有算进去：{why}")
    return DONE


def _own(desk: Desk) -> dict[str, Coverage]:
    from simulator.authoring.proof.coverage import Coverage, own_calls, walk

    covered: dict[str, Coverage] = {}
    for name in desk.library.persona_ids():
        covered[name] = Coverage(desk.library.persona(name))
    for name in desk.library.scenario_ids():
        scenario = desk.library.scenario(name)
        for transcript in own_calls(desk, scenario):
            covered[scenario.case.persona].count(walk(desk, transcript))
    return covered


def _count_records(desk: Desk, covered: dict[str, Coverage], paths: list[Path]) -> list[tuple[Path, str]]:
    """Counts the records in; what could not be gone through again, and why."""
    from simulator.authoring.proof.coverage import record_at, records_in, walk
    from simulator.errors import RecordError, UnknownNameError

    left_out: list[tuple[Path, str]] = []
    for path in records_in(paths):
        try:
            gone = walk(desk, record_at(path).transcript)
            covered[gone.persona].count(gone)
        except (RecordError, UnknownNameError) as error:
            left_out.append((path, str(error)))
    return left_out


def _row(desk: Desk, one: Coverage) -> dict[str, Any]:
    from simulator.authoring.proof.coverage import transitions, wordings

    persona = one.persona
    rules = {rule.id for book in desk.library.rulebook_ids() for rule in desk.library.rulebook(book).rules}
    lines = {line.id: line.text for line in wordings(persona)}
    return {
        "persona": persona.id,
        "calls": one.calls,
        "states": _part(one.states, [state.id for state in persona.states]),
        "transitions": _part(one.transitions, [item.id for item in transitions(persona)]),
        "wordings": _part(one.worded, lines) | {"missing": [lines[id] for id in lines if not one.worded[id]]},
        "acts": _part(one.acts, sorted(one.listened_for(desk.library.act_titles()))),
        "rules": _part(one.rules, sorted(one.listened_for(rules))),
    }


def _part(counts: Any, names: Any) -> dict[str, Any]:
    missing = [name for name in names if not counts[name]]
    return {"covered": len(names) - len(missing), "of": len(names), "missing": missing}


PARTS = {"states": "状态", "transitions": "转移", "wordings": "说法", "acts": "听的事", "rules": "听的规矩"}


def _table(rows: list[dict[str, Any]]) -> str:
    def cell(part: dict[str, Any]) -> str:
        return f"{part['covered']}/{part['of']}"

    head = ("角色", "通话", *PARTS.values())
    return table(
        [head, *((row["persona"], str(row["calls"]), *(cell(row[key]) for key in PARTS)) for row in rows)]
    )


def _missing(row: dict[str, Any]) -> Iterator[str]:
    """What never came up, without the wordings: there are too many to read."""
    for key in ("states", "transitions", "acts", "rules"):
        missing = row[key]["missing"]
        if missing:
            more = f" 等 {len(missing)} 样（--json 里全有）" if len(missing) > NAMED else ""
            yield f"{row['persona']} 没用到的{PARTS[key]}：{'、'.join(missing[:NAMED])}{more}"
