"""What there is to say of a diagnostic, a rule, a dialogue act or a criterion, as headed paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from scoring.rubric import Criterion
from scoring.rulebook import Rule
from simulator.authoring.diagnostics import Page, ids, page
from simulator.authoring.ear_files import unmark
from simulator.authoring.library import SHIPPED, SUFFIX, Library, read_source
from simulator.authoring.marked import Node, parse
from simulator.authoring.names import Titled, nearest
from simulator.errors import UnknownNameError

EXAMPLES = 6
HEADS = {
    "zh": {
        "diagnostic": "诊断",
        "rule": "规则",
        "act": "言语行为",
        "criterion": "评分项",
        "checks": "看什么",
        "why": "为什么",
        "says": "怎么说",
        "cures": "怎么改",
        "broken": "这样不行",
        "mended": "这样就好",
        "sources": "依据",
        "instead": "换成这样说",
        "breached": "犯规的例子",
        "clean": "像、但没犯规",
        "not-it": "不是它",
        "said": "例子",
        "not-said": "不是它的例子",
        "points": "分值",
        "fatal": "红线",
        "major": "严重",
        "minor": "轻微",
        "error": "错误",
        "warning": "提醒",
    },
    "en": {
        "diagnostic": "diagnostic",
        "rule": "rule",
        "act": "dialogue act",
        "criterion": "criterion",
        "checks": "What it checks",
        "why": "Why",
        "says": "What it says",
        "cures": "Cures",
        "broken": "Not so",
        "mended": "But so",
        "sources": "Sources",
        "instead": "Say instead",
        "breached": "Breaches",
        "clean": "Alike, and no breach",
        "not-it": "Not it",
        "said": "Examples",
        "not-said": "Examples that are not it",
        "points": "Points",
        "fatal": "fatal",
        "major": "major",
        "minor": "minor",
        "error": "error",
        "warning": "warning",
    },
}


@dataclass(frozen=True, slots=True)
class Explained:
    """`paragraphs` are heads with their lines."""

    title: str
    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]


def explain(id: str, library: Library, language: str) -> list[Explained]:
    """Everything that is called `id`, or has that title. Raises UnknownNameError with what comes nearest."""
    heads = HEADS[language]
    known = Titled(
        (*ids(), *library.rule_ids(), *library.act_ids(), *(item.id for _, item in _criteria(library))),
        lambda: _titles(library),
    )
    names = [id] if id in known else [name for name, title in known.items() if title == id]
    found = [explained for name in names for explained in _all(name, library, heads, language)]
    if not found:
        raise UnknownNameError("诊断、规则、言语行为或评分项", id, nearest(id, known))
    return found


def _titles(library: Library) -> dict[str, str]:
    criteria = {item.id: item.title for _, item in _criteria(library)}
    diagnostics = {id: page(id).title.zh for id in ids()}
    return {**criteria, **diagnostics, **library.rule_titles(), **library.act_titles()}


def _all(name: str, library: Library, heads: dict[str, str], language: str) -> Iterator[Explained]:
    if name in ids():
        yield _diagnostic(page(name), heads, language)
    if name in library.rule_ids():
        for book in library.rulebook_ids():
            for rule in library.rulebook(book).rules:
                if rule.id == name:
                    yield _rule(rule, heads)
    if name in library.act_ids():
        yield _act(name, heads)
    for rubric, criterion in _criteria(library):
        if criterion.id == name:
            yield _criterion(criterion, rubric, heads)


def _criteria(library: Library) -> list[tuple[str, Criterion]]:
    rubrics = [library.rubric(name) for name in library.rubric_ids()]
    return [(rubric.title, item) for rubric in rubrics for item in (*rubric.etiquette, *rubric.tasks)]


def _made(title: str, *paragraphs: tuple[str, Sequence[str]]) -> Explained:
    return Explained(title, tuple((head, tuple(lines)) for head, lines in paragraphs if lines))


def _diagnostic(known: Page, heads: dict[str, str], language: str) -> Explained:
    example = known.example
    return _made(
        f"{heads['diagnostic']} {known.id}（{heads[known.severity]}）：{known.title.said(language)}",
        (heads["checks"], [known.checks.said(language)]),
        (heads["why"], [known.why.said(language)]),
        (heads["says"], [shown(wording.said(language)) for wording in known.messages]),
        (heads["cures"], [shown(wording.said(language)) for wording in known.cures]),
        (heads["broken"], [dedent(example.broken)] if example else []),
        (heads["mended"], [dedent(example.mended)] if example and example.mended else []),
    )


def shown(template: str) -> str:
    """A template for people to read: its values stay as they are named, its doubled braces are single."""
    return template.replace("{{", "{").replace("}}", "}")


def _rule(rule: Rule, heads: dict[str, str]) -> Explained:
    sources = [
        " ".join(filter(None, (origin.document, origin.article, origin.note))) for origin in rule.sources
    ]
    return _made(
        f"{heads['rule']} {rule.id}（{heads[rule.severity.value]}）：{rule.title}",
        (heads["checks"], [rule.rule]),
        (heads["why"], [rule.why]),
        (heads["instead"], rule.say_instead),
        (heads["breached"], [example.text for example in rule.breached]),
        (heads["clean"], [example.text for example in rule.clean]),
        (heads["sources"], sources),
    )


def _act(name: str, heads: dict[str, str]) -> Explained:
    root = parse(read_source(SHIPPED / "simulator" / "reading" / "acts" / f"{name}{SUFFIX}"))
    assert root is not None  # the ear was built from it
    return _made(
        f"{heads['act']} {name}：{root.value['title'].value}",
        (heads["checks"], _words(root, "about")),
        (heads["not-it"], _words(root, "not-it")),
        (heads["said"], [unmark(line)[0] for line in _words(root, "said")[:EXAMPLES]]),
        (heads["not-said"], _words(root, "not-said")[:EXAMPLES]),
    )


def _words(root: Node, key: str) -> list[str]:
    node = root.value.get(key)
    if node is None:
        return []
    return [str(item.value) for item in node] if isinstance(node.value, list) else [str(node.value)]


def _criterion(criterion: Criterion, rubric: str, heads: dict[str, str]) -> Explained:
    return _made(
        f"{heads['criterion']} {criterion.id}：{criterion.title}（{rubric}）",
        (heads["why"], [criterion.why]),
        (heads["points"], [str(criterion.points)]),
        (heads["instead"], criterion.wording.say if criterion.wording else ()),
    )
