"""Reads what the ear is made of: act files, the phrases and examples of rule files, word lists, disguises, the corpus."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from simulator.authoring.ear_words import by_sound
from simulator.authoring.marked import Mark, Node, Source, parse
from simulator.authoring.shapes import BAD, PLACE, ListOf, MapOf, Name, Record, Text, may, need
from simulator.dialogue import Channel, HeardAs, Hearer, Severity
from simulator.errors import ContentError, Diagnostic
from simulator.reading.normalise import fold
from simulator.reading.phrases import Phrase, PhraseError, compile_phrase

ACTS = "simulator/reading/acts"
RULES = "scoring/rulebooks/cn"
READING = "simulator/reading"
CORPUS = "simulator/reading/corpus"
OPEN, SHUT = "[[", "]]"
HEARERS = [hearer.value for hearer in Hearer]
CHANNELS = [channel.value for channel in Channel]


@dataclass(frozen=True, slots=True)
class Example:
    """A line of an act or rule file. `marks` are the spans of `[[…]]` in `text`, which has the brackets taken out.

    `holds` says whether the line does the act or breaches the rule `of`.
    """

    of: str
    text: str
    holds: bool
    marks: tuple[tuple[int, int], ...] = ()
    hearer: Hearer = Hearer.DEBTOR
    channel: Channel = Channel.PHONE
    before: str = ""
    facts: bool = False
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class HeardThing:
    """An act or a rule as the ear knows it. `phrases` with whether each counts even when negated."""

    id: str
    phrases: tuple[tuple[Phrase, bool], ...]
    examples: tuple[Example, ...]
    needs_human: tuple[Phrase, ...] = ()
    severity: Severity = Severity.MAJOR
    heard_as: HeardAs = HeardAs.BRUSH_OFF
    hearers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Labelled:
    """One line of the corpus."""

    id: str
    hand: str
    text: str
    hearer: Hearer
    channel: Channel
    acts: tuple[str, ...]
    breaches: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    before: str = ""
    twin_of: str = ""


@dataclass(slots=True)
class EarFiles:
    """All that was read, and all that was wrong with it."""

    acts: dict[str, HeardThing] = field(default_factory=dict)
    rules: dict[str, HeardThing] = field(default_factory=dict)
    lexicon: dict[str, list[str]] = field(default_factory=dict)
    concepts: dict[str, list[str]] = field(default_factory=dict)
    masks: dict[str, Any] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def check(self) -> None:
        """Raises ContentError where a file is wrong."""
        wrong = [problem for problem in self.problems if problem.severity == "error"]
        if wrong:
            raise ContentError(wrong)

    def without_words(self) -> EarFiles:
        """The same examples without phrases, word lists and concepts."""

        def bare(things: dict[str, HeardThing]) -> dict[str, HeardThing]:
            return {id: replace(thing, phrases=()) for id, thing in things.items()}

        return EarFiles(bare(self.acts), bare(self.rules), masks=self.masks)


def read_ear_files(root: Path) -> EarFiles:
    """Everything below the project's root `root`; problems are collected, not raised."""
    found = EarFiles()
    found.lexicon = _read_lists(root / READING / "lexicon.yaml", root, found)
    found.concepts = {
        name: _expand(words, found.lexicon)
        for name, words in _read_lists(root / READING / "concepts.yaml", root, found).items()
    }
    found.masks = _read_masks(root / READING / "disguises.yaml", root, found)
    for path in sorted((root / ACTS).glob("*.yaml")):
        thing = _read_thing(path, root, found, _act_shape(), "said", "not-said")
        if thing:
            found.acts[thing.id] = thing
    for path in sorted((root / RULES).glob("*.yaml")):
        thing = _read_thing(path, root, found, None, "breached", "clean")
        if thing:
            found.rules[thing.id] = thing
    return found


def _open(path: Path, root: Path) -> Source:
    return Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def _read_lists(path: Path, root: Path, found: EarFiles) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    source = _open(path, root)
    node = parse(source)
    values = MapOf(ListOf(Text())).read(node, source) if node else {}
    found.problems.extend(source.problems)
    return dict(values) if values is not BAD else {}


def _expand(words: list[str], lexicon: Mapping[str, list[str]]) -> list[str]:
    """The words of a concept; `{list}` stands for a list of the lexicon."""
    whole: list[str] = []
    for word in words:
        whole.extend(lexicon.get(word[1:-1], ()) if word.startswith("{") else [word])
    return [folded for folded in dict.fromkeys(fold(word).text for word in whole) if folded]


def _read_masks(path: Path, root: Path, found: EarFiles) -> dict[str, Any]:
    source = _open(path, root)
    node = parse(source)
    shape = Record(
        {"words": need(ListOf(Text())), "aliases": need(MapOf(Text())), "ordinary": need(ListOf(Text()))}
    )
    values: Any = shape.read(node, source) if node else BAD
    found.problems.extend(source.problems)
    if values is BAD:
        return {"words": {}, "aliases": {}, "ordinary": []}
    words = by_sound(dict.fromkeys(values["words"]))
    aliases = dict(sorted(values["aliases"].items()))
    return {"words": words, "aliases": aliases, "ordinary": sorted(values["ordinary"])}


def _act_shape() -> Record:
    texts = ListOf(Text())
    return Record(
        {
            "id": need(Text()),
            "title": need(Text()),
            "about": need(Text()),
            "not-it": may(Text()),
            "phrases": need(texts),
            "phrases-kept-when-negated": may(texts),
            "said": need(texts),
            "not-said": need(texts),
        }
    )


