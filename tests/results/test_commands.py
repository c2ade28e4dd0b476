"""The commands of the guide, in its order; and what people see when something is wrong."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from simulator.cli.main import main
from tests.results.hall import SIGNER, STRANGER, sat

GUIDE = (Path(__file__).parents[2] / "docs" / "results.zh-CN.md").read_text(encoding="utf-8")
KEY = ("--key", "hall/keys/centre.pub")


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hall's folder with its keys and three sealed attempts: one passed, one failed, one not submitted."""
    folder = tmp_path / "hall"
    (folder / "keys").mkdir(parents=True)
    (folder / "attempts").mkdir()
    for signer, name in ((SIGNER, "centre"), (STRANGER, "other")):
        (folder / "keys" / f"{name}.pub").write_text(signer.public.pem(), encoding="ascii")
    pem = SIGNER.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "keys" / "centre.key").write_bytes(pem)
    for pen in (
        sat("duty-officer.c-001.1", "c-001", "柳青"),
        sat("duty-officer.c-002.1", "c-002", "周舟\x1b[2J", ("careless", "careless")),
    ):
        (folder / "attempts" / f"{pen.id}.jsonl").write_text(pen.content, encoding="utf-8", newline="\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PEILIAN_RESULTS", raising=False)
    monkeypatch.setenv("PEILIAN_HOME", str(tmp_path / "home"))
    return folder


@pytest.fixture
def filled(hall: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["results", "import", "hall/attempts", *KEY]) == 0
    capsys.readouterr()
    return hall


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


