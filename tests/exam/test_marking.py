"""Marks become results by plain arithmetic, and people may change a mark only where and when they should."""

from dataclasses import replace
from datetime import timedelta

import pytest

from simulator.errors import ExamError
from simulator.training.exam.attempt import Attempt, read_attempt
from simulator.training.exam.differences import differences, machine_value, places_of
from simulator.training.exam.keeping import New
from simulator.training.exam.marking import result_of
from simulator.training.exam.marks import Mark, Place, Ruling
from simulator.training.exam.order import out_of_order
from simulator.training.exam.review import (
    appeal_entry,
    may_rule,
    may_second_mark,
    ruling_entry,
    second_entry,
)
from tests.exam.made import Table, marked, model_lines, second_marks, stage


@pytest.fixture(scope="module")
def passed() -> tuple[Table, Attempt]:
    """Both calls as their authors would have them."""
    return marked(model_lines("owner-receivables"), model_lines("relative-mother-first-call"))


@pytest.fixture
def rude() -> tuple[Table, Attempt]:
    return marked(["您好，请问是本人吗？", "我是客服。你就是个老赖！", "今天能还吗？", "几点？", "再见。"])


class TestResults:
    def test_two_model_calls_pass(self, passed: tuple[Table, Attempt]) -> None:
        attempt = passed[1]
        assert attempt.result
        assert attempt.result.passed, attempt.result.reasons
        totals = [call.scorecard["total"] for call in attempt.calls if call.scorecard]
        assert attempt.result.points == 100 * sum(totals) // 2

    def test_a_call_that_was_never_begun_counts_as_nothing(self) -> None:
        _, attempt = marked(model_lines("owner-receivables"))
        assert attempt.result
        assert [call.total > 0 for call in attempt.result.calls] == [True, False]
        assert not attempt.passed

    def test_a_red_line_fails_the_exam_however_high_the_marks(self, passed: tuple[Table, Attempt]) -> None:
        attempt = passed[1]
        fatal = next(rule for rule in stage().rulebook("cn").rules if rule.severity.value == "fatal")
        ruling = Ruling(Place(1, "breach", fatal.id, 2), "breached", "听了录音")
        mended = result_of(
            replace(attempt, blueprint=replace(attempt.blueprint, most_failed=2)), [ruling], stage()
        )
        assert not mended.passed
        assert any("红线" in reason for reason in mended.reasons)

    def test_ruling_what_the_machine_gave_changes_nothing(self, passed: tuple[Table, Attempt]) -> None:
        attempt = passed[1]
        same = [
            Ruling(place, machine_value(call.scorecard, place), "同意")
            for call in attempt.calls
            if call.scorecard
            for place in places_of(call)
        ]
        assert result_of(attempt, same, stage()) == attempt.machine

    def test_a_finding_ruled_down_costs_its_points(self, passed: tuple[Table, Attempt]) -> None:
        attempt = passed[1]
        ruling = Ruling(Place(1, "finding", "greeting", None), "no", "没有问好")
        assert _first_total(attempt, ruling) < _first_total(attempt)

    def test_of_two_rulings_on_one_place_the_later_holds(self, passed: tuple[Table, Attempt]) -> None:
        attempt = passed[1]
        place = Place(1, "finding", "greeting", None)
        assert _first_total(attempt, Ruling(place, "no", ""), Ruling(place, "yes", "")) == _first_total(
            attempt
        )

    def test_a_breach_that_was_none_gives_its_points_back(self, rude: tuple[Table, Attempt]) -> None:
        attempt = rude[1]
        assert attempt.call(1).scorecard
        breaches = attempt.call(1).scorecard["compliance"]["breaches"]  # type: ignore[index]
        assert breaches
        cleared = [
            Ruling(Place(1, "breach", item["rule"], item["turn"]), "clean", "没骂") for item in breaches
        ]
        assert _first_total(attempt, *cleared) == _without_deductions(attempt)

    def test_a_rubric_that_has_changed_since_cannot_be_used_to_change_marks(
        self, passed: tuple[Table, Attempt]
    ) -> None:
        attempt = passed[1]
        call = attempt.call(1)
        assert call.scorecard
        other = {**call.scorecard, "versions": {**call.scorecard["versions"], "rubric": "0" * 64}}
        changed = replace(attempt, calls=(replace(call, scorecard=other), *attempt.calls[1:]))
        with pytest.raises(ExamError, match="两把尺子"):
            result_of(changed, [Ruling(Place(1, "finding", "greeting"), "no", "")], stage())


