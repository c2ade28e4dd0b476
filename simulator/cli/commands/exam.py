"""考试：建考点、组卷、开考、评分、复核、申诉、查验。"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from types import ModuleType

NAME = "exam"
HELP = "考试：开考、应考、评分、复核、申诉、查验"


def arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="action", metavar="做什么", title="做什么", required=True)
    for module in _modules():
        command = below.add_parser(module.NAME, help=module.HELP, description=module.__doc__)
        module.arguments(command)
        command.set_defaults(act=module.run)


def run(options: argparse.Namespace) -> int:
    result: int = options.act(options)
    return result


def _modules() -> list[ModuleType]:
    """The sub-command that is named, or all where none is."""
    from simulator.cli import exam

    names = sorted(item.name for item in pkgutil.iter_modules(exam.__path__) if not item.name.startswith("_"))
    named = [name for name in names if name.replace("_", "-") in sys.argv]
    return [importlib.import_module(f"{exam.__name__}.{name}") for name in named or names]
