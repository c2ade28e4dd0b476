"""An author's mistakes: each earns a message with its line, what was found and what would be right."""

from pathlib import Path

import pytest

from simulator.authoring.library import Library
from simulator.authoring.lint import lint
from simulator.cli.report import render

LITTLE = (Path(__file__).parents[1] / "engine" / "little.yaml").read_text(encoding="utf-8")
LIBRARY = Library()


@pytest.mark.parametrize(
    ("good", "bad", "place", "message", "cure"),
    [
        ("to: talking", "to: talkin", "没有叫“talkin”的状态", "unknown-name", "是不是“talking”"),
        (
            "hears: threat",
            "hears: thread",
            "没有叫“thread”的言语行为、规则或信号",
            "unknown-name",
            "是不是“threat”",
        ),
        (
            "{patience: {below: 1}}",
            "{patients: {below: 1}}",
            "没有叫“patients”的心态",
            "unknown-name",
            "patience",
        ),
        ("remember: reason", "remember: reasons", "没有叫“reasons”的记忆", "unknown-name", "是不是“reason”"),
        ("start: answering", "start：answering", "全角冒号", "look-alike", "半角冒号"),
        ("patience: 3, trust: 4", "patience: 30, trust: 4", "30 不在 0 到 10 之间", "out-of-range", ""),
        ("patience: 3, trust: 4", "patience: 很多, trust: 4", "这里要整数，写的是文字", "wrong-type", ""),
        ("voice: 短\n", "", "缺少“voice”", "missing-field", ""),
        ("kind: debtor", "kind: borrower", "没有叫“borrower”的角色类型", "unknown-name", "debtor"),
        (
            "gone: {final: hung-up}",
            "gone: {final: hungup}",
            "没有叫“hungup”的通话结果",
            "unknown-name",
            "hung-up",
        ),
        (
            "  bye: {final: by-pledge}",
            "  bye: {final: by-pledge}\n  bye: {final: hung-up}",
            "“bye”写了两次",
            "duplicate-key",
            "",
        ),
        ("say: [对。]", "says: [对。]", "这里没有“says”这一项", "unknown-field", "是不是“say”"),
        (
            "pledge: {amount: rest, due: rest-at}",
            "pledge: {amount: rest, due: restat}",
            "没有叫“restat”的means",
            "unknown-name",
            "rest-at",
        ),
        ("say: [太多了。]", "say: []", "至少要 1 项", "too-few", ""),
        ("id: little\n", "id: litle\n", "id 是“litle”，文件名却是“little”", "id-differs", ""),
        ("opens: [喂？, 哪位？]", 'opens: ["喂？, 哪位？]', "", "yaml-syntax", "引号"),
        ("opens: [喂？", "\topens: [喂？", "制表符", "look-alike", "空格"),
    ],
)
def test_a_mistake_is_named_at_its_place(
    tmp_path: Path, good: str, bad: str, place: str, message: str, cure: str
) -> None:
    assert good in LITTLE
    broken = LITTLE.replace(good, bad, 1)
    path = tmp_path / "little.yaml"
    path.write_text(broken, encoding="utf-8")
    problems, _ = lint([path], LIBRARY)
    found = [problem for problem in problems if problem.id == message]
    assert found, problems
    shown = render(found[0])
    assert place in shown
    assert cure in shown
    assert found[0].line == 0 or found[0].source == broken.split("\n")[found[0].line - 1]


def test_all_mistakes_are_named_in_one_run_sorted_by_place(tmp_path: Path) -> None:
    path = tmp_path / "little.yaml"
    path.write_text(LITTLE.replace("to: talking", "to: x1").replace("to: agreed", "to: x2"), encoding="utf-8")
    problems, count = lint([path], LIBRARY)
    assert count == 1
    assert [problem.message[:6] for problem in problems] == ["没有叫“x1", "没有叫“x2"]


def test_the_shipped_content_is_clean() -> None:
    root = Path(__file__).parents[2]
    folders = [
        root / "personas",
        root / "scenarios",
        root / "scoring" / "rubrics",
        root / "scoring" / "rulebooks",
    ]
    problems, count = lint(folders, LIBRARY)
    assert count > 70
    assert not problems
