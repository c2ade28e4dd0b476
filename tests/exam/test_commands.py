"""What the exam commands say when they are used wrongly: one message, the right exit code, nothing changed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.authoring.stage import form_for
from simulator.cli.exam import appeal
from simulator.cli.main import main
from simulator.store.hall import Hall, wall_clock
from simulator.training.exam.hall import Role
from simulator.training.exam.keeping import New
from simulator.training.exam.marking import machine_marks
from simulator.training.exam.sitting import Sitting
from tests.exam.made import Clock, begun, hall_in, stage

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("PEILIAN_HALL", str(tmp_path / "hall"))
    monkeypatch.setenv("PEILIAN_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PEILIAN_SECRET", raising=False)

    def run(*arguments: str, secret: str = "") -> tuple[int, str]:
        if secret:
            monkeypatch.setenv("PEILIAN_SECRET", secret)
        try:
            code = main(["exam", *arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        return code, capsys.readouterr().err

    return run


@pytest.fixture
def hall(tmp_path: Path) -> str:
    """The secret of the examiner of a hall with one attempt."""
    hall, exam = hall_in(tmp_path / "hall", wall_clock)
    with hall:
        begun(hall, exam).close()
        secret = hall.put_person("zhao", "zhao", "赵考官", Role.EXAMINER, "")
        assert secret
        return secret


def test_without_a_hall_it_says_how_to_make_one(run: Run) -> None:
    code, said = run("status", "--by", "zhao", secret="x")
    assert code == 3
    assert "exam hall" in said


def test_a_wrong_secret_is_refused_and_written_down(run: Run, hall: str, tmp_path: Path) -> None:
    code, said = run("status", "--by", "zhao", secret="AAAA-AAAA-AAAA-AAAA")
    assert (code, "口令不对" in said) == (1, True)
    with Hall(tmp_path / "hall") as again:
        assert again.log[-1].kind == "refuse"


def test_an_unknown_exam_is_the_usage_code(run: Run, hall: str) -> None:
    assert run("status", "no-such", "--by", "zhao", secret=hall)[0] == 2


def test_an_unknown_record_is_one_message(run: Run, hall: str) -> None:
    code, said = run("show", "little.nobody.1", "--by", "zhao", secret=hall)
    assert (code, "Traceback" in said) == (3, False)
    assert run("show", "../../etc/passwd", "--by", "zhao", secret=hall)[0] == 1


def test_what_was_not_handed_in_is_not_proved(run: Run, hall: str, tmp_path: Path) -> None:
    record = tmp_path / "hall/attempts/little.li-lei.1.jsonl"
    key = tmp_path / "hall/keys/centre.pub"
    assert run("verify", str(record), "--key", str(key))[0] == 1


def test_a_key_that_is_none_is_one_message(run: Run, hall: str, tmp_path: Path) -> None:
    junk = tmp_path / "junk.pub"
    junk.write_text("x")
    record = tmp_path / "hall/attempts/little.li-lei.1.jsonl"
    code, said = run("verify", str(record), "--key", str(junk))
    assert (code, "不是一把公钥" in said) == (1, True)


def test_an_examiner_collects_with_a_reason_only(run: Run, hall: str) -> None:
    code, said = run("submit", "little.li-lei.1", "--by", "zhao", secret=hall)
    assert (code, "--why" in said) == (1, True)


def test_an_exam_for_the_hall_is_not_sat_at_home(run: Run, tmp_path: Path) -> None:
    made, _ = hall_in(tmp_path / "hall", wall_clock, supervised=True)
    made.close()
    code, said = run("sit", "little", "--as", "li-lei", "--code", "AAAA-AAAA")
    assert (code, "peilian serve" in said) == (1, True)


def test_a_class_is_added_whole_or_not_at_all(run: Run, hall: str, tmp_path: Path) -> None:
    sheet = tmp_path / "class.csv"
    sheet.write_text("id,name\nhan-mei,韩梅\n不行,林涛\n", encoding="utf-8")
    assert run("people", "load", str(sheet), "--by", "zhao", secret=hall)[0] == 1
    with Hall(tmp_path / "hall") as again:
        assert "han-mei" not in again.state.people


def test_a_pause_from_another_window_holds(run: Run, hall: str, tmp_path: Path) -> None:
    assert run("pause", "little.li-lei.1", "--why", "火警", "--by", "zhao", secret=hall)[0] == 0
    code, said = run("pause", "little.li-lei.1", "--why", "火警", "--by", "zhao", secret=hall)
    assert (code, "已经暂停" in said) == (1, True)
    assert run("go-on", "little.li-lei.1", "--by", "zhao", secret=hall)[0] == 0


def test_an_attempt_of_the_hall_is_not_gone_on_with_at_home(run: Run, tmp_path: Path) -> None:
    made, exam = hall_in(tmp_path / "hall", wall_clock, supervised=True)
    with made:
        person = made.state.person("li-lei")
        form = form_for(stage(), exam, person.id, 1)
        made.begin(exam, person, "A1", form, supervised=True).close()
        code = made.issue_code("zhao", "li-lei", "")
    answer, said = run("resume", "little.li-lei.1", "--code", code)
    assert (answer, "peilian serve" in said) == (1, True)


def test_an_appeal_that_is_finished_too_late_is_not_taken(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(wall_clock() - timedelta(days=7, minutes=-1))
    made, exam = hall_in(tmp_path / "hall", clock)
    with made:
        with begun(made, exam) as record:
            sitting = Sitting(record, stage(), clock)
            sitting.submit()
            record.add(New("marks", machine_marks(sitting.attempt, stage()), signed=True))
        code = made.issue_code("zhao", "li-lei", "")
    clock.now = wall_clock()
    monkeypatch.setattr(Hall.__init__, "__defaults__", (clock,))

    def typed_slowly(options: object) -> str:
        clock.pass_by(hours=1)
        return code

    monkeypatch.setattr(appeal, "code_of", typed_slowly)
    answer, said = run("appeal", "little.li-lei.1", "--text", "不服")
    assert (answer, "已经过了" in said) == (1, True)
    with Hall(tmp_path / "hall") as again:
        assert "li-lei" in again.state.codes, "the code was not spent"


def test_who_was_shown_the_marks_gets_no_sheet(run: Run, hall: str, tmp_path: Path) -> None:
    with Hall(tmp_path / "hall") as room, room.open_record("little.li-lei.1") as record:
        sitting = Sitting(record, stage(), wall_clock)
        sitting.submit()
        record.add(New("marks", machine_marks(sitting.attempt, stage()), signed=True))
        room.showed("sun", "little.li-lei.1", "result")
        secret = room.put_person("zhao", "sun", "孙", Role.MARKER, "")
        assert secret
    answer, said = run("sheet", "little.li-lei.1", "--by", "sun", secret=secret)
    assert (answer, "看过这份的成绩" in said) == (1, True)


def test_one_odd_record_does_not_hide_the_others(
    hall: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "hall"
    (folder / "attempts/a.jsonl").write_bytes(b'{"n":1e999}\n')
    (folder / "attempts/b.jsonl").write_bytes(b'{"at":"0001-01-01T00:00:00+10:00"}\n')
    assert main(["exam", "verify", "--hall", str(folder), "--json"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 4
