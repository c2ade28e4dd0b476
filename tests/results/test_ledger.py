"""The rows of an attempt: the machine's marks, and what people ruled in their place."""

from dataclasses import replace
from pathlib import Path

from simulator.authoring.desk import Desk
from simulator.dialogue.plain import to_plain
from simulator.training.exam.attempt import Attempt
from simulator.training.exam.ledger import Found, ledger_of, state_of
from tests.results.hall import sat


def ruled(*rulings: tuple[str, str, int | None, str]) -> Attempt:
    """An attempt whose first, careless call was ruled on: (what, id, turn, value)."""
    pen = sat(scripts=("careless", "model"))
    made = [
        {"place": {"call": 1, "what": what, "id": id, "turn": turn}, "value": value, "why": "听过原话"}
        for what, id, turn, value in rulings
    ]
    pen.add(
        "adjudicate", {"by": "zhao", "why": "复核", "rulings": made, "result": to_plain(pen.attempt.machine)}
    )
    return pen.attempt


def found(attempt: Attempt, criterion: str) -> Found:
    return next(row for row in ledger_of(attempt).found if row.call == 1 and row.criterion == criterion)


def test_every_finding_and_breach_of_the_scorecards_has_its_row() -> None:
    attempt = sat(scripts=("careless", "model")).attempt
    ledger = ledger_of(attempt)
    cards = [call.scorecard or {} for call in attempt.calls]
    findings = sum(len(card[name]["findings"]) for card in cards for name in ("etiquette", "tasks"))
    assert len([row for row in ledger.found if row.section != "promise"]) == findings
    assert len(ledger.broken) == sum(len(card["compliance"]["breaches"]) for card in cards)
    assert [row.total for row in ledger.rated] == [card["total"] for card in cards]
    assert ledger.rated[0].deducted == cards[0]["compliance"]["deducted"]


class TestRulings:
    def test_a_finding_that_was_ruled_met_has_all_its_points_and_half_has_half(self) -> None:
        unmet = next(
            row for row in ledger_of(sat(scripts=("careless", "model")).attempt).found if row.met == "no"
        )
        for value, points in (("yes", unmet.of), ("half", unmet.of // 2)):
            row = found(ruled(("finding", unmet.criterion, None, value)), unmet.criterion)
            assert (row.met, row.points) == (value, points)

    def test_of_two_rulings_on_one_place_the_later_holds(self) -> None:
        attempt = ruled(("finding", "greeting", None, "yes"), ("finding", "greeting", None, "no"))
        assert found(attempt, "greeting").points == 0

    def test_a_breach_that_was_ruled_out_is_gone_and_the_rest_are_counted_on(self) -> None:
        before = ledger_of(sat(scripts=("careless", "model")).attempt).broken
        gone = before[0]
        after = ledger_of(ruled(("breach", gone.rule, gone.turn, "clean"))).broken
        kept = [row for row in before if (row.rule, row.turn) != (gone.rule, gone.turn)]
        assert [(row.rule, row.turn) for row in after] == [(row.rule, row.turn) for row in kept]
        assert [row.n for row in after] == list(range(1, len(kept) + 1))

    def test_a_breach_that_only_people_found_has_the_words_of_its_turn(self) -> None:
        attempt = ruled(("breach", "some-rule", 2, "breached"))
        row = ledger_of(attempt).broken[-1]
        assert (row.rule, row.severity, row.words) == ("some-rule", "ruled", attempt.calls[0].turns[1].text)

    def test_a_breach_that_the_machine_found_too_is_not_counted_twice(self) -> None:
        before = ledger_of(sat(scripts=("careless", "model")).attempt).broken
        again = ruled(("breach", before[0].rule, before[0].turn, "breached"))
        assert ledger_of(again).broken == before


def test_a_call_that_was_never_begun_has_no_points_and_no_findings() -> None:
    attempt = sat(scripts=("model", "model")).attempt
    never = replace(attempt.calls[1], case=None, turns=(), started=None, scorecard=None)
    ledger = ledger_of(replace(attempt, calls=(attempt.calls[0], never)))
    assert {row.call for row in ledger.found} == {1}
    assert ledger.rated[1].title == never.scenario


def test_the_state_follows_appeal_and_decision() -> None:
    pen = sat()
    assert state_of(pen.attempt) == "marked"
    pen.add("appeal", {"by": "c-001", "text": "不服", "points": []})
    assert state_of(pen.attempt) == "appealed"
    result = to_plain(pen.attempt.machine)
    pen.add("decide", {"by": "zhao", "upheld": False, "why": "原判对", "rulings": [], "result": result})
    assert state_of(pen.attempt) == "settled"
    pen.add("void", {"by": "zhao", "why": "替考"})
    assert state_of(pen.attempt) == "void"


def test_todays_scorecards_lay_out_in_the_same_rows() -> None:
    desk = Desk(Path("no-such-home"))
    scenario = desk.library.scenario("owner-receivables")
    practice = desk.play(scenario, 1, scenario.careless)
    card = desk.grade(practice.transcript, practice.versions).to_json()
    attempt = sat().attempt
    call = replace(attempt.calls[0], scorecard=card, turns=practice.transcript.turns)
    ledger = ledger_of(replace(attempt, calls=(call, attempt.calls[1])))
    assert {row.rule for row in ledger.broken} == {item["rule"] for item in card["compliance"]["breaches"]}
    assert all(row.severity in ("fatal", "major", "minor") for row in ledger.broken)