def _first_total(attempt: Attempt, *rulings: Ruling) -> int:
    return result_of(attempt, rulings, stage()).calls[0].total


def _without_deductions(attempt: Attempt) -> int:
    card = attempt.call(1).scorecard
    assert card
    parts = [card["etiquette"], card["tasks"], card["promise"]]
    return int(100 * sum(part["points"] for part in parts) // sum(part["of"] for part in parts))


class TestSecondMarking:
    def test_only_what_differs_is_shown_and_all_of_it_must_be_settled(
        self, rude: tuple[Table, Attempt]
    ) -> None:
        at, attempt = rude
        greeting = machine_value(attempt.call(1).scorecard or {}, Place(1, "finding", "greeting"))
        assert greeting == "yes"
        changed = (Mark("finding", "greeting", None, "no"), Mark("breach", "threaten-suit", 4, "breached"))
        at.record.add(second_entry("qian", second_marks(attempt, *changed)))
        attempt = read_attempt(at.record.entries)
        found = differences(attempt)
        assert [(one.place.id, one.machine, one.people["qian"]) for one in found] == [
            ("threaten-suit", "clean", "breached"),
            ("greeting", "yes", "no"),
        ]
        half = [Ruling(found[1].place, "half", "问了但没称呼")]
        with pytest.raises(ExamError, match="threaten-suit"):
            ruling_entry(attempt, "sun", None, "看过", half, stage())
        both = [*half, Ruling(found[0].place, "clean", "没说要起诉")]
        at.record.add(ruling_entry(attempt, "sun", None, "看过", both, stage()))
        attempt = read_attempt(at.record.entries)
        assert [one.ruling is not None for one in differences(attempt)] == [True, True]
        assert attempt.result == attempt.adjudications[0].result
        assert not list(out_of_order(at.record.entries))

    def test_two_markers_who_agree_with_the_machine_leave_nothing_to_settle(
        self, rude: tuple[Table, Attempt]
    ) -> None:
        at, attempt = rude
        for marker in ("qian", "sun"):
            at.record.add(second_entry(marker, second_marks(attempt)))
        assert differences(read_attempt(at.record.entries)) == []

    def test_nobody_marks_twice_or_after_the_ruling(self, rude: tuple[Table, Attempt]) -> None:
        at, attempt = rude
        may_second_mark(attempt, "qian", looked=False)
        at.record.add(second_entry("qian", second_marks(attempt)))
        with pytest.raises(ExamError, match="已经交过"):
            may_second_mark(read_attempt(at.record.entries), "qian", looked=False)
        at.record.add(ruling_entry(read_attempt(at.record.entries), "sun", None, "一致", [], stage()))
        with pytest.raises(ExamError, match="已经裁定"):
            may_second_mark(read_attempt(at.record.entries), "li", looked=False)

    def test_who_has_seen_the_marks_does_not_mark_after(self, rude: tuple[Table, Attempt]) -> None:
        with pytest.raises(ExamError, match="看过这份的成绩"):
            may_second_mark(rude[1], "qian", looked=True)

    def test_nobody_marks_or_settles_their_own_paper(self, rude: tuple[Table, Attempt]) -> None:
        at, attempt = rude
        with pytest.raises(ExamError, match="自己的卷子"):
            may_second_mark(attempt, "li-lei", looked=False)
        at.record.add(second_entry("qian", second_marks(attempt)))
        with pytest.raises(ExamError, match="自己的卷子"):
            may_rule(read_attempt(at.record.entries), "li-lei", decision=False)

    def test_nobody_settles_what_they_have_marked(self, rude: tuple[Table, Attempt]) -> None:
        at, attempt = rude
        at.record.add(second_entry("qian", second_marks(attempt)))
        with pytest.raises(ExamError, match="另一位考官"):
            may_rule(read_attempt(at.record.entries), "qian", decision=False)


class TestAppeals:
    def test_an_appeal_is_answered_once_by_somebody_else(self, rude: tuple[Table, Attempt]) -> None:
        at, attempt = rude
        at.record.add(second_entry("qian", second_marks(attempt, Mark("finding", "greeting", None, "no"))))
        attempt = read_attempt(at.record.entries)
        ruling = Ruling(differences(attempt)[0].place, "no", "没有问好")
        at.record.add(ruling_entry(attempt, "sun", None, "看过", [ruling], stage()))
        attempt = read_attempt(at.record.entries)
        at.record.add(appeal_entry(attempt, "我问好了", at.clock.now))
        attempt = read_attempt(at.record.entries)
        with pytest.raises(ExamError, match="还没有答复"):
            appeal_entry(attempt, "再申诉", at.clock.now)
        with pytest.raises(ExamError, match="另一位考官"):
            may_rule(attempt, "sun", decision=True)
        may_rule(attempt, "zhao", decision=True)
        with pytest.raises(ExamError, match="不成立就不该改分"):
            ruling_entry(attempt, "zhao", False, "不改", [replace(ruling, value="yes")], stage())
        at.record.add(
            ruling_entry(attempt, "zhao", True, "第一句就是您好", [replace(ruling, value="yes")], stage())
        )
        attempt = read_attempt(at.record.entries)
        assert attempt.result == attempt.machine
        assert attempt.decisions[0].upheld
        assert not list(out_of_order(at.record.entries))
        with pytest.raises(ExamError, match="没有还没答复"):
            may_rule(attempt, "li", decision=True)

    def test_what_was_decided_is_not_overturned_by_another_ruling(self, rude: tuple[Table, Attempt]) -> None:
        at, attempt = rude
        at.record.add(second_entry("qian", second_marks(attempt)))
        at.record.add(appeal_entry(read_attempt(at.record.entries), "我问好了", at.clock.now))
        at.record.add(ruling_entry(read_attempt(at.record.entries), "zhao", True, "成立", [], stage()))
        attempt = read_attempt(at.record.entries)
        with pytest.raises(ExamError, match="已经答复"):
            may_rule(attempt, "sun", decision=False)
        at.record.add(ruling_entry(attempt, "sun", None, "推翻", [], stage()))
        assert ["答复以后" in text for _, text in out_of_order(at.record.entries)] == [True]

    def test_the_window_closes(self, rude: tuple[Table, Attempt]) -> None:
        at, attempt = rude
        appeal_entry(attempt, "不服", at.clock.now + timedelta(days=7))
        with pytest.raises(ExamError, match="已经过了"):
            appeal_entry(attempt, "不服", at.clock.now + timedelta(days=7, seconds=1))

    def test_an_attempt_that_was_not_handed_in_has_nothing_to_appeal_against(self) -> None:
        from tests.exam.made import table

        at = table()
        with pytest.raises(ExamError, match="还没有交卷"):
            appeal_entry(at.sitting.attempt, "不服", at.clock.now)


class TestOrder:
    @pytest.mark.parametrize(
        ("kind", "body", "why"),
        [
            ("turn", None, "交卷以后"),
            ("marks", "again", "第二次机器评分"),
            ("decide", "decide", "没有对应的申诉"),
        ],
    )
    def test_what_could_not_have_happened_is_found(
        self, rude: tuple[Table, Attempt], kind: str, body: str | None, why: str
    ) -> None:
        at, attempt = rude
        marks = next(entry for entry in at.record.entries if entry.kind == "marks")
        bodies = {
            None: next(entry for entry in at.record.entries if entry.kind == "turn").content | {"n": 99},
            "again": marks.content,
            "decide": {
                "by": "x",
                "upheld": False,
                "why": "",
                "rulings": [],
                "result": marks.content["result"],
            },
        }
        if kind == "turn":
            bodies[None]["n"] = len(attempt.call(1).turns) + 1
        at.record.add(New(kind, bodies[body], signed=True))
        assert [why in text for _, text in out_of_order(at.record.entries)] == [True]
