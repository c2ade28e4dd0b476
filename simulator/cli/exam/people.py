"""考点里的人：考生、阅卷人、考官、出题人。加人、改人、让人离开、成批加。"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.exam._room import by_argument, open_hall, signed_in
from simulator.cli.report import DONE, emit, show, table, tell
from simulator.errors import ExamError

if TYPE_CHECKING:
    from simulator.store.hall import Hall

NAME = "people"
HELP = "加考生、阅卷人、考官、出题人"
ROLES = ("candidate", "marker", "examiner", "author")
COLUMNS = ("id", "name", "role", "group")


def arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="what", metavar="做什么", required=True)
    add = below.add_parser("add", help="加一个人，或改姓名、身份、班；不是考生的，打印出新口令")
    add.add_argument("id", metavar="代号")
    add.add_argument("--name", required=True, metavar="姓名")
    add.add_argument("--role", choices=ROLES, default="candidate", help="身份；不写就是考生")
    add.add_argument("--group", default="", metavar="班")
    load = below.add_parser("load", help="从 CSV 成批加：列名 id,name,role,group")
    load.add_argument("file", type=Path, metavar="文件")
    leave = below.add_parser("leave", help="这个人以后什么都不能做")
    leave.add_argument("id", metavar="代号")
    listed = below.add_parser("list", help="有哪些人")
    listed.add_argument("--json", action="store_true", help="每行一个 JSON 对象")
    for command, act in ((add, _add), (load, _load), (leave, _leave), (listed, _list)):
        by_argument(command)
        command.set_defaults(people=act)


def run(options: argparse.Namespace) -> int:
    from simulator.training.exam.hall import Role

    with open_hall(options) as hall:
        signed_in(hall, options, Role.EXAMINER)
        options.people(hall, options)
    return DONE


def _add(hall: Hall, options: argparse.Namespace) -> None:
    from simulator.training.exam.hall import Role

    secret = hall.put_person(options.by, options.id, options.name, Role(options.role), options.group)
    tell(f"{options.name}（{options.id}）在册了。")
    if secret:
        tell("口令在下一行，只显示这一次：")
        show(secret)


def _load(hall: Hall, options: argparse.Namespace) -> None:
    """Everybody or nobody: the file is read through before anybody is added."""
    from simulator.training.exam.hall import Role

    for row in _rows(options.file):
        secret = hall.put_person(options.by, row["id"], row["name"], Role(row["role"]), row["group"])
        show(f"{row['id']} {secret}" if secret else row["id"])


def _rows(path: Path) -> list[dict[str, str]]:
    from simulator.cli.inputs import lines_of
    from simulator.store.hall import checked_id

    with lines_of(str(path)) as lines:
        rows = [
            {key: (row.get(key) or "").strip() for key in COLUMNS}
            for row in csv.DictReader(line for line in lines if line.strip())
        ]
    for number, row in enumerate(rows, 2):
        row["role"] = row["role"] or "candidate"
        if not row["name"] or row["role"] not in ROLES:
            raise ExamError(
                f"{path} 第 {number} 行要有姓名（name），身份（role）是 {'、'.join(ROLES)} 之一或不写"
            )
        checked_id(row["id"])
    return rows


def _leave(hall: Hall, options: argparse.Namespace) -> None:
    hall.dismiss(options.by, options.id)
    tell(f"{options.id} 以后不能再进这个考点；做过的都还在。")


def _list(hall: Hall, options: argparse.Namespace) -> None:
    people = [person for person in hall.state.people.values() if person.here]
    rows = [{"id": one.id, "name": one.name, "role": one.role.value, "group": one.group} for one in people]
    if options.json:
        for row in rows:
            emit(row)
    else:
        show(table([tuple(row.values()) for row in rows]))
