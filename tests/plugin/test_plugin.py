"""Call tests as an author runs them: plain pytest, in a folder of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SILENCE = """\
about: 一声不吭，对方挂断
scenario: owner-receivables
turns:
  - say: ""   # 头一回
    expect: {{state: {state}, signals: [silence]}}
  - say: ""
end:
  verdict: {verdict}   # 没有承诺
  breaches: []
  findings:
    # 一项一项
    greeting: {greeting}
"""
RIGHT = {"state": "answering", "verdict": "fail", "greeting": "missed"}


def run_pytest(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "simulator.authoring.pytest_plugin",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        ".",
        "-q",
    ]
    return subprocess.run(
        [*command, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONIOENCODING": "utf-8",
        },
        check=False,
    )


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    """A training centre's own folder."""
    (tmp_path / "tests" / "calls").mkdir(parents=True)
    return tmp_path


def write(centre: Path, text: str, name: str = "silence") -> Path:
    path = centre / "tests" / "calls" / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_call_that_goes_as_its_file_claims_passes(centre: Path) -> None:
    write(centre, SILENCE.format(**RIGHT))
    done = run_pytest(centre, "tests")
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_a_failure_names_the_line_what_was_expected_and_what_happened(centre: Path) -> None:
    write(centre, SILENCE.format(**{**RIGHT, "state": "hung-up", "greeting": "met"}))
    done = run_pytest(centre, "tests")
    assert done.returncode == 1
    assert (
        "tests/calls/silence.yaml:5: 第 1 轮“（不作声）”：说完以后的状态应当是“hung-up”，实际是“answering”"
        in done.stdout
    )
    assert "tests/calls/silence.yaml:12: 评分项 greeting（先问好）应当是 met，实际是 missed" in done.stdout
    assert "Traceback" not in done.stdout


def test_a_misspelt_name_is_told_with_the_nearest_one(centre: Path) -> None:
    write(centre, SILENCE.format(**{**RIGHT, "state": "answring"}).replace("silence]", "silense]"))
    done = run_pytest(centre, "tests")
    assert "silence.yaml:5" in done.stdout
    assert "silense" in done.stdout
    assert "是不是“silence”" in done.stdout


def test_accepting_changes_the_values_alone_and_shows_the_difference(centre: Path) -> None:
    path = write(centre, SILENCE.format(**{**RIGHT, "verdict": "pass", "greeting": "half"}))
    done = run_pytest(centre, "tests", "--accept")
    assert done.returncode == 0, done.stdout
    assert path.read_text(encoding="utf-8") == SILENCE.format(**RIGHT)
    assert "-  verdict: pass   # 没有承诺" in done.stdout
    assert "+  verdict: fail   # 没有承诺" in done.stdout


def test_what_no_value_would_mend_is_not_accepted(centre: Path) -> None:
    text = SILENCE.format(**{**RIGHT, "state": "no-such-state"})
    path = write(centre, text)
    assert run_pytest(centre, "tests", "--accept").returncode == 1
    assert path.read_text(encoding="utf-8") == text


def test_a_scenario_of_ones_own_stands_beside_the_tests(centre: Path) -> None:
    (centre / "scenarios").mkdir()
    shipped = (ROOT / "scenarios" / "owner-receivables.yaml").read_text(encoding="utf-8")
    mine = shipped.replace("id: owner-receivables", "id: my-owner")
    (centre / "scenarios" / "my-owner.yaml").write_text(mine, encoding="utf-8")
    write(centre, SILENCE.format(**RIGHT).replace("owner-receivables", "my-owner"))
    done = run_pytest(centre, "tests")
    assert done.returncode == 0, done.stdout


def test_nothing_of_the_program_is_imported_where_there_is_no_call_test(centre: Path) -> None:
    (centre / "tests" / "test_other.py").write_text(
        "import sys\n\n"
        "def test_light():\n"
        "    ours = {name for name in sys.modules if name.startswith(('simulator.', 'scoring'))}\n"
        "    assert ours <= {'simulator.authoring', 'simulator.authoring.pytest_plugin'}\n",
        encoding="utf-8",
    )
    done = run_pytest(centre, "tests")
    assert done.returncode == 0, done.stdout


def test_yaml_files_elsewhere_are_left_alone(centre: Path) -> None:
    (centre / "tests" / "notes.yaml").write_text("a: b\n", encoding="utf-8")
    assert "no tests ran" in run_pytest(centre, "tests").stdout
