"""What the judge makes of whole calls: one claim a file, in `calls/`."""

from pathlib import Path
from typing import Any

import pytest

from scoring.scorecard import Finding, Met, Scorecard
from tests.scoring.made import call_files, read_call, rulebook


def findings(card: Scorecard) -> dict[str, Finding]:
    return {finding.id: finding for finding in (*card.etiquette.findings, *card.tasks.findings)}


@pytest.mark.parametrize("path", call_files(), ids=lambda path: path.stem)
def test_the_call_is_judged_as_its_file_claims(path: Path) -> None:
    call = read_call(path)
    card = call.judge()
    found = findings(card)
    seen: dict[str, Any] = {
        "verdict": "pass" if card.passed else "fail",
        "total": card.total,
        "grade": card.promise.grade.value,
        "confirmed": card.promise.confirmed,
        "void": card.promise.void,
        "points": card.promise.points,
        "breaches": [breach.rule for breach in card.breaches],
        "missed": [id for id, finding in found.items() if finding.met is Met.NO],
        "half": [id for id, finding in found.items() if finding.met is Met.HALF],
        "seal-kept": card.seal.kept,
        "flips": [change.id for change in card.what_would_change if change.flips],
    }
    rules = {breach.rule for breach in card.breaches}
    reasons = {reason.id for reason in card.reasons}
    for key, wanted in call.expect.items():
        if key in ("missed", "half") and wanted:
            assert set(wanted) <= set(seen[key]), (call.claim, key, seen[key])
        elif key == "has-breach":
            assert set(wanted) <= rules, call.claim
        elif key == "has-no-breach":
            assert not set(wanted) & rules, call.claim
        elif key == "reasons":
            assert set(wanted) <= reasons, (call.claim, reasons)
        else:
            assert seen[key] == wanted, (call.claim, key, seen[key], card.reasons, card.breaches)


@pytest.mark.parametrize("path", call_files(), ids=lambda path: path.stem)
def test_every_mark_shows_its_words(path: Path) -> None:
    call = read_call(path)
    card = call.judge()
    texts = {turn.n: turn.text for turn in call.transcript.turns}
    shown = [finding.evidence for finding in findings(card).values()]
    shown += [breach.evidence for breach in card.breaches] + [doubt.evidence for doubt in card.needs_human]
    for evidence in shown:
        if evidence is not None:
            assert texts[evidence.turn][evidence.start : evidence.end] == evidence.text


@pytest.mark.parametrize("path", call_files(), ids=lambda path: path.stem)
def test_a_better_sentence_is_clean_and_its_diff_leads_to_it(path: Path) -> None:
    call = read_call(path)
    card = call.judge()
    better = [breach.better for breach in card.breaches] + [
        finding.better for finding in findings(card).values()
    ]
    for one in better:
        if one is not None:
            assert "".join(words for step, words in one.diff if step != "put") == one.original
            assert "".join(words for step, words in one.diff if step != "cut") == one.improved
            assert one.improved != one.original
            assert not call.ear.cues.get(one.improved)


def test_every_breach_of_a_rule_can_be_said_better() -> None:
    without = [
        (call.claim, breach.rule)
        for call in map(read_call, call_files())
        for breach in call.judge().breaches
        if breach.better is None
    ]
    assert not without


def test_the_same_call_gives_the_same_scorecard() -> None:
    for path in call_files():
        assert read_call(path).judge().to_json() == read_call(path).judge().to_json()


def test_a_breach_names_its_sources_and_how_well_they_are_known() -> None:
    call = next(read_call(path) for path in call_files() if path.stem == "bought-with-a-threat")
    breach = call.judge().to_json()["compliance"]["breaches"][0]
    rule = next(rule for rule in rulebook().rules if rule.id == breach["rule"])
    assert [source["document"] for source in breach["sources"]] == [
        source.document for source in rule.sources if source.in_force(call.transcript.case.at.date())
    ]
    assert all(source["how"] for source in breach["sources"])
