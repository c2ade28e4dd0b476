"""A name that does not exist leads to the one that was meant: by spelling, by sound, by its Chinese title."""

import pytest

from simulator.authoring.library import Library
from simulator.authoring.names import nearest
from simulator.authoring.persona_shape import hearable_names

HEARABLE = hearable_names(Library().heard)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("verify-identiy", "verify-identity"),
        ("verify_identity", "verify-identity"),
        ("VerifyIdentity", "verify-identity"),
        ("核实身份", "verify-identity"),
        ("heshishenfen", "verify-identity"),
        ("hesishenfen", "verify-identity"),
        ("问原因", "ask-reason"),
        ("要求还款", "demand-payment"),
        ("威胁", "threat"),
        ("威协", "threat"),
        ("不作声", "silence"),
    ],
)
def test_what_a_persona_may_hear_is_found_however_it_is_typed(typed: str, meant: str) -> None:
    assert nearest(typed, HEARABLE)[0] == meant


@pytest.mark.parametrize(
    ("typed", "names", "meant"),
    [
        ("verifed", {"verified": "", "greeting": ""}, "verified"),
        ("失败", {"shibai": "", "chenggong": ""}, "shibai"),
        ("shibai", {"失败": "", "成功": ""}, "失败"),
        ("认了本人", {"verified": "认了本人，还没谈钱", "greeting": "刚接起来"}, "verified"),
        ("信任", {"trust": "", "patience": ""}, "trust"),
    ],
)
def test_an_authors_own_names_are_found_too(typed: str, names: dict[str, str], meant: str) -> None:
    assert nearest(typed, names) == [meant]


@pytest.mark.parametrize("typed", ["", "zzzzzz", "天气不错"])
def test_what_is_like_nothing_leads_nowhere(typed: str) -> None:
    assert nearest(typed, HEARABLE) == []