def test_every_command_of_the_guide_runs(hall: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the xlsx extra is not installed")
    (yaml,) = blocks("yaml")
    Path("panel.yaml").write_text(yaml, encoding="utf-8")
    commands = [line for block in blocks("bash") for line in block.splitlines()]
    assert len(commands) >= 9
    for command in commands:
        program, *arguments = shlex.split(command)
        assert program == "peilian"
        assert main(arguments) == 0, command
    for made in ("class.xlsx", "class.csv", "class.html", "cert.html", "cert.jwt", "panel.csv"):
        assert Path(made).stat().st_size


class TestImport:
    def test_one_bad_record_does_not_keep_the_others_out(
        self, hall: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = hall / "attempts" / "duty-officer.c-002.1.jsonl"
        path.write_bytes(
            path.read_bytes().replace("柳".encode(), "李".encode()).replace(b'"total":0', b'"total":9')
        )
        assert main(["results", "import", "hall/attempts", *KEY]) == 1
        said = capsys.readouterr()
        assert "duty-officer.c-001.1：收进来了" in said.out
        assert "c-002.1.jsonl 验不过" in said.err
        assert main(["results", "list", "--json"]) == 0
        assert [json.loads(line)["candidate"] for line in capsys.readouterr().out.splitlines()] == [
            "hall-1/c-001"
        ]

    def test_another_centres_key_opens_nothing(self, hall: Path) -> None:
        assert main(["results", "import", "hall/attempts", "--key", "hall/keys/other.pub"]) == 1

    def test_a_record_that_is_not_there_is_said_so(self, hall: Path) -> None:
        assert main(["results", "import", "none.jsonl", *KEY]) == 3


class TestShow:
    def test_a_name_cannot_command_the_terminal(
        self, filled: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["results", "list"]) == 0
        out = capsys.readouterr().out
        assert "周舟[2J" in out
        assert "\x1b" not in out

    def test_without_names_there_are_none(self, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
        for extra in ((), ("--json",)):
            assert main(["results", "list", "--no-names", *extra]) == 0
            assert "柳青" not in capsys.readouterr().out

    def test_what_is_not_there_is_said_so_and_not_written(
        self, filled: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["results", "report", "x.html", "--group", "没有这个班"]) == 1
        assert "没有这样的成绩" in capsys.readouterr().err
        assert not Path("x.html").exists()

    def test_a_sheet_of_a_kind_that_is_not_known_is_a_usage_error(self, filled: Path) -> None:
        assert main(["results", "sheet", "class.ods"]) == 2

    def test_items_as_json_refuse_in_numbers(self, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["results", "items", "--json"]) == 0
        first, *rest = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert first["alpha"] == {"value": None, "n": 2, "least": 30, "why": "人太少，信度不可靠"}
        assert {event["event"] for event in rest} == {"scenario", "criterion", "rule"}


class TestCertify:
    def certify(self, *more: str, attempt: str = "duty-officer.c-001.1") -> int:
        return main(["results", "certify", attempt, "--keys", "hall/keys", *more])

    def test_it_wants_to_know_where_to(self, filled: Path) -> None:
        assert self.certify() == 2

    def test_who_failed_gets_none(self, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.certify("--html", "c.html", attempt="duty-officer.c-002.1") == 1
        assert "没有通过" in capsys.readouterr().err
        assert not Path("c.html").exists()

    def test_the_paper_is_the_same_the_second_time(self, filled: Path) -> None:
        assert self.certify("--html", "a.html", "--badge", "a.jwt") == 0
        assert self.certify("--html", "b.html", "--badge", "b.jwt") == 0
        assert Path("a.html").read_bytes() == Path("b.html").read_bytes()
        assert Path("a.jwt").read_bytes() == Path("b.jwt").read_bytes()

    def test_a_withdrawn_certificate_is_genuine_offline_and_refused_by_the_centre(
        self, filled: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.certify("--badge", "a.jwt", "--json") == 0
        code = json.loads(capsys.readouterr().out)["code"]
        assert main(["results", "withdraw", code, "--because", "发现替考"]) == 0
        assert main(["results", "verify", "a.jwt", *KEY]) == 0
        capsys.readouterr()
        assert main(["results", "verify", "a.jwt", *KEY, "--db", "home/results.db"]) == 1
        assert "已收回：发现替考" in capsys.readouterr().out

    def test_a_broken_badge_is_no_certificate(self, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.certify("--badge", "a.jwt") == 0
        text = Path("a.jwt").read_text(encoding="ascii")
        Path("a.jwt").write_text(text[:-9] + "AAAA" + text[-5:], encoding="ascii")
        assert main(["results", "verify", "a.jwt", *KEY]) == 1
        assert "签名对不上" in capsys.readouterr().err

    def test_there_is_no_withdrawing_what_was_never_issued(self, filled: Path) -> None:
        assert main(["results", "withdraw", "AAAA-AAAA-AAAA-AAAA", "--because", "x"]) == 2


class TestWithoutTheExtra:
    """A machine that has only the program itself."""

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        code = (
            "import sys; sys.modules['sqlalchemy'] = sys.modules['segno'] = None;"
            "from simulator.cli.main import main; sys.exit(main(sys.argv[1:]))"
        )
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)

    def test_a_certificate_can_still_be_checked(self, filled: Path) -> None:
        assert (
            main(["results", "certify", "duty-officer.c-001.1", "--keys", "hall/keys", "--badge", "a.jwt"])
            == 0
        )
        done = self.run("results", "verify", "a.jwt", *KEY)
        assert done.returncode == 0, done.stderr
        assert "真，有效" in done.stdout

    def test_the_store_says_what_to_install(self, hall: Path) -> None:
        done = self.run("results", "list")
        assert done.returncode == 3
        assert "peilian[results]" in done.stderr
        assert "Traceback" not in done.stderr


class TestXapi:
    def test_every_line_is_a_statement(self, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["results", "xapi", "--centre", "https://exam.example.cn/"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) > 40
        assert all({"id", "actor", "verb", "object"} <= json.loads(line).keys() for line in lines)

    def test_an_address_that_is_none_is_a_usage_error(self, filled: Path) -> None:
        assert main(["results", "xapi", "--centre", "exam"]) == 2


def test_the_libraries_for_results_are_loaded_by_results_alone() -> None:
    code = (
        "import sys; from simulator.cli.main import main; main(['list', 'rubrics']);"
        "print(sorted({'sqlalchemy', 'cryptography', 'segno', 'typst', 'xlsxwriter'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
