"""The inbox gathers what nobody understood, is labelled once for all alike, and shows its effect before anything changes."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from simulator.authoring.desk import Desk
from simulator.authoring.inbox import Kept, Label, find, form_of, gather, named, read_kept
from simulator.authoring.inbox_labels import Corrected, corpus_lines, effects, label_event, read_labels
from simulator.cli.main import main
from simulator.dialogue import Channel, Hearer, Reading
from simulator.errors import RecordError, UnknownNameError
from simulator.reading.decide import OUT_OF_SCOPE
from simulator.training.record import Record, dump

DESK = Desk()
STRANGE = "锄禾日当午，汗滴禾下土"
ALIKE = "锄禾日当午 汗滴禾下土！"
OTHER = "床前明月光"
WHEN = datetime(2026, 11, 22, 9, 30)
TITLES = {"verify-identity": "核实身份", "greet": "问候", "thank": "感谢"}


class HardOfHearing:
    """The shipped ear, deaf to a few lines whatever it may have learnt since."""

    def __init__(self, *lines: str) -> None:
        self.deaf = {form_of(line) for line in lines}
        self.allowed, self.rules = DESK.library.ear.allowed, DESK.library.ear.rules
        self.rule_ids = DESK.library.ear.rule_ids

    def read(self, text: str, *settings: Any, **more: Any) -> Reading:
        reading = DESK.library.ear.read(text, *settings, **more)
        if form_of(text) not in self.deaf:
            return reading
        nothing = replace(reading.acts[0], id=OUT_OF_SCOPE, start=0, end=len(text))
        return replace(reading, acts=(nothing,), cues=(), unsure=True)


EAR: Any = HardOfHearing(STRANGE, OTHER)


def kept(scenario: str, *lines: str, name: str = "call.jsonl") -> Kept:
    """A call in which those lines were said, as its record has it: the strange ones not understood."""
    found = DESK.library.scenario(scenario)
    practice = DESK.play(found, 1, lines)
    turns = tuple(
        replace(turn, acts=(OUT_OF_SCOPE,), breaches=()) if form_of(turn.text) in EAR.deaf else turn
        for turn in practice.turns
    )
    return Kept(Path(name), Record(replace(practice.transcript, turns=turns), practice.versions, None))


MOTHER = ("relative-mother-first-call", "您好，请问{debtor.name}先生在吗？", STRANGE, "", "谢谢阿姨，再见。")
OWNER = ("owner-receivables", "您好，请问是{debtor.call}本人吗？", ALIKE, OTHER, "。。。")


def label(
    text: str, acts: tuple[str, ...] = ("ask-reason",), breaches: tuple[str, ...] = ()
) -> dict[str, Label]:
    return {form_of(text): Label(form_of(text), text, acts, breaches)}


class TestGathering:
    def test_lines_of_one_form_stand_together_the_most_frequent_first(self) -> None:
        groups = gather([kept(*MOTHER), kept(*OWNER)], {}, EAR)
        assert [(group.form, len(group.instances)) for group in groups] == [
            (form_of(STRANGE), 2),
            (form_of(OTHER), 1),
        ]

    def test_each_place_tells_who_heard_it_where_and_after_which_words(self) -> None:
        first = gather([kept(*MOTHER)], {}, EAR)[0].instances[0]
        assert (first.hearer, first.channel) == (Hearer.THIRD_PARTY, Channel.PHONE)
        assert first.before
        assert first.unsure

    def test_silences_and_lines_understood_are_no_matter_for_the_inbox(self) -> None:
        assert gather([kept("owner-receivables", "", "。。。", "您好，请问是本人吗？")], {}, EAR) == []

    def test_lines_said_again_in_the_record_of_a_resumed_call_count_once(self) -> None:
        twice = [kept(*MOTHER), kept(*MOTHER, "再见", name="goes-on.jsonl")]
        assert [len(group.instances) for group in gather(twice, {}, EAR)] == [1]

    def test_a_line_that_is_understood_by_now_drops_out(self) -> None:
        call = kept(*OWNER)
        understood = HardOfHearing(OTHER)
        understood.read = lambda text, *_, **more: replace(  # type: ignore[method-assign]
            EAR.read(text, *_, **more), acts=(replace(EAR.read(text, *_, **more).acts[0], id="greet"),)
        )
        assert gather([call], {}, understood) == []  # type: ignore[arg-type]

    def test_a_group_is_found_by_its_number_its_words_or_a_twin(self) -> None:
        groups = gather([kept(*MOTHER), kept(*OWNER)], {}, EAR)
        for wanted in (groups[0].id, groups[0].id[:4], STRANGE, ALIKE):
            assert find(groups, wanted) is groups[0]
        with pytest.raises(UnknownNameError):
            find(groups, "举头望明月")


class TestLabels:
    @pytest.mark.parametrize("word", ["verify-identity", "核实身份"])
    def test_an_act_may_be_named_in_either_way(self, word: str) -> None:
        assert named([word, "greet", word], TITLES, "言语行为") == ("verify-identity", "greet")

    @pytest.mark.parametrize(
        ("word", "near"),
        [("核实", "核实身份"), ("verify-identty", "verify-identity"), ("合适身份", "核实身份")],
    )
    def test_a_name_nobody_knows_is_told_with_the_nearest(self, word: str, near: str) -> None:
        with pytest.raises(UnknownNameError, match=near):
            named([word], TITLES, "言语行为")

    def test_of_two_labels_for_one_form_the_later_holds(self, tmp_path: Path) -> None:
        path = tmp_path / "labels.jsonl"
        both = [*label(STRANGE).values(), *label(ALIKE, ("greet",)).values()]
        path.write_text("".join(dump(label_event(one, WHEN)) + "\n" for one in both), encoding="utf-8")
        labels = read_labels(path)
        assert [one.acts for one in labels.values()] == [("greet",)]

    def test_a_broken_line_of_the_labels_is_told_with_its_number(self, tmp_path: Path) -> None:
        path = tmp_path / "labels.jsonl"
        path.write_text('{"event":"label","form":"x"}\n{"event":"label"}\n', encoding="utf-8")
        with pytest.raises(RecordError, match="第 1 行"):
            read_labels(path)

    def test_the_corpus_gets_one_line_for_each_hearer_with_the_rules_that_hold_for_them(self) -> None:
        labels = label(STRANGE, ("ask-relay",), ("third-party-demand",))
        groups = gather([kept(*MOTHER), kept(*OWNER)], labels, EAR)
        lines = list(corpus_lines(groups, EAR, "own"))
        assert [line["id"] for line in lines] == ["own-0001", "own-0002"]
        assert {line["hearer"]: line["breaches"] for line in lines}["third-party"] == ["third-party-demand"]
        assert all(line["breaches"] == [] for line in lines if line["hearer"] != "third-party")


class TestEffect:
    desk: Any = SimpleNamespace(
        library=SimpleNamespace(ear=EAR, rubric=DESK.library.rubric, rulebook=DESK.library.rulebook)
    )

    def test_marks_that_would_move_are_shown_and_nothing_else(self) -> None:
        found = list(effects([kept(*MOTHER), kept(*OWNER)], label(OTHER), self.desk))
        assert [effect.lines for effect in found] == [(OTHER,)]
        assert "reason" in {moved["id"] for moved in found[0].compared["moved"]}

    def test_a_breach_in_a_label_is_a_breach_in_the_verdict(self) -> None:
        labels = label(STRANGE, ("ask-relay",), ("third-party-demand",))
        effect = next(iter(effects([kept(*MOTHER)], labels, self.desk)))
        moved = [item for item in effect.compared["moved"] if item["what"] == "breach"]
        assert [item["id"] for item in moved] == ["third-party-demand"]
        assert moved[0]["text"] == STRANGE

    def test_without_labels_nothing_would_change(self) -> None:
        assert list(effects([kept(*MOTHER)], {}, self.desk)) == []

    def test_a_line_understood_elsewhere_keeps_its_reading(self) -> None:
        corrected = Corrected(EAR, label("您好", ("thank",)))
        assert corrected.read("您好", now=WHEN).act_ids == ("greet",)


class TestRecords:
    def test_a_record_that_cannot_be_read_is_named_and_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "bad.jsonl").write_text("nothing\nof the kind\n", encoding="utf-8")
        found, problems = read_kept([tmp_path, tmp_path / "absent"])
        assert found == []
        assert "bad.jsonl" in problems[0]


class TestCommand:
    @pytest.fixture
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("PEILIAN_HOME", str(tmp_path))
        found = DESK.library.scenario("relative-mother-first-call")
        events: list[str] = []
        practice = DESK.open_call(found, 1, lambda event: events.append(dump(event)))
        for line in ("您好", STRANGE, "再见"):
            practice.say(line)
        practice.leave()
        (tmp_path / "calls").mkdir()
        (tmp_path / "calls" / "one.jsonl").write_text("\n".join(events) + "\n", encoding="utf-8")
        return tmp_path

    def test_from_listing_to_corpus(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        def peilian(*arguments: str) -> tuple[int, str]:
            code = main(["inbox", *arguments])
            return code, capsys.readouterr().out

        _, listed = peilian("list", "--json")
        group = json.loads(listed.splitlines()[0])
        assert (group["text"], group["count"]) == (STRANGE, 1)
        assert peilian("label", group["id"], "--acts", "询问原因，问候")[0] == 0
        assert peilian("list") == (0, "")
        code, exported = peilian("export")
        assert code == 0
        assert json.loads(exported) == {
            "id": "inbox-0001",
            "text": STRANGE,
            "hearer": "third-party",
            "channel": "phone",
            "acts": ["ask-reason", "greet"],
            "breaches": [],
        }
        assert peilian("effect")[0] == 0
        assert len((home / "inbox" / "labels.jsonl").read_text(encoding="utf-8").splitlines()) == 1

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (["--acts", "核实身分"], 2, "是不是“核实身份”"),
            (["--acts", "无关,问候"], 1, "只能单独标"),
            ([], 1, "标什么"),
        ],
    )
    def test_a_wrong_label_is_refused_and_nothing_is_kept(
        self,
        home: Path,
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        code: int,
        message: str,
    ) -> None:
        assert main(["inbox", "label", STRANGE, *arguments]) == code
        assert message in capsys.readouterr().err
        assert not (home / "inbox").exists()
