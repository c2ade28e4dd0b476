"""Rule and rubric files: what is shipped is sound, and what is wrong is said in the author's words."""

from pathlib import Path

import pytest

from scoring.checks import KINDS
from scoring.conditions import FACTS
from scoring.rubric import CHECKS
from simulator.authoring.marked import Source
from simulator.authoring.rubric_file import ALLOWED, NEEDED, read_rubric
from simulator.authoring.rubric_file import schema as rubric_schema
from simulator.authoring.rule_file import read_rule
from simulator.authoring.rule_file import schema as rule_schema
from simulator.dialogue import Severity
from tests.scoring.made import ROOT, rubric, rulebook

RULE = """id: some-rule
title: 不许这样
group: truth
severity: major
heard-as: falsehood
hearers: [debtor]
channels: [phone]
sources: [{document: 《某法》, how: derived}]
rule: 不许这样说。
why: 这样说不好。
say-instead: ["{debtor.call}，您看这样行吗？"]
phrases: ["再不|要是 ~4 就 ~4 起诉"]
breached: [{say: "[[再不还就起诉]]"}, {say: "[[要是不还就起诉]]"}]
clean: [{say: 您好}, {say: 再见}]
"""
RUBRICS = ("disputed", "first-party", "hardship", "third-party")


def problems_of_rule(text: str) -> list[str]:
    source = Source("some-rule.yaml", text)
    read_rule(source)
    return [f"{problem.line}:{problem.column} {problem.message}" for problem in sorted(source.problems)]


def test_a_sound_rule_is_read_without_a_word() -> None:
    assert problems_of_rule(RULE) == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("id: some-rule", "id: other-rule", "1:5 id 是“other-rule”，文件名却是“some-rule”"),
        ("severity: major", "severity: grave", "4:11 没有叫“grave”的轻重"),
        ("hearers: [debtor]", "hearers: [debtr]", "6:11 没有叫“debtr”的听的人"),
        ("how: derived", "how: hearsay", "8:33 没有叫“hearsay”的核实程度"),
        ("{debtor.call}", "{debtor.cal}", "11:15 没有叫“{debtor.cal}”的事实"),
        ("~4 就", "~99 就", "12:18 短语里的“~99”不对：间隔写成 ~0 到 ~20"),
        ("[[再不还就起诉]]", "[[再不还就起诉", "13:18 [[ 没有对应的 ]]"),
        ("[[再不还就起诉]]", "再不还就起诉", "13:18 犯规的例子要用 [[…]] 标出凭据"),
        (", {say: 再见}", "", "14:1 “clean”至少要 2 个例子，只有 1 个"),
        ("why: 这样说不好。", "when: [{fact: clok, is: 1}]\nwhy: 不好", "10:15 没有叫“clok”的事实"),
        (
            "why: 这样说不好。",
            "when: [{fact: hearer, is: debtr}]\nwhy: 不好",
            "10:27 “hearer”没有“debtr”这种情形",
        ),
        (
            "why: 这样说不好。",
            "when: [{fact: standing.visit-arranged, is: 1}]\nwhy: 不好",
            "10:44 “standing.visit-arranged”只有 true 和 false",
        ),
        ("why: 这样说不好。", "when: [{fact: clock, is: 9}]\nwhy: 不好", "10:22 “clock”不能用 is 来比"),
        (
            "why: 这样说不好。",
            'when: [{fact: clock, outside: "8-22"}]\nwhy: 不好',
            "10:31 看不懂这段钟点“8-22”",
        ),
    ],
)
def test_what_is_wrong_with_a_rule_is_said_at_its_place(was: str, becomes: str, said: str) -> None:
    assert was in RULE
    problems = problems_of_rule(RULE.replace(was, becomes, 1))
    assert said in problems, problems


RUBRIC = (ROOT / "scoring" / "rubrics" / "first-party.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("acts: [greet]", "acts: [gret]", "没有叫“gret”的言语行为"),
        ("kind: demand-first", "kind: demand-frist", "没有叫“demand-frist”的检查办法"),
        ("kind: honorific, share: 70", "kind: honorific", "“honorific”还要写“share”"),
        ("kind: honorific, share: 70", "kind: honorific, share: 70, turns: 3", "“honorific”用不上“turns”"),
        ("points: 6", "points: 7", "满分要是偶数，一半才好算"),
        ("id: courtesy", "id: greeting", "“greeting”用了两次，第一次在第 19 行"),
        ("{promise.words}", "{promise.word}", "没有叫“{promise.word}”的事实"),
        ("least: part-within-48h", "least: part-within-24h", "没有叫“part-within-24h”的承诺的档"),
    ],
)
def test_what_is_wrong_with_a_rubric_is_said(was: str, becomes: str, said: str) -> None:
    assert was in RUBRIC
    source = Source("first-party.yaml", RUBRIC.replace(was, becomes, 1))
    assert read_rubric(source) is None
    assert said in [problem.message for problem in source.problems]


def test_shipped_rules_are_sound_and_all_have_examples_of_both_kinds() -> None:
    for rule in rulebook().rules:
        assert len(rule.breached) >= 2
        assert len(rule.clean) >= 2
        assert rule.say_instead
        assert rule.sources


@pytest.mark.parametrize("name", RUBRICS)
def test_shipped_rubrics_are_sound(name: str) -> None:
    found = rubric(name)
    rules = {rule.id for rule in rulebook().rules}
    for criterion in found.criteria:
        assert set(criterion.check.rules) <= rules, criterion.id
    assert set(found.deductions) == set(Severity)
    assert found.fails[Severity.FATAL] == 1


def test_every_check_in_the_vocabulary_can_be_decided() -> None:
    assert set(CHECKS) == set(KINDS)
    assert set(NEEDED) | set(ALLOWED) <= set(CHECKS)


def test_every_check_is_used_by_a_shipped_rubric_or_named_as_spare() -> None:
    used = {criterion.check.kind for name in RUBRICS for criterion in rubric(name).criteria}
    assert set(CHECKS) - used <= {"before"}


def test_schemas_name_every_fact_and_check() -> None:
    assert set(
        rubric_schema()["properties"]["tasks"]["items"]["properties"]["check"]["properties"]["kind"]["enum"]
    ) == set(CHECKS)
    text = str(rule_schema())
    assert all(f"'{name}'" in text for name in FACTS)


def test_the_rulebook_digest_changes_with_any_rule(tmp_path: Path) -> None:
    first = Source("some-rule.yaml", RULE)
    second = Source("some-rule.yaml", RULE.replace("不许这样说", "不要这样说"))
    one, other = read_rule(first), read_rule(second)
    assert one is not None
    assert other is not None
    assert one.digest != other.digest
