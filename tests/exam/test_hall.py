"""Who gets in, what it takes, and what the hall does not let anybody do."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from simulator.authoring.stage import form_for
from simulator.errors import ExamError, StorageError, UnknownNameError
from simulator.store.hall import Hall
from simulator.store.hidden import hide, matches, new_code, new_secret
from simulator.training.exam.blueprint import Wanted, Window
from simulator.training.exam.hall import CODE_LASTS, MOST_REFUSALS, REFUSAL_WINDOW, HallState, OpenExam, Role
from tests.exam.made import NINE, Clock, begun, hall_in, stage


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(tmp_path: Path, clock: Clock) -> Iterator[tuple[Hall, OpenExam]]:
    hall, exam = hall_in(tmp_path / "hall", clock)
    with hall:
        yield hall, exam


def suppressed(act: Callable[[], object]) -> None:
    with suppress(ExamError):
        act()


class TestCodes:
    def test_a_code_is_spent_by_its_first_use(self, room: tuple[Hall, OpenExam]) -> None:
        hall, _ = room
        code = hall.issue_code("zhao", "li-lei", "A3")
        assert hall.redeem("li-lei", code.lower().replace("-", " "), "sit")[1] == "A3"
        with pytest.raises(ExamError, match="用过"):
            hall.redeem("li-lei", code, "sit")

    def test_of_two_who_use_a_code_at_once_one_gets_in(
        self, room: tuple[Hall, OpenExam], clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hall, _ = room
        code = hall.issue_code("zhao", "li-lei", "")
        with Hall(hall.folder, clock) as other:
            not_barred = Hall._not_barred

            def overtaken(self: Hall, id: str) -> tuple[HallState, int]:
                seen = not_barred(self, id)
                monkeypatch.undo()
                other.redeem("li-lei", code, "sit")
                return seen

            monkeypatch.setattr(Hall, "_not_barred", overtaken)
            with pytest.raises(ExamError, match="用过"):
                hall.redeem("li-lei", code, "sit")

    def test_a_new_code_takes_the_place_of_the_last(self, room: tuple[Hall, OpenExam]) -> None:
        hall, _ = room
        first, second = (hall.issue_code("zhao", "li-lei", "") for _ in range(2))
        with pytest.raises(ExamError):
            hall.redeem("li-lei", first, "sit")
        hall.redeem("li-lei", second, "sit")

    def test_a_code_lasts_its_hours(self, room: tuple[Hall, OpenExam], clock: Clock) -> None:
        hall, _ = room
        code = hall.issue_code("zhao", "li-lei", "")
        clock.now += CODE_LASTS + timedelta(seconds=1)
        with pytest.raises(ExamError, match="过期"):
            hall.redeem("li-lei", code, "sit")

    def test_after_too_many_wrong_ones_even_the_right_one_must_wait(
        self, room: tuple[Hall, OpenExam], clock: Clock, tmp_path: Path
    ) -> None:
        hall, _ = room
        code = hall.issue_code("zhao", "li-lei", "")
        for _ in range(MOST_REFUSALS):
            with pytest.raises(ExamError):
                hall.redeem("li-lei", "AAAA-AAAA", "sit")
        entries = len(hall.log)
        with Hall(tmp_path / "hall", clock) as restarted, pytest.raises(ExamError, match="十分钟"):
            restarted.redeem("li-lei", code, "sit")
        assert len(hall.log) == entries
        clock.now += REFUSAL_WINDOW
        hall.redeem("li-lei", code, "sit")

    def test_invented_ids_cannot_fill_the_log(self, room: tuple[Hall, OpenExam]) -> None:
        hall, _ = room
        entries = len(hall.log)
        for n in range(3):
            with pytest.raises(ExamError):
                hall.redeem(f"nobody-{n}", "AAAA-AAAA", "sit")
        assert len(hall.log) == entries

    def test_neither_codes_nor_secrets_stand_in_the_folder(self, tmp_path: Path) -> None:
        hall, secret = Hall.create(tmp_path / "hall", "考点", "zhao", "赵考官", Clock())
        with hall:
            hall.put_person("zhao", "li-lei", "李雷", Role.CANDIDATE, "")
            code = hall.issue_code("zhao", "li-lei", "")
        content = b"".join(path.read_bytes() for path in (tmp_path / "hall").rglob("*") if path.is_file())
        for word in (secret, code, secret.replace("-", ""), code.replace("-", "")):
            assert word.encode() not in content

    @pytest.mark.parametrize("code", ["\ud800", "\0", "a\nb", "ß" * 40, "好" * 40, "x" * 100_000])
    def test_whatever_is_typed_as_a_code_is_only_wrong(self, room: tuple[Hall, OpenExam], code: str) -> None:
        room[0].issue_code("zhao", "li-lei", "")
        with pytest.raises(ExamError, match="座位码不对"):
            room[0].redeem("li-lei", code, "sit")

    def test_a_secret_matches_only_itself(self) -> None:
        secret = new_secret()
        assert matches(hide(secret), secret)
        assert not matches(hide(secret), new_secret())
        assert len({new_code() for _ in range(50)}) == 50
        assert hide(secret) != hide(secret)


class TestRoles:
    def test_each_may_do_only_what_the_role_allows(self, room: tuple[Hall, OpenExam]) -> None:
        hall, _ = room
        secret = hall.put_person("zhao", "qian", "钱", Role.MARKER, "")
        assert secret
        assert hall.sign_in("qian", secret, "second", Role.MARKER).name == "钱"
        with pytest.raises(ExamError, match="要考官来做"):
            hall.sign_in("qian", secret, "people", Role.EXAMINER)

    def test_who_has_left_gets_in_no_more(self, room: tuple[Hall, OpenExam]) -> None:
        hall, _ = room
        secret = hall.put_person("zhao", "qian", "钱", Role.MARKER, "")
        assert secret
        hall.dismiss("zhao", "qian")
        with pytest.raises(ExamError):
            hall.sign_in("qian", secret, "second", Role.MARKER)

    def test_the_last_examiner_stays(self, room: tuple[Hall, OpenExam]) -> None:
        with pytest.raises(ExamError, match="最后一位"):
            room[0].dismiss("zhao", "zhao")

    def test_the_last_examiner_stays_one(self, room: tuple[Hall, OpenExam]) -> None:
        with pytest.raises(ExamError, match="最后一位"):
            room[0].put_person("zhao", "zhao", "赵", Role.CANDIDATE, "")
        room[0].put_person("zhao", "sun", "孙", Role.EXAMINER, "")
        room[0].put_person("zhao", "zhao", "赵", Role.CANDIDATE, "")

    def test_a_code_is_for_candidates(self, room: tuple[Hall, OpenExam]) -> None:
        with pytest.raises(ExamError):
            room[0].issue_code("zhao", "zhao", "")
        with pytest.raises(UnknownNameError):
            room[0].issue_code("zhao", "nobody", "")

    @pytest.mark.parametrize("id", ["", "../x", "李雷", "A B", "a/b", "-a", "x" * 41])
    def test_an_id_that_is_no_name_of_a_file_is_refused(self, room: tuple[Hall, OpenExam], id: str) -> None:
        with pytest.raises(ExamError, match="代号"):
            room[0].put_person("zhao", id, "某人", Role.CANDIDATE, "")

    @pytest.mark.parametrize("id", ["../hall", "a/../b", "..", ""])
    def test_no_record_outside_the_hall_is_opened(self, room: tuple[Hall, OpenExam], id: str) -> None:
        with pytest.raises((ExamError, StorageError)):
            room[0].open_record(id)


class TestBeginning:
    def test_no_more_attempts_than_the_blueprint_allows(self, room: tuple[Hall, OpenExam]) -> None:
        hall, exam = room
        for _ in range(2):
            begun(hall, exam).close()
        with pytest.raises(ExamError, match="最多 2 次"):
            begun(hall, exam)

    def test_between_attempts_the_days_must_pass(self, tmp_path: Path, clock: Clock) -> None:
        hall, exam = hall_in(tmp_path / "hall", clock, wait_days=7)
        with hall:
            begun(hall, exam).close()
            clock.pass_by(days=6, hours=23)
            with pytest.raises(ExamError, match="隔 7 天"):
                begun(hall, exam)
            clock.pass_by(hours=1)
            begun(hall, exam).close()

    def test_a_group_begins_in_its_own_hours(self, tmp_path: Path, clock: Clock) -> None:
        local = NINE.astimezone().replace(tzinfo=None)
        mine = Window("一班", local - timedelta(hours=1), local + timedelta(hours=1))
        hall, exam = hall_in(tmp_path / "hall", clock, windows=(replace(mine, group="二班"),))
        with hall, pytest.raises(ExamError, match="不是李雷"):
            begun(hall, exam)
        hall, exam = hall_in(tmp_path / "other", clock, windows=(mine,))
        with hall:
            begun(hall, exam).close()

    def test_a_closed_exam_is_not_begun(self, room: tuple[Hall, OpenExam]) -> None:
        hall, exam = room
        hall.close_exam("zhao", exam.id)
        with pytest.raises(ExamError, match="已经收了"):
            begun(hall, hall.state.exam(exam.id))

    def test_an_exam_whose_content_has_changed_is_not_begun(self, room: tuple[Hall, OpenExam]) -> None:
        _, exam = room
        changed = replace(exam, contents={**exam.contents, "owner-receivables": "0" * 64})
        with pytest.raises(ExamError, match="换过版本"):
            form_for(stage(), changed, "li-lei", 1)

    def test_a_second_attempt_avoids_what_the_first_had(self, tmp_path: Path, clock: Clock) -> None:
        hall, exam = hall_in(tmp_path / "hall", clock)
        hall.close()
        part = replace(exam.blueprint.parts[0], count=1)
        shorter = replace(exam, blueprint=replace(exam.blueprint, parts=(part,)))
        first, second = (form_for(stage(), shorter, "li-lei", number) for number in (1, 2))
        assert first.items[0].scenario != second.items[0].scenario

    def test_what_a_kill_left_of_a_beginning_is_set_aside(
        self, room: tuple[Hall, OpenExam], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hall, exam = room
        log = Hall._log

        def killed(self: Hall, kind: str, body: dict[str, object]) -> None:
            if kind == "attempt":
                raise KeyboardInterrupt
            log(self, kind, body)

        monkeypatch.setattr(Hall, "_log", killed)
        with pytest.raises(KeyboardInterrupt):
            begun(hall, exam)
        monkeypatch.undo()
        with begun(hall, exam) as record:
            assert record.id == "little.li-lei.1"
            assert record.path.with_suffix(".stale").exists()

    def test_of_two_who_begin_at_once_neither_gets_the_others_record(
        self, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hall, exam = hall_in(tmp_path / "hall", clock, attempts=1)
        other = Hall(hall.folder, clock)
        rival = Thread(target=lambda: suppressed(lambda: begun(other, exam)))
        log = Hall._log

        def overtaken(self: Hall, kind: str, body: dict[str, object]) -> None:
            if self is hall and kind == "attempt":
                rival.start()
                rival.join(0.3)
            log(self, kind, body)

        monkeypatch.setattr(Hall, "_log", overtaken)
        with hall, begun(hall, exam) as record:
            rival.join()
            assert [entry.kind for entry in hall.log].count("attempt") == 1
            assert not record.path.with_suffix(".stale").exists()
        other.close()

    def test_a_form_is_for_one_attempt(self, room: tuple[Hall, OpenExam]) -> None:
        hall, exam = room
        person, first = hall.state.person("li-lei"), form_for(stage(), exam, "li-lei", 1)
        begun(hall, exam).close()
        with pytest.raises(ExamError, match="在别处开考"):
            hall.begin(exam, person, "A1", first, supervised=False)

    def test_a_candidate_is_not_told_which_scenario_has_changed(self, room: tuple[Hall, OpenExam]) -> None:
        name = "owner-receivables"
        for contents, offers in (
            ({**room[1].contents, name: "0" * 64}, room[1].offers),
            ({**room[1].contents, "gone": "0" * 64}, (replace(room[1].offers[0], scenario="gone"),) * 2),
        ):
            part = replace(room[1].blueprint.parts[0], wanted=Wanted())
            plan = replace(room[1].blueprint, parts=(part,))
            with pytest.raises(ExamError, match="换过版本") as told:
                form_for(
                    stage(), replace(room[1], blueprint=plan, contents=contents, offers=offers), "li-lei", 1
                )
            assert "gone" not in str(told.value)
            assert name not in str(told.value)

    def test_a_key_of_another_hall_is_noticed(self, tmp_path: Path, clock: Clock) -> None:
        hall_in(tmp_path / "one", clock)[0].close()
        hall_in(tmp_path / "two", clock)[0].close()
        (tmp_path / "two/keys/centre.key").replace(tmp_path / "one/keys/centre.key")
        with pytest.raises(StorageError, match="不是这个考点的"):
            Hall(tmp_path / "one", clock)
