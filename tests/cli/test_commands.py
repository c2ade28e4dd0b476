"""The commands as a user runs them: stdout is data, stderr is one clear message, the exit code says which."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES = "您好，请问是本人吗？\n\n我是客服小陈。\n"


def peilian(*arguments: str, stdin: str = "", home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PEILIAN_HOME": str(home or ROOT / "no-such-home"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "simulator.cli.main", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )


@pytest.fixture(scope="module")
def scenario() -> str:
    listed = peilian("list", "scenarios", "--json")
    return str(json.loads(listed.stdout.splitlines()[0])["id"])


class TestPlay:
    def test_every_event_is_one_json_object_in_the_order_of_the_call(self, scenario: str) -> None:
        done = peilian("play", scenario, "--json", stdin=LINES)
        events = [json.loads(line) for line in done.stdout.splitlines()]
        assert done.returncode == 0
        assert events[0]["event"] == "call"
        assert [event["event"] for event in events][-2:] == ["end", "scorecard"]
        assert [event["n"] for event in events if event["event"] == "turn"] == list(
            range(1, len([event for event in events if event["event"] == "turn"]) + 1)
        )

    def test_grade_gives_the_scorecard_again_byte_for_byte(self, scenario: str, tmp_path: Path) -> None:
        record = tmp_path / "call.jsonl"
        played = peilian("play", scenario, "--json", "--out", str(record), stdin=LINES)
        graded = peilian("grade", str(record), "--json")
        assert graded.stdout.splitlines()[0] == played.stdout.splitlines()[-1]

    def test_what_was_shown_is_what_was_kept(self, scenario: str, tmp_path: Path) -> None:
        record = tmp_path / "call.jsonl"
        played = peilian("play", scenario, "--json", "--out", str(record), stdin=LINES)
        assert record.read_text(encoding="utf-8") == played.stdout

    def test_a_torn_last_line_is_left_out(self, scenario: str, tmp_path: Path) -> None:
        record = tmp_path / "call.jsonl"
        peilian("play", scenario, "--json", "--out", str(record), stdin=LINES)
        whole = record.read_bytes()
        record.write_bytes(whole[: whole.rindex(b'{"event":"scorecard"') + 30])
        assert peilian("grade", str(record)).returncode == 0

    @pytest.mark.parametrize(
        "words",
        [
            "今天天气不错",
            "你是不是机器人",
            "asdf;;;",
            "How are you?",
            "你大爷的",
            "字" * 3000,
            "[/bold]",
            "😀",
            "",
            "\x1b[31m\x07",
        ],
    )
    def test_words_nobody_foresaw_are_answered(self, scenario: str, words: str) -> None:
        done = peilian("play", scenario, "--json", stdin=words + "\n")
        turns = [json.loads(line) for line in done.stdout.splitlines() if '"event":"turn"' in line]
        assert done.returncode == 0
        assert turns[-1]["who"] == "persona"
        assert turns[-1]["text"]


class TestMistakes:
    def test_an_unknown_scenario_is_named_with_its_nearest(self, scenario: str) -> None:
        done = peilian("play", scenario[:-1])
        assert done.returncode == 2
        assert scenario in done.stderr
        assert done.stderr.count("\n") == 1

    def test_a_broken_file_says_where(self, tmp_path: Path) -> None:
        broken = tmp_path / "broken.yaml"
        broken.write_text("id: broken\ntitle：少了半角冒号\npersona: x\n", encoding="utf-8")
        done = peilian("play", str(broken))
        assert done.returncode == 1
        assert "broken.yaml:2:" in done.stderr
        assert "Traceback" not in done.stderr

    def test_an_existing_record_is_never_overwritten(self, scenario: str, tmp_path: Path) -> None:
        record = tmp_path / "call.jsonl"
        record.write_text("precious", encoding="utf-8")
        done = peilian("play", scenario, "--out", str(record), stdin=LINES)
        assert done.returncode == 3
        assert record.read_text(encoding="utf-8") == "precious"

    def test_a_place_that_cannot_be_written_is_one_message(self, scenario: str, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        done = peilian("play", scenario, "--out", str(tmp_path / "file" / "call.jsonl"), stdin=LINES)
        assert done.returncode == 3
        assert done.stderr.count("\n") == 1

    @pytest.mark.parametrize("content", ["", "no json\n", '{"event":"turn"}\n{"event":"end"}\n', "[1,2]\n"])
    def test_a_record_that_is_none_is_one_message(self, tmp_path: Path, content: str) -> None:
        record = tmp_path / "x.jsonl"
        record.write_text(content, encoding="utf-8")
        done = peilian("grade", str(record))
        assert done.returncode == 1
        assert "Traceback" not in done.stderr

    def test_a_wrong_option_is_the_usage_code(self) -> None:
        assert peilian("play").returncode == 2
        assert peilian("no-such-command").returncode == 2

    def test_a_closed_pipe_ends_quietly(self, scenario: str) -> None:
        code = (
            f"{sys.executable} -m simulator.cli.main play {scenario} --json | head -n 1 >/dev/null; "
            "echo ${PIPESTATUS[0]}"
        )
        done = subprocess.run(
            ["bash", "-c", code], input=LINES * 50, capture_output=True, text=True, cwd=ROOT, check=False
        )
        assert done.stdout.strip() == "0"
        assert done.stderr == ""


class TestRead:
    def test_lines_and_json_lines_give_the_documented_form(self) -> None:
        given = '您好\n{"id":"x","text":"今天下午三点前先还两千行吗","hearer":"debtor","channel":"phone","now":"2026-03-11T10:30"}\n'
        done = peilian("read", "--json", stdin=given)
        first, second = (json.loads(line) for line in done.stdout.splitlines())
        assert set(first) == {"id", "text", "acts", "breaches", "times", "amounts", "unsure"}
        assert second["id"] == "x"
        assert second["times"][0]["end"] == "2026-03-11T15:00"
        assert second["amounts"] == [{"text": "两千", "value": 2000, "kind": "exact"}]

    def test_a_headless_command_never_loads_the_screen(self) -> None:
        code = (
            "import sys; from simulator.cli.main import main; main(['read', '--json']); "
            "sys.exit('textual' in sys.modules)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            input="您好\n",
            text=True,
            capture_output=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0


def test_the_readme_names_the_command_that_the_checks_run() -> None:
    command = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
    for name in ("README.md", "README.zh-CN.md", ".ci/run"):
        assert command in (ROOT / name).read_text(encoding="utf-8").splitlines()


def test_a_practice_of_an_unknown_scenario_opens_no_screen() -> None:
    done = peilian("train", "no-such-scenario")
    assert done.returncode == 2
    assert "no-such-scenario" in done.stderr
