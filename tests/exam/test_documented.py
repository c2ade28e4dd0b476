"""The commands of docs/exam.zh-CN.md run from the first to the last, and what they leave behind is what they say."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.authoring.blueprint_file import read_blueprint
from simulator.authoring.source import Source
from tests.exam.made import stage

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/exam.zh-CN.md"


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all commands of the page have run."""
    folder = tmp_path_factory.mktemp("documented")
    tool = folder / "bin/peilian"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m simulator.cli.main "$@"\n')
    tool.chmod(0o755)
    script = "set -euo pipefail\n" + "\n".join(blocks(PAGE, "sh"))
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{tool.parent}:{os.environ['PATH']}",
            "PEILIAN_HOME": str(folder / "home"),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    (folder / "out.txt").write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    return folder


@pytest.mark.skipif(os.name == "nt", reason="the page is written for a POSIX shell")
class TestThePage:
    def test_three_candidates_handed_in_and_every_record_holds(self, place: Path) -> None:
        out = (place / "out.txt").read_text(encoding="utf-8")
        assert out.count("交卷了。回执：") == 3
        assert out.count("✓ 成立") == 7
        assert out.count("✗ 不成立") == 1

    def test_the_killed_sitting_went_on_where_it_had_stopped(self, place: Path) -> None:
        record = place / "kaodian/attempts/rehearsal.han-mei.1.jsonl"
        entries = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
        kinds = [entry["kind"] for entry in entries]
        said = [
            entry["body"]["text"]
            for entry in entries
            if entry["kind"] == "turn" and entry["body"]["who"] == "collector"
        ]
        assert said == ["您好，请问是本人吗？", "我是客服小陈，您看今天方便吗？"]
        assert kinds.index("back") < kinds.index("submit")

    def test_the_disputed_one_was_marked_ruled_on_appealed_and_decided(self, place: Path) -> None:
        record = place / "kaodian/attempts/rehearsal.li-lei.1.jsonl"
        kinds = [json.loads(line)["kind"] for line in record.read_text(encoding="utf-8").splitlines()]
        assert kinds[-5:] == ["marks", "second", "adjudicate", "appeal", "decide"]
        tests = list((place / "tests/calls").glob("appeal-*.yaml"))
        assert len(tests) == 1
        assert "greeting: met" in tests[0].read_text(encoding="utf-8")

    def test_too_little_was_marked_twice_for_a_kappa(self, place: Path) -> None:
        assert "至少要 30 通" in (place / "out.txt").read_text(encoding="utf-8")


def test_the_blueprint_on_the_page_is_one() -> None:
    source = Source("weekly.yaml", blocks(PAGE, "yaml")[0])
    assert read_blueprint(source, stage().desk.library), source.problems


def test_the_english_page_gives_the_same_commands() -> None:
    assert blocks(ROOT / "docs/exam.md", "sh") == blocks(PAGE, "sh")
