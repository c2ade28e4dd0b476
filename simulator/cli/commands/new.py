"""写一个新的角色、情境或规则：问几个问题，写出一份带注释、能用的开头。已有的文件不会被盖掉。"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.cli.report import DONE, FOUND_WRONG, USAGE, render, show, tell

if TYPE_CHECKING:
    from simulator.authoring.interview import Question, Shelf
    from simulator.authoring.library import Library

NAME = "new"
HELP = "写一个新的角色、情境或规则"
KINDS = ("persona", "scenario", "rule")
NEXT = {
    "persona": "接着写一个用它的情境：peilian new scenario {id}-first",
    "scenario": "打一通试试：peilian train {path}",
    "rule": "看看写全了没有：peilian explain {id}",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help="persona 角色、scenario 情境、rule 规则")
    parser.add_argument("id", help="名字：小写英文、数字和连字符，例如 busy-cousin")
    parser.add_argument("--yes", action="store_true", help="不问，全用默认的回答")
    parser.add_argument(
        "--answers", type=Path, metavar="文件", help="回答写在 YAML 文件里，不再问；没写的用默认"
    )
    parser.add_argument(
        "--dir", type=Path, metavar="文件夹", help="写到这个文件夹；不写就写到自己的内容文件夹"
    )


def run(options: argparse.Namespace) -> int:
    from simulator.authoring.formatter import format_text
    from simulator.authoring.interview import PLACES, next_question, written, wrong_id
    from simulator.authoring.library import Library, user_folder
    from simulator.authoring.marked import Source
    from simulator.store.whole import write_whole

    folder: Path = options.dir or user_folder().joinpath(*PLACES[options.kind])
    path = folder / f"{options.id}.yaml"
    wrong = wrong_id(options.id) or (f"{path} 已经有了，不会盖掉它；换一个 id" if path.exists() else "")
    if wrong:
        tell(f"peilian：{wrong}")
        return USAGE
    library = Library(user_folder())
    shelf = _shelf(library, path)
    answers = _answers(options, lambda so_far: next_question(options.kind, so_far, shelf))
    if answers is None:
        return USAGE
    # beside the content, so that an editor finds it wherever the folder goes
    schema = (options.dir or user_folder()) / "schema" / f"{options.kind}.schema.json"
    write_whole(schema, _schema(library, options.kind))
    modeline = f"# yaml-language-server: $schema={os.path.relpath(schema, folder)}\n".replace(os.sep, "/")
    text = modeline + written(options.kind, options.id, answers, shelf)
    write_whole(path, format_text(Source(str(path), text)) or text)
    show(str(path))
    return _check(path, options)


def _shelf(library: Library, path: Path) -> Shelf:
    """What a new file at `path` may build on; the persona that was written last is likely meant."""
    from simulator.authoring.interview import Shelf
    from simulator.authoring.library import read_source
    from simulator.authoring.neighbours import scenario_texts

    personas = library.personas_near(path)
    folders = (path.parent, path.parent.parent / "personas")
    own = [
        file for folder in folders for file in folder.glob("*.yaml") if "\nstates:" in read_source(file).text
    ]
    latest = max(own, key=lambda file: file.stat().st_mtime, default=None)
    return Shelf(personas, latest.stem if latest else next(iter(personas), ""), scenario_texts(library))


def _schema(library: Library, kind: str) -> str:
    from simulator.authoring.build_schemas import schemas, written

    return written(schemas(library)[kind])


def _answers(
    options: argparse.Namespace, following: Callable[[dict[str, str]], Question | None]
) -> dict[str, str] | None:
    """The answers by the keys of their questions; None (and told) where they cannot be had."""
    given = _given(options.answers) if options.answers else {} if options.yes else None
    if given is None:
        tell("直接回车就用方括号里的；Ctrl+C 不写了。")
    answers: dict[str, str] = {}
    while (question := following(answers)) is not None:
        value = _ask(question) if given is None else _take(question, given)
        if value is None:
            return None
        answers[question.key] = value
    unused = sorted(given.keys() - answers.keys()) if given else []
    if unused:
        tell(f"peilian：没有问“{unused[0]}”；可以答的有：{'、'.join(answers)}")
        return None
    return answers


def _given(path: Path) -> dict[str, str]:
    """The answers of a file. Raises ContentError or StorageError."""
    from simulator.authoring.library import read_source
    from simulator.authoring.marked import parse
    from simulator.authoring.shapes import MapOf, Text
    from simulator.errors import ContentError

    source = read_source(path)
    root = parse(source)
    data = MapOf(Text()).read(root, source) if root is not None else {}
    if source.problems:
        raise ContentError(source.problems)
    return dict(data)


def _take(question: Question, given: dict[str, str]) -> str | None:
    try:
        return question.read(given.get(question.key, ""))
    except ValueError as error:
        tell(f"peilian：{question.key}（{question.ask}）：{error}")
        return None


def _ask(question: Question) -> str | None:
    """Asks until the answer will do; None where no more answers come."""
    choices = "".join(f"\n  {number} {word}" for number, word in enumerate(question.words or (), 1))
    while True:
        tell(f"{question.ask}{choices}\n  [{question.default}]")
        line = sys.stdin.readline()
        if not line:
            tell("peilian：问题还没答完；全用默认的，加 --yes")
            return None
        try:
            return question.read(line)
        except ValueError as error:
            tell(f"  {error}")


def _check(path: Path, options: argparse.Namespace) -> int:
    """Lints the new file, so that its author sees at once where the answers do not go together."""
    from simulator.authoring.diagnostics import in_language
    from simulator.authoring.library import Library, user_folder
    from simulator.authoring.lint import lint

    problems, _ = lint([path], Library(user_folder()))
    tell(*(render(in_language(problem, options.lang), options.lang) for problem in problems))
    if problems:
        return FOUND_WRONG
    tell(NEXT[options.kind].format(id=options.id, path=path))
    return DONE
