"""The command line: finds the commands, parses, runs one, turns errors into messages and exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import NoReturn

from simulator.cli import commands
from simulator.cli.chinese import speak_chinese
from simulator.cli.report import DONE, INTERRUPTED, USAGE, complain, show, tell
from simulator.errors import PeilianError

PROGRAM = "peilian"


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one message on stderr and leaves with the usage code."""

    def error(self, message: str) -> NoReturn:
        tell(f"{PROGRAM}：{message}", f"用法见 {self.prog} --help")
        raise SystemExit(USAGE)


def build_parser(modules: Sequence[ModuleType]) -> Parser:
    speak_chinese()
    parser = Parser(prog=PROGRAM, description="陪练：和会还价、会生气、会哭的对方练一通合规的催收电话。")
    parser.add_argument("--version", action=_Version, nargs=0, help="显示版本")
    parser.add_argument(
        "--lang", choices=("zh", "en"), default=os.environ.get("PEILIAN_LANG", "zh"), help="界面语言"
    )
    below = parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=Parser)
    for module in modules:
        command = below.add_parser(module.NAME, help=module.HELP, description=module.__doc__)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return parser


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: finding it costs as much as the rest of the start."""

    def __call__(self, *_: object, **__: object) -> None:
        from simulator.authoring.desk import program_version

        show(f"{PROGRAM} {program_version()}")
        raise SystemExit(DONE)


def load_commands(arguments: Sequence[str]) -> list[ModuleType]:
    """The command that is named, or all of them where none is: reading them all would slow every start."""
    names = sorted(item.name for item in pkgutil.iter_modules(commands.__path__))
    named = [name for name in names if name in arguments]
    wanted = named or (names if arguments else [])
    return [importlib.import_module(f"{commands.__name__}.{name}") for name in wanted]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the return value is the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    arguments = sys.argv[1:] if arguments is None else arguments
    options = build_parser(load_commands(arguments)).parse_args(arguments)
    try:
        if options.command is None:
            from simulator.cli.commands.train import open_screen

            return open_screen(None, None, options.lang)
        result: int = options.run(options)
        sys.stdout.flush()
        return result
    except PeilianError as error:
        return complain(error)
    except KeyboardInterrupt:
        tell("", f"{PROGRAM}：已中断，说过的都存着。")
        return INTERRUPTED
    except BrokenPipeError:
        # the reader has gone: leave quietly, and keep the interpreter from complaining while it shuts stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


if __name__ == "__main__":
    sys.exit(main())
