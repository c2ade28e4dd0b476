"""The printed scorecard: whole, true to the call, and nothing that was typed is anything but text."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.scorecard import Doubt, Evidence, Met, Section
from simulator.authoring.report import report_html
from simulator.dialogue.safe import safe
from tests.report.calls import NOTE, SCENARIOS, Node, page, played, said, tree

BOTH = pytest.mark.parametrize("script", ["model", "careless"])
EVERY = pytest.mark.parametrize("name", SCENARIOS)
HOSTILE = (
    "<script>alert(1)</script>",
    "</div></body><img src=x onerror=alert(1)>",
    "\"'><svg onload=alert(1)>",
    "{{7*7}}{% for x in [1] %}{{x}}{% endfor %}{# #}",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1) <a href='javascript:alert(1)'>",
    "<!-- <style>*{display:none}</style> ]]>",
    "\x00\x07\x1b[31m红\x1b]8;;http://x\x07\x9b您\u202e反\u2066",
    "\ud800半个\udfff",
    "第一行\n\n  第二行\t尾",
    "　 首尾空格 ",
    "字" * 3000,
    "",
)


def words_of(top: Node, turn: int) -> str:
    (row,) = top.find("div", id=f"t{turn}")
    return row.find("div", class_="words")[0].text(without="ref")


class TestWhole:
    @EVERY
    @BOTH
    def test_every_word_of_the_call_and_every_mark_is_there(self, name: str, script: str) -> None:
        transcript, card = played(name, script)
        top = tree(page(name, script))
        for turn in transcript.turns:
            assert words_of(top, turn.n) == (turn.text or "（没有说话）")
        text = top.text()
        findings = (*card.etiquette.findings, *card.tasks.findings)
        for finding in findings:
            assert finding.title in text
            assert finding.why in text
        for breach in card.breaches:
            for part in (breach.rule_text, breach.why, breach.rule, breach.evidence.text):
                assert part in text
            for source in breach.sources:
                assert source.document in text
        for reason in card.reasons:
            assert reason.text in text
        for change in card.what_would_change:
            assert change.text in text
        for version in card.versions.values():
            assert version in text
        assert "不是法律意见" in text

    @EVERY
    @BOTH
    def test_nothing_is_fetched_and_nothing_runs(self, name: str, script: str) -> None:
        html = page(name, script)
        top = tree(html)
        assert {node.tag for node in top.nodes()}.isdisjoint(
            {"script", "link", "img", "iframe", "object", "form", "base"}
        )
        for node in top.nodes():
            assert {"src", "style", "xlink:href", "srcset"}.isdisjoint(node.attributes)
            assert not any(attribute.startswith("on") for attribute in node.attributes)
            assert node.attributes.get("href", "#").startswith("#")
        assert "@import" not in html
        assert "http" not in html.replace("http-equiv", "")
        assert "url(" not in html.replace("url(#hatch)", "")

    @EVERY
    @BOTH
    def test_every_link_leads_somewhere_and_no_place_has_two_names(self, name: str, script: str) -> None:
        top = tree(page(name, script, NOTE))
        names = [node.attributes["id"] for node in top.nodes() if "id" in node.attributes]
        assert len(names) == len(set(names))
        assert {node.attributes["href"][1:] for node in top.find("a")} <= set(names)

    @EVERY
    @BOTH
    def test_each_mark_stands_once_in_the_text_and_once_in_the_margin(self, name: str, script: str) -> None:
        top = tree(page(name, script, NOTE))
        margin = [
            node.attributes["id"] for node in top.nodes() if node.tag == "li" and "id" in node.attributes
        ]
        inside = [node.attributes["href"][1:] for node in top.find("a", class_="ref")]
        assert sorted(margin) == sorted(inside)

    @EVERY
    @BOTH
    def test_the_sum_that_is_shown_is_the_total(self, name: str, script: str) -> None:
        _, card = played(name, script)
        earned = card.etiquette.points + card.tasks.points + card.promise.points
        of = card.etiquette.of + card.tasks.of + card.promise.of
        assert card.total == max(0, 100 * earned // of - card.deducted)
        assert f"挣得 {earned}/{of}，折合 {100 * earned // of} 分；违规扣 {card.deducted} 分" in page(
            name, script
        )

    def test_breaches_come_before_all_else_but_the_way_to_pass_and_the_worst_first(self) -> None:
        top = tree(page("owner-receivables", "careless"))
        sections = [node.attributes["id"] for node in top.find("section") if "id" in node.attributes]
        assert sections[:2] == ["change", "breaches"]
        shown = [node.attributes["class"].split()[1] for node in top.find("article")]
        assert shown == sorted(shown, key=["fatal", "major", "minor"].index)
        assert shown

    def test_met_half_met_and_not_met_are_told_in_words_as_well_as_signs(self) -> None:
        _, card = played("owner-receivables", "careless")
        top = tree(page("owner-receivables", "careless"))
        shown = [node.text() for node in top.find("span", class_="met")]
        words = {Met.YES: "做到", Met.HALF: "做到一半", Met.NO: "没做到"}
        assert shown == [words[finding.met] for finding in (*card.etiquette.findings, *card.tasks.findings)]

    def test_a_better_sentence_is_a_visible_difference(self) -> None:
        _, card = played("owner-receivables", "careless")
        top = tree(page("owner-receivables", "careless"))
        better = [breach.better for breach in card.breaches if breach.better]
        cut = [node.text() for node in top.find("del")]
        put = [node.text() for node in top.find("ins")]
        assert better
        for one in better:
            assert {words for kind, words in one.diff if kind == "cut"} <= set(cut)
            assert {words for kind, words in one.diff if kind == "put"} <= set(put)


class TestPromise:
    def test_the_timeline_runs_from_the_promise_to_48_hours_on(self) -> None:
        _, card = played("owner-receivables", "model")
        drawn = [
            node
            for node in tree(page("owner-receivables", "model")).find("svg")
            if node.attributes.get("role")
        ]
        assert len(drawn) == len(card.promise.pledges)
        for svg, pledge in zip(drawn, card.promise.pledges, strict=True):
            assert f"48 小时到 {pledge.limit.month}月{pledge.limit.day}日" in svg.text()
            share = 100 * ((pledge.due - pledge.made) / (pledge.limit - pledge.made)) if pledge.due else 0
            place = next(node.attributes["x"] for node in svg.nodes()[1:] if node.tag == "svg")
            assert float(place.rstrip("%")) == pytest.approx(share, abs=0.01)

    def test_a_date_far_beyond_and_no_date_at_all_can_be_drawn(self) -> None:
        transcript, card = played("owner-receivables", "model")
        first = card.promise.pledges[0]
        far = replace(first, due=first.limit.replace(year=first.limit.year + 1))
        none = replace(first, due=None, amount=None)
        html = report_html(transcript, replace(card, promise=replace(card.promise, pledges=(far, none))))
        tree(html)
        assert "⋯更远" in html
        assert "没说日子" in html
        assert "数目没说" in html


class TestMarks:
    def test_marks_may_overlap_nest_and_coincide(self) -> None:
        transcript, card = said("您好，请问您是李楠本人吗？")
        spans = [(0, 6), (3, 9), (3, 9), (4, 5), (0, 13), (12, 13)]
        finding = card.etiquette.findings[0]
        text = transcript.turns[1].text
        findings = tuple(
            replace(
                finding,
                id=f"f{n}",
                title=f"项{n}",
                met=list(Met)[n % 3],
                evidence=Evidence(2, a, b, text[a:b]),
            )
            for n, (a, b) in enumerate(spans)
        )
        top = tree(report_html(transcript, replace(card, etiquette=Section(findings), tasks=Section(()))))
        assert words_of(top, 2) == text
        (row,) = top.find("div", id="t2")
        assert len(row.find("a", class_="ref")) == len(row.find("li")) == len(spans) + len(card.breaches)

    @pytest.mark.parametrize("span", [(0, 0), (5, 99), (99, 120), (-4, 2), (3, 1)])
    def test_a_span_out_of_bounds_breaks_nothing(self, span: tuple[int, int]) -> None:
        transcript, card = said("您好，请问您是李楠本人吗？", "")
        for turn in (2, 4):
            doubt = Doubt("x", "疑", Evidence(turn, *span, "疑处"), "看")
            top = tree(report_html(transcript, replace(card, needs_human=(doubt,))))
            assert words_of(top, 2) == transcript.turns[1].text
            assert len(top.find("div", id=f"t{turn}")[0].find("li", class_="doubt")) == 1

    def test_marks_of_the_note_stand_in_the_note(self) -> None:
        _, card = played("owner-receivables", "model", NOTE)
        top = tree(page("owner-receivables", "model", NOTE))
        (note,) = top.find("div", class_="notetext")
        assert note.text(without="ref") == NOTE.strip()
        assert card.note
        assert len(note.find("a", class_="ref")) == sum(
            finding.evidence is not None for finding in card.note.findings
        )
        for finding in card.note.findings:
            if finding.evidence:
                assert finding.evidence.text in note.text()


class TestTyped:
    @pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
    def test_what_was_typed_is_text_and_nothing_else(self, words: str) -> None:
        transcript, card = said(words, "今天不还就去你单位闹！" + words, words, "你这个老赖" + words)
        assert card.breaches
        top = tree(report_html(replace(transcript, note=words), card))
        for turn in transcript.turns[1::2]:
            shown = words_of(top, turn.n)
            assert shown.removeprefix("（没有说话）") == safe(turn.text, lines=True)
        ordinary = [page("owner-receivables", script, NOTE) for script in ("model", "careless")]
        known = {node.tag for html in ordinary for node in tree(html).nodes()}
        assert {node.tag for node in top.nodes()} <= known

    def test_no_control_and_no_half_character_reaches_the_page(self) -> None:
        transcript, card = said(*HOSTILE)
        html = report_html(transcript, card)
        assert safe(html, lines=True) == html
        html.encode("utf-8")

    def test_what_a_case_or_an_old_scorecard_holds_is_text_too(self) -> None:
        transcript, card = said("您好")
        evil = "<script>{{7*7}}</script>\x1b"
        case = replace(
            transcript.case, title=evil, scenario=evil, person=replace(transcript.case.person, name=evil)
        )
        moved = {
            "what": "breach",
            "id": evil,
            "title": evil,
            "turn": 2,
            "text": evil,
            "old": None,
            "new": {"severity": evil, "points": None},
        }
        compared = {
            "same_versions": False,
            "versions_changed": [evil],
            "verdict": [evil, "fail"],
            "total": [None, 0],
            "pass_mark": [None, 70],
            "moved": [moved],
        }
        html = report_html(replace(transcript, case=case), replace(card, versions={evil: evil}), compared)
        assert not tree(html).find("script")
        assert "\x1b" not in html
        assert "49" not in html


class TestBytes:
    def test_the_same_call_gives_the_same_bytes_in_another_process(self, tmp_path: Path) -> None:
        code = (
            "import sys; from tests.report.calls import page, NOTE;"
            "sys.stdout.buffer.write(page('owner-receivables', 'careless', NOTE).encode())"
        )
        seen = {
            subprocess.run(
                [sys.executable, "-c", code],
                capture_output=True,
                check=True,
                env={
                    **os.environ,
                    "PYTHONHASHSEED": seed,
                    "TZ": zone,
                    "PYTHONPATH": str(Path(__file__).parents[2]),
                },
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
        }
        assert seen == {page("owner-receivables", "careless", NOTE).encode()}
