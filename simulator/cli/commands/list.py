"""有哪些情境、角色、规则、言语行为、评分表。"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simulator.cli.report import DONE, emit, show, table

if TYPE_CHECKING:
    from simulator.authoring.library import Library

NAME = "list"
HELP = "列出内容库里有什么"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=sorted(KINDS), help="要列什么")
    parser.add_argument("--json", action="store_true", help="每行一个 JSON 对象")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.library import Library, user_folder

    items = list(KINDS[options.kind](Library(user_folder())))
    if options.json:
        for item in items:
            emit(item)
    else:
        show(table([(item["id"], str(item["title"]), *map(str, list(item.values())[2:])) for item in items]))
    return DONE


def _scenarios(library: Library) -> Iterator[dict[str, Any]]:
    for name in library.scenario_ids():
        scenario = library.scenario(name)
        case = scenario.case
        yield {
            "id": name,
            "title": scenario.title,
            "persona": case.persona,
            "difficulty": case.difficulty,
            "channel": case.channel.value,
            "days_overdue": case.debt.days_overdue,
            "goal": case.goal,
        }


def _personas(library: Library) -> Iterator[dict[str, Any]]:
    for name in library.persona_ids():
        persona = library.persona(name)
        yield {"id": name, "title": persona.title, "kind": persona.kind.value, "states": len(persona.states)}


def _rules(library: Library) -> Iterator[dict[str, Any]]:
    for book in library.rulebook_ids():
        for rule in library.rulebook(book).rules:
            yield {"id": rule.id, "title": rule.title, "severity": rule.severity.value, "rulebook": book}


def _acts(library: Library) -> Iterator[dict[str, Any]]:
    for name, title in library.act_titles().items():
        yield {"id": name, "title": title}


def _rubrics(library: Library) -> Iterator[dict[str, Any]]:
    for name in library.rubric_ids():
        rubric = library.rubric(name)
        yield {"id": name, "title": rubric.title, "pass_mark": rubric.pass_mark}


KINDS = {"scenarios": _scenarios, "personas": _personas, "rules": _rules, "acts": _acts, "rubrics": _rubrics}
