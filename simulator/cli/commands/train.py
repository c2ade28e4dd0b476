"""打开练习屏，直接进一通电话。"""

from __future__ import annotations

import argparse

NAME = "train"
HELP = "打开练习屏，直接进一通电话"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("scenario", nargs="?", help="情境的 id；不写就从最容易的开始")
    parser.add_argument("--seed", type=int, default=None, help="种子；不写就随机取一个并显示出来")


def run(options: argparse.Namespace) -> int:
    """Raises UnknownNameError before any screen is opened."""
    if options.scenario:
        from simulator.authoring.library import Library, user_folder

        Library(user_folder()).scenario_path(options.scenario)
    return open_screen(options.scenario or "", options.seed, options.lang)


def open_screen(scenario: str | None, seed: int | None, language: str) -> int:
    """The screen: None opens the menu, an empty name the easiest scenario. Returns the exit code."""
    from simulator.tui.app import run_app

    return run_app(scenario, seed, language)
