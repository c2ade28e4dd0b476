"""A rehearsal goes on while its files change: the lines are kept, the good version plays on."""

import shutil
from pathlib import Path

import pytest

from simulator.authoring.library import SHIPPED
from simulator.authoring.rehearsal import Content, Rehearsal, read_content, stamps
from simulator.errors import ContentError, PeilianError, UnknownNameError
from simulator.reading.ear import Ear

EAR = Ear.load()
OPENING = "您好，请问{}先生在吗？我姓陈，江禾公司的，工号2036。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An author's own folder with one persona and one scenario."""
    for kind, name in (("personas", "relative-mother"), ("scenarios", "relative-mother-first-call")):
        (tmp_path / kind).mkdir()
        shutil.copy(SHIPPED / kind / f"{name}.yaml", tmp_path / kind)
    return tmp_path


@pytest.fixture
def persona(folder: Path) -> Path:
    return folder / "personas" / "relative-mother.yaml"


@pytest.fixture
def scenario(folder: Path) -> Path:
    return folder / "scenarios" / "relative-mother-first-call.yaml"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def read(path: Path, home: Path) -> Content:
    return read_content(path, home / "home", EAR)


def rehearse(path: Path, home: Path) -> Rehearsal:
    return Rehearsal(read(path, home), 1)


def said(rehearsal: Rehearsal) -> list[str]:
    return [turn.text for turn in rehearsal.practice.turns]


def test_a_persona_is_rehearsed_with_the_first_scenario_that_names_it(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    assert rehearsal.content.scenario.id == "relative-mother-first-call"
    assert rehearsal.content.files[0] == persona


def test_a_loose_scenario_plays_the_persona_beside_it_not_the_shipped_one(
    scenario: Path, persona: Path, folder: Path
) -> None:
    change(persona, "title: 接电话的母亲", "title: 我写的母亲")
    rehearsal = rehearse(scenario, folder)
    assert rehearsal.content.persona.title.startswith("我写的母亲")
    assert {file.resolve() for file in rehearsal.content.files} == {scenario, persona}


def test_the_lines_said_are_said_again_with_the_new_words(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    words = OPENING.format(rehearsal.practice.case.debtor.name)
    first = rehearsal.say(words).exchange.reply
    assert first is not None
    rehearsal.say("")
    change(persona, first.text.split("。")[0], "这句是新写的")
    rehearsal.take(read(persona, folder))
    assert rehearsal.said == [words, ""]
    assert any("这句是新写的" in line for line in said(rehearsal))


def test_lines_that_a_shorter_call_has_no_room_for_are_kept_for_later(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    for words in ("您好", "您好，请问他在吗？", "麻烦您了"):
        rehearsal.say(words)
    text = persona.read_text(encoding="utf-8")
    change(
        persona,
        "\nalways:\n",
        "\nalways:\n  - {hears: greet, say: [打错了。, 没这人。, 挂了。], to: hung-up}\n",
    )
    rehearsal.take(read(persona, folder))
    assert rehearsal.practice.is_over
    assert rehearsal.unsaid == 2
    persona.write_text(text, encoding="utf-8")
    rehearsal.take(read(persona, folder))
    assert (rehearsal.unsaid, len(rehearsal.beats)) == (0, 3)


def test_a_broken_file_is_told_with_its_place_and_the_call_goes_on(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    change(persona, "to: guarding}", "to: gaurding}")
    with pytest.raises(ContentError) as caught:
        read(persona, folder)
    problem = caught.value.diagnostics[0]
    assert problem.line > 1
    assert "guarding" in problem.help
    assert rehearsal.say("您好").exchange.reply is not None


def test_a_call_can_begin_in_any_state(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    for state in rehearsal.states:
        rehearsal.jump(state)
        assert rehearsal.practice.situation.state == state
        assert rehearsal.say("您好").exchange.reply is not None


def test_a_state_that_is_not_there_is_told_with_the_nearest(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    with pytest.raises(UnknownNameError, match="suspicious"):
        rehearsal.jump("suspicous")
    assert rehearsal.start is None


def test_the_last_line_can_be_taken_back(persona: Path, folder: Path) -> None:
    rehearsal = rehearse(persona, folder)
    rehearsal.say("您好")
    before = said(rehearsal)
    rehearsal.say("谢谢")
    assert rehearsal.take_back() == "谢谢"
    assert said(rehearsal) == before
    rehearsal.take_back()
    assert rehearsal.take_back() is None


def test_every_transition_knows_its_line(persona: Path, folder: Path) -> None:
    content = read(persona, folder)
    lines = persona.read_text(encoding="utf-8").splitlines()
    every = [*content.persona.always, *content.persona.otherwise]
    every += [transition for state in content.persona.states for transition in state.transitions]
    assert {transition.id for transition in every} == set(content.lines)
    assert "wrong-name" in lines[content.lines["always.1"] - 1]


def test_a_file_that_is_neither_persona_nor_scenario_is_told(folder: Path) -> None:
    other = folder / "other.yaml"
    other.write_text("a: 1\n", encoding="utf-8")
    with pytest.raises(PeilianError, match="不是角色也不是情境"):
        read(other, folder)


def test_a_persona_without_a_scenario_says_what_to_write_next(persona: Path, folder: Path) -> None:
    lonely = folder / "personas" / "lonely.yaml"
    text = persona.read_text(encoding="utf-8").replace("id: relative-mother", "id: lonely")
    lonely.write_text(text, encoding="utf-8")
    with pytest.raises(PeilianError, match="peilian new scenario"):
        read(lonely, folder)


def test_a_change_is_seen_by_time_or_size_and_an_absent_file_is_no_change(persona: Path) -> None:
    before = stamps([persona])
    persona.write_text(persona.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert stamps([persona]) != before
    persona.unlink()
    assert stamps([persona]) == {}
