"""What `peilian new` writes is sound: it lints clean, plays, and never takes another file's place."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from simulator.authoring.desk import Desk
from simulator.authoring.interview import KIND_WORDS, Shelf, next_question
from simulator.authoring.lint import lint
from simulator.cli.main import main
from simulator.cli.report import DONE, USAGE
from tests.authoring.starters import LIBRARY, answers, make, shelf_with

NOTHING = Shelf({}, "", {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PEILIAN_HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("kind", KIND_WORDS)
@pytest.mark.parametrize("seed", [7, 31])
def test_the_starter_scenario_is_won_by_its_model_and_lost_by_its_careless_call(
    tmp_path: Path, kind: str, seed: int
) -> None:
    text = make("persona", "somebody", kind=kind)
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "somebody.yaml").write_text(text, encoding="utf-8")
    scenario = tmp_path / "scenarios" / "a-call.yaml"
    scenario.parent.mkdir()
    scenario.write_text(make("scenario", "a-call", shelf_with(text, "somebody")), encoding="utf-8")
    assert lint([tmp_path], LIBRARY)[0] == []
    desk = Desk(tmp_path)
    found = desk.library.scenario("a-call")
    for lines, wins in ((found.model, True), (found.careless, False)):
        practice = desk.play(found, seed, lines)
        assert desk.grade(practice.transcript, practice.versions).passed is wins


def test_nobody_is_asked_more_than_ten_things() -> None:
    persona = make("persona", "somebody")
    for kind, shelf in (
        ("persona", NOTHING),
        ("rule", NOTHING),
        ("scenario", shelf_with(persona, "somebody")),
    ):
        assert 5 <= len(answers(kind, shelf)) <= 10


def test_a_new_rule_lints_clean_with_answers_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "no-shouting.yaml"
    path.write_text(
        make(
            "rule", "no-shouting", title="不吼: 人", breached="[[你给我听着]]，别装聋。", phrase="你给我听着"
        ),
        encoding="utf-8",
    )
    assert lint([path], LIBRARY)[0] == []


@pytest.mark.parametrize(
    ("kind", "key", "answer", "said"),
    [
        ("persona", "kind", "邻居", "没有“邻居”这个选择"),
        ("persona", "patience", "0", "1 到 10"),
        ("persona", "patience", "很多", "1 到 10"),
        ("rule", "breached", "您家孩子知道吗", "[[…]]"),
        ("scenario", "at", "2026-09-16 23:20", "不打电话"),
        ("scenario", "at", "明天", "2026-12-28 10:02"),
        ("scenario", "persona", "somebdy", "somebody"),
    ],
)
def test_an_answer_that_will_not_do_says_what_would(kind: str, key: str, answer: str, said: str) -> None:
    shelf = shelf_with(make("persona", "somebody"), "somebody") if kind == "scenario" else NOTHING
    with pytest.raises(ValueError, match=re.escape(said)):
        answers(kind, shelf, **{key: answer})


def test_a_number_chooses_one_of_the_words() -> None:
    question = next_question("persona", {"title": "x"}, NOTHING)
    assert question is not None
    assert question.read("3") == "third-party"
    assert question.read("") == "debtor"


class TestTheCommand:
    def test_it_asks_and_writes_into_the_own_folder(
        self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("姑妈\n3\n\n\n0\n7\n"))
        assert main(["new", "persona", "aunt"]) == DONE
        out, told = capsys.readouterr()
        path = home / "personas" / "aunt.yaml"
        assert out.strip() == str(path)
        assert "要 1 到 10 的整数" in told
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# yaml-language-server: $schema=../schema/persona.schema.json\n")
        assert (home / "schema" / "persona.schema.json").exists()
        assert "title: 姑妈\n" in text
        assert "patience: 7" in text

    def test_it_never_takes_another_files_place(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["new", "persona", "driver", "--yes"]) == DONE
        path = home / "personas" / "driver.yaml"
        path.write_text("mine", encoding="utf-8")
        assert main(["new", "persona", "driver", "--yes"]) == USAGE
        assert path.read_text(encoding="utf-8") == "mine"
        assert "已经有了" in capsys.readouterr().err

    def test_answers_may_come_from_a_file(self, home: Path) -> None:
        given = home / "answers.txt"
        given.write_text("title: 卖菜的\nkind: 本人\nreason: 摊子让雨淋了半个月。\n", encoding="utf-8")
        assert (
            main(["new", "persona", "seller", "--answers", str(given), "--dir", str(home / "mine")]) == DONE
        )
        assert "摊子让雨淋了半个月。" in (home / "mine" / "seller.yaml").read_text(encoding="utf-8")

    def test_an_answer_to_nothing_is_refused(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        given = home / "answers.txt"
        given.write_text("titel: 卖菜的\n", encoding="utf-8")
        assert main(["new", "persona", "seller", "--answers", str(given)]) == USAGE
        assert "titel" in capsys.readouterr().err
        assert not (home / "personas").exists()

    def test_a_scenario_for_a_persona_that_is_played_already_starts_from_that_call(self, home: Path) -> None:
        given = home / "answers.txt"
        given.write_text('title: "又是: 老板"\npersona: receivables-owner\n', encoding="utf-8")
        assert main(["new", "scenario", "owner-once-more", "--answers", str(given)]) == DONE
        found = LIBRARY.read_scenario(home / "scenarios" / "owner-once-more.yaml")
        assert found.title == "又是: 老板"
        assert found.model == LIBRARY.scenario("owner-receivables").model

    @pytest.mark.parametrize("id", ["司机", "Big-Cousin", "a--b", "-a", "../a"])
    def test_an_id_that_is_no_id_is_refused(self, home: Path, id: str) -> None:
        assert main(["new", "persona", "--yes", "--", id]) == USAGE