def _read_thing(
    path: Path, root: Path, found: EarFiles, shape: Record | None, yes: str, no: str
) -> HeardThing | None:
    source = _open(path, root)
    node = parse(source)
    if node is None or not isinstance(node.value, dict):
        found.problems.extend(source.problems)
        return None
    if shape is not None:
        shape.read(node, source)
    hearers = _names(node, "hearers", "听的人", HEARERS, source)
    channels = _names(node, "channels", "渠道", CHANNELS, source)
    id = str(node.value["id"].value) if "id" in node.value else source.stem
    if id != source.stem:
        source.report(
            node.value["id"].mark, "wrong-id", f"文件叫“{source.stem}”，里面写的是“{id}”", "两处写成一样"
        )
    phrases = [(phrase, False) for phrase in _phrases(node, "phrases", found, source)]
    phrases += [(phrase, True) for phrase in _phrases(node, "phrases-kept-when-negated", found, source)]
    examples = [
        example
        for key, holds in ((yes, True), (no, False))
        for example in _examples(
            node, key, holds, id, hearers or HEARERS[:1], channels or CHANNELS[:1], source
        )
    ]
    thing = HeardThing(
        id,
        tuple(phrases),
        tuple(examples),
        tuple(_phrases(node, "needs-human", found, source)),
        Severity(_one(node, "severity", "轻重", [item.value for item in Severity], source) or "major"),
        HeardAs(_one(node, "heard-as", "听起来像", [item.value for item in HeardAs], source) or "brush-off"),
        tuple(hearers),
        tuple(channels),
    )
    found.problems.extend(source.problems)
    return thing


def _one(node: Node, key: str, what: str, names: list[str], source: Source) -> str:
    child = node.value.get(key)
    value = Name(what, names).read(child, source) if child is not None else BAD
    return "" if value is BAD else str(value)


def _names(node: Node, key: str, what: str, names: list[str], source: Source) -> list[str]:
    child = node.value.get(key)
    value: Any = ListOf(Name(what, names), or_one=True).read(child, source) if child is not None else BAD
    return [] if value is BAD else list(value)


def _phrases(node: Node, key: str, found: EarFiles, source: Source) -> Iterator[Phrase]:
    child = node.value.get(key)
    if child is None or not isinstance(child.value, list):
        return
    for item in child:
        if not isinstance(item.value, str):
            source.report(item.mark, "wrong-type", "短语要是一句话（文字），请用引号括起来")
            continue
        try:
            yield compile_phrase(item.value, found.lexicon)
        except PhraseError as error:
            mark = Mark(item.mark.line, item.mark.column + 1 + error.place, error.width)
            source.report(mark, "bad-phrase", error.message, error.help)


def _examples(
    node: Node, key: str, holds: bool, id: str, hearers: list[str], channels: list[str], source: Source
) -> Iterator[Example]:
    child = node.value.get(key)
    if child is None or not isinstance(child.value, list):
        return
    for item in child:
        fields: dict[str, Any] = {}
        if isinstance(item.value, dict):
            fields = {name: value.value for name, value in item.value.items()}
        elif isinstance(item.value, str):
            fields = {"say": item.value}
        if not isinstance(fields.get("say"), str):
            source.report(item.mark, "bad-example", "例句要有“say”，写一句话")
            continue
        try:
            text, marks = unmark(fields["say"])
            hearer, channel = (
                Hearer(fields.get("hearer", hearers[0])),
                Channel(fields.get("channel", channels[0])),
            )
        except ValueError as error:
            source.report(item.mark, "bad-example", f"例句不对：{error}")
            continue
        before = str(fields.get("before") or "")
        yield Example(
            id, text, holds, marks, hearer, channel, before, "facts" in fields, source.path, item.mark.line
        )


def unmark(said: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words without `[[…]]`, and the spans that were marked. Raises ValueError where the marks do not pair."""
    text, marks, rest = "", [], said
    while OPEN in rest:
        before, _, rest = rest.partition(OPEN)
        inside, shut, rest = rest.partition(SHUT)
        if not shut:
            raise ValueError("[[ 没有对应的 ]]")
        text += before
        marks.append((len(text), len(text) + len(inside)))
        text += inside
    if SHUT in rest:
        raise ValueError("]] 没有对应的 [[")
    return text + rest, tuple(marks)


def read_hand(path: Path) -> Iterator[Labelled]:
    """The lines of one hand of the corpus. Raises ValueError with the line number on a line that is not one."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            yield Labelled(
                data["id"],
                path.stem,
                data["text"],
                Hearer(data.get("hearer", "debtor")),
                Channel(data.get("channel", "phone")),
                tuple(data["acts"]),
                tuple(data["breaches"]),
                tuple(data.get("maybe", ())),
                data.get("before") or "",
                data.get("twin_of") or "",
            )
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error


def read_corpus(folder: Path) -> list[Labelled]:
    """All hands of a folder, in the order of their names."""
    return [line for path in sorted(folder.glob("*.jsonl")) for line in read_hand(path)]


__all__ = [
    "PLACE",
    "EarFiles",
    "Example",
    "HeardThing",
    "Labelled",
    "read_corpus",
    "read_ear_files",
    "read_hand",
    "unmark",
]
