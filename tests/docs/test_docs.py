"""Every command and every file in the authors' pages works as it stands there."""

import argparse
import contextlib
import io
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.cli import commands
from simulator.cli.main import build_parser, load_commands, main

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"(?:<!--\s*(?P<note>[^>]*?)\s*-->\n)?```(?P<tag>\w+)\n(?P<body>.*?)^```$", re.M | re.S)
SAVE = re.compile(r"(?:存为|save as) (\S+)")
INTO = re.compile(r"(?:加到 (\S+) 的这一行后面：|into (\S+) after: )(.*)")
SCREENS = ("preview", "train")  # only parsed here; the screens have tests of their own
SHELL = re.compile(r"[|<>&;$`]")
PAGES = ("authors", "formats", "commands")


@dataclass(frozen=True)
class Block:
    note: str
    tag: str
    body: str
    line: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(found["note"] or "", found["tag"], found["body"], text.count("\n", 0, found.start("tag")) + 1)
        for found in FENCE.finditer(text)
    ]


@dataclass
class Reader:
    """Somebody who does what a page says, in an empty folder."""

    folder: Path
    output: str = ""

    def follow(self, page: Path) -> None:
        for block in blocks(page):
            where = f"{page.name}:{block.line}"
            if saved := SAVE.match(block.note):
                self.save(saved[1], block.body)
            elif into := INTO.match(block.note):
                self.insert(into[1] or into[2], into[3], block.body, where)
            elif block.tag == "sh":
                self.run(block.body, where)
            elif block.tag == "text":
                for line in block.body.splitlines():
                    assert line in self.output, (where, line, self.output)

    def save(self, name: str, body: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    def insert(self, name: str, after: str, body: str, where: str) -> None:
        """Puts `body` after the line that reads `after` (or after such lines one below the other, set off by ·)."""
        path = self.folder / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        wanted = [part.strip() for part in after.split("·")]
        bare = [line.strip() for line in lines]
        place = 0
        while wanted:
            assert wanted[0] in bare[place:], (where, wanted[0])
            place = bare.index(wanted.pop(0), place) + 1
        path.write_text("".join([*lines[:place], body, *lines[place:]]), encoding="utf-8")

    def run(self, commands: str, where: str) -> None:
        """A plain line of ours runs here, which spares a start of the program; all else in a shell."""
        self.output = ""
        for line in commands.splitlines():
            ours = line.startswith("peilian ") and not SHELL.search(line)
            code, output = self.here(shlex.split(line)[1:]) if ours else self.in_shell(line)
            self.output += output
            assert code == 0, (where, line, output)

    def here(self, arguments: list[str]) -> tuple[int, str]:
        if arguments[0] in SCREENS:
            build_parser(load_commands(arguments)).parse_args(arguments)
            return 0, ""
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.chdir(self.folder):
            code = main(arguments)
        out.flush()
        return code, out.buffer.getvalue().decode("utf-8")

    def in_shell(self, line: str) -> tuple[int, str]:
        done = subprocess.run(
            ["bash", "-e", "-c", line],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    @property
    def environment(self) -> dict[str, str]:
        tools = self.folder.parent / "tools"
        if not tools.exists():
            tools.mkdir()
            write_tool(tools / "peilian", f'#!/bin/sh\nexec {sys.executable} -m simulator.cli.main "$@"\n')
            plugin = "-m pytest -p simulator.authoring.pytest_plugin"
            write_tool(tools / "pytest", f'#!/bin/sh\nexec {sys.executable} {plugin} "$@"\n')
        return {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }


def write_tool(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    (tmp_path / "folder").mkdir()
    monkeypatch.setenv("PEILIAN_HOME", str(tmp_path / "home"))
    return Reader(tmp_path / "folder")


@pytest.mark.skipif(shutil.which("bash") is None, reason="the pages' commands are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_followed_word_for_word(page: str, reader: Reader) -> None:
    reader.follow(ROOT / "docs" / f"{page}.zh-CN.md")


def bare(body: str) -> list[str]:
    """The lines without their remarks, which are in the page's own language."""
    lines = (re.sub(r"(^|\s+)#.*|^about:.*|\|\| echo .*", "", line).rstrip() for line in body.splitlines())
    return [line for line in lines if line]


@pytest.mark.parametrize("page", PAGES)
def test_the_english_page_gives_the_same_commands_and_files(page: str) -> None:
    chinese, english = (
        {
            tag: [line for block in blocks(path) if block.tag == tag for line in bare(block.body)]
            for tag in ("sh", "yaml")
        }
        for path in (ROOT / "docs" / f"{page}.zh-CN.md", ROOT / "docs" / f"{page}.md")
    )
    for tag in ("sh", "yaml"):
        assert [line for line in english[tag] if line not in chinese[tag]] == []
        assert english[tag]


@pytest.mark.parametrize("page", ["commands.zh-CN.md", "commands.md"])
def test_every_command_has_its_section(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    names = [module.NAME for module in load_commands([])] or [
        item.name for item in pkgutil.iter_modules(commands.__path__)
    ]
    assert [name for name in names if f"\n## {name}\n" not in text] == []


def leaves(parser: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every sub-command below, by what is typed after the command, with the options of its own."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for action in below:
        for name, child in action.choices.items():
            yield from leaves(child, f"{path} {name}".strip())
    if not below:
        options = {option for action in parser._actions for option in action.option_strings}
        yield path, {option for option in options if option.startswith("--")} - {"--help", "--json"}


@pytest.fixture(scope="module")
def every_leaf() -> dict[str, list[tuple[str, set[str]]]]:
    modules = load_commands([name.name for name in pkgutil.iter_modules(commands.__path__)])
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for path, options in leaves(build_parser(modules)):
        command, _, rest = path.partition(" ")
        found.setdefault(command, []).append((rest, options))
    return found


@pytest.mark.parametrize("page", ["commands.zh-CN.md", "commands.md"])
def test_every_option_there_is_and_no_other_is_on_the_page(
    page: str, every_leaf: dict[str, list[tuple[str, set[str]]]]
) -> None:
    sections = dict(
        part.split("\n", 1) for part in (ROOT / "docs" / page).read_text(encoding="utf-8").split("\n## ")[1:]
    )
    for command, known in every_leaf.items():
        section = sections[command]
        named = set(re.findall(r"--[a-z][a-z-]+", FENCE.sub("", section))) - {"--json"}
        assert named - set().union(*(options for _, options in known)) == set(), command
        for path, options in known:
            told = row_of(section, path) if path else section
            assert options - set(re.findall(r"--[a-z][a-z-]+", told)) == set(), (command, path)


def row_of(section: str, path: str) -> str:
    """What is said of a sub-command: its row of a table, and what is said of all before the first table."""
    rows = [line for line in section.splitlines() if re.match(rf"\| `{path}[ `]", line)]
    assert len(rows) == 1, (path, rows)
    return section.partition("\n| ")[0] + rows[0]


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = []
    for page in sorted((ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []
