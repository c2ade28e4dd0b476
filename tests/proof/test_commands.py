"""The four commands as their users run them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import peilian
from tests.proof.home import PLANTED, sound_home, spoilt_home

LINES = "您好，请问他在吗？\n打扰您了。\n再见。\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return sound_home(tmp_path / "home")


def test_a_sound_scenario_is_proved_with_exit_code_0(home: Path) -> None:
    done = peilian("prove", "left-phone", "--json", home=home)
    proof = json.loads(done.stdout)
    assert done.returncode == 0
    assert proof["sound"]
    assert {answer["id"] for answer in proof["answers"]} >= {"winnable", "silence", "fishing", "pass-mark"}


def test_a_planted_fault_gives_exit_code_1_and_the_call_that_shows_it(tmp_path: Path) -> None:
    case = next(case for case in PLANTED if case["found"] == "silence")
    done = peilian("prove", "wet-month", home=spoilt_home(tmp_path, case))
    assert done.returncode == 1
    assert "✗ 一声不吭" in done.stdout
    assert "（没有说话）" in done.stdout


def test_prove_without_a_scenario_says_how_to_name_one() -> None:
    done = peilian("prove")
    assert done.returncode == 2
    assert "--all" in done.stderr


@pytest.mark.parametrize(
    ("form", "begins"), [("text", "替人接"), ("mermaid", "stateDiagram"), ("dot", "digraph"), ("svg", "<svg")]
)
def test_a_graph_comes_in_every_form(home: Path, form: str, begins: str) -> None:
    done = peilian("graph", "left-phone", "--format", form, home=home)
    assert done.returncode == 0
    assert done.stdout.startswith(begins)


def test_records_are_counted_and_one_that_no_longer_replays_is_said_so(home: Path, tmp_path: Path) -> None:
    records = tmp_path / "records"
    records.mkdir()
    peilian("play", "left-phone", "--out", str(records / "call.jsonl"), stdin=LINES, home=home)
    text = (records / "call.jsonl").read_text(encoding="utf-8")
    answer = next(json.loads(line)["text"] for line in text.splitlines() if '"n":3' in line)
    (records / "other.jsonl").write_text(text.replace(answer, "这不是他会说的话。"), encoding="utf-8")
    done = peilian("coverage", str(records), "--json", home=home)
    row = next(json.loads(line) for line in done.stdout.splitlines() if '"next-door"' in line)
    assert done.returncode == 0
    assert row["calls"] == 3  # the model, the careless one, the record
    assert "other.jsonl 没有算进去" in done.stderr
    assert '"replays":false' in done.stdout
    drawn = peilian("graph", "next-door", "--coverage", str(records), home=home)
    assert "asked　1 次" in drawn.stdout


def test_simulate_ends_with_the_difficulty(home: Path) -> None:
    done = peilian("simulate", "left-phone", "--runs", "2", "--json", home=home)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [row["runs"] for row in rows[:-1]] == [2] * 7
    assert rows[-1]["scenario"] == "left-phone"
    assert "每秒" in done.stderr


def test_an_unknown_skill_is_named_with_the_nearest() -> None:
    done = peilian("simulate", "relative-mother-first-call", "--skill", "noviec")
    assert done.returncode == 2
    assert "novice" in done.stderr
