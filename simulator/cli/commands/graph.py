"""把一个角色画成图：状态、转移、各要听到什么；可以按通话记录着色。"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, show, tell

if TYPE_CHECKING:
    from simulator.authoring.desk import Desk
    from simulator.engine.persona import Persona

NAME = "graph"
HELP = "把角色画成图（Mermaid、DOT、SVG、文字）"
FORMATS = ("text", "mermaid", "dot", "svg")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="情境或角色的 id，或它们的文件")
    parser.add_argument("--format", choices=FORMATS, default="text", help="默认 text，直接看")
    colour = parser.add_mutually_exclusive_group()
    colour.add_argument("--coverage", nargs="+", type=Path, metavar="记录", help="按这些通话走到过几回着色")
    colour.add_argument("--failures", nargs="+", type=Path, metavar="记录", help="按没通过的通话断在哪里着色")


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.desk import Desk
    from simulator.authoring.proof.diagram import diagram, dot, mermaid, text
    from simulator.authoring.proof.shades import note_of, shades
    from simulator.authoring.proof.svg import svg

    desk = Desk()
    persona = _persona(desk, options.name)
    rules = {id: f"违规：{title}" for id, title in desk.library.rule_titles().items()}
    picture = diagram(persona, {**rules, **desk.library.act_titles()})
    failures = options.failures is not None
    paths = options.failures if failures else options.coverage
    counts = _counts(desk, persona, paths, failures) if paths else {}
    colours = shades(counts, [state.id for state in persona.states], failures) if paths else {}
    if options.format == "text":
        show(text(picture, counts))
    elif options.format == "svg":
        show(svg(picture, colours, counts, note_of(failures) if paths else ""))
    else:
        show((mermaid if options.format == "mermaid" else dot)(picture, colours))
    return DONE


def _persona(desk: Desk, name: str) -> Persona:
    """The persona of that id or file, or the one of that scenario."""
    library = desk.library
    if name.endswith((".yaml", ".yml")):
        near = Path(name).resolve().parent.name
        if near == "personas":
            return library.read_persona(Path(name))
        return library.persona(library.scenario(name).case.persona)
    if name in library.persona_ids():
        return library.persona(name)
    return library.persona(library.scenario(name).case.persona)


def _counts(desk: Desk, persona: Persona, paths: list[Path], failures: bool) -> dict[str, int]:
    """How many calls came to each state, or failed in it. Records of other personas are passed over."""
    from simulator.authoring.proof.coverage import record_at, records_in, walk
    from simulator.errors import RecordError

    counts: Counter[str] = Counter()
    for path in records_in(paths):
        try:
            record = record_at(path)
            if record.transcript.case.persona != persona.id:
                continue
            gone = walk(desk, record.transcript)
        except RecordError as error:
            tell(f"{path} 没有算进去：{error}")
            continue
        if not failures:
            counts.update(set(gone.states))
        elif not desk.grade(record.transcript, record.versions, advice=False).passed:
            counts[gone.died] += 1
    return dict(counts)
