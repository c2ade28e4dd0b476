"""Rules of conduct as frozen content: what breaches them, where they come from, and since when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from simulator.dialogue import Channel, HeardAs, Hearer, Severity
from simulator.reading.phrases import Phrase

GROUPS = ("third-parties", "identity", "dignity", "truth", "process", "writing")
MENDS = ("replace", "leave-out", "whole")
HOW_VERIFIED = ("full", "reported", "machine-translated", "memory", "derived")


@dataclass(frozen=True, slots=True)
class Source:
    """What a rule rests on. `how` says how far its wording was seen (see `HOW_VERIFIED`); `since` and `until` are
    the first and last day in force, None where unknown or open."""

    document: str
    how: str
    article: str | None = None
    since: date | None = None
    until: date | None = None
    note: str | None = None

    def in_force(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Condition:
    """A claim about one fact of the call. `test` is `is`, `at-least`, `below`, `outside` or `within`; the value of the
    last two is a span of the day, `22:00-08:00` running over midnight. It holds only where all of `also` do, and where
    the sentence in question has the words of `saying`."""

    fact: str
    test: str
    value: str | int | bool
    saying: Phrase | None = None
    also: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Rise:
    """The severity becomes `to` where all of `when` hold."""

    to: Severity
    when: tuple[Condition, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Example:
    """Words that breach the rule (`spans`, half open, show it) or stay clean (no spans)."""

    text: str
    spans: tuple[tuple[int, int], ...]
    hearer: Hearer
    channel: Channel
    before: str | None = None
    facts: tuple[tuple[str, str | int | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Rewording:
    """A lawful counterpart, for these hearers, where all of `when` hold. With `meets` it takes the place of the clause
    that phrase is found in, but for a condition at its head; where it `joins`, of no more than the words found, to the
    end of their clause. Without `meets` it is a sentence of its own."""

    say: str
    meets: Phrase | None
    hearers: frozenset[Hearer]
    when: tuple[Condition, ...] = ()
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Words heard as a cue of it are a breach where every one of `when` holds and none of `unless`; where one
    of `human_when` holds, a human must settle it. `shown_by_facts` breach it without a word. `needs_human` are phrases
    no machine should settle. `mend` says what makes a sentence right again: `replace` the words, `leave-out` (words that
    only press or hurt need no counterpart), or say something else as a `whole`."""

    id: str
    title: str
    group: str
    severity: Severity
    heard_as: HeardAs
    hearers: frozenset[Hearer]
    channels: frozenset[Channel]
    rule: str
    why: str
    say_instead: tuple[str, ...]
    sources: tuple[Source, ...]
    rises: tuple[Rise, ...] = ()
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    shown_by_facts: tuple[Condition, ...] = ()
    phrases: tuple[tuple[Phrase, bool], ...] = ()
    needs_human: tuple[Phrase, ...] = ()
    human_when: tuple[Condition, ...] = ()
    instead: tuple[Rewording, ...] = ()
    mend: str = "replace"
    breached: tuple[Example, ...] = ()
    clean: tuple[Example, ...] = ()
    digest: str = ""

    def in_force(self, day: date) -> bool:
        """A rule holds as long as one thing it rests on does."""
        return any(source.in_force(day) for source in self.sources)

    def applies(self, hearer: Hearer, channel: Channel) -> bool:
        return hearer in self.hearers and channel in self.channels


@dataclass(frozen=True, eq=False)
class Rulebook:
    """A dated set of rules; a call is judged by those in force on its own day. Two of the same digest are the same."""

    id: str
    rules: tuple[Rule, ...]

    def in_force(self, day: date) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules if rule.in_force(day)}

    @cached_property
    def digest(self) -> str:
        """sha256 over the digests of the rules' files, in the order of their ids."""
        parts = "\n".join(f"{rule.id} {rule.digest}" for rule in sorted(self.rules, key=lambda rule: rule.id))
        return hashlib.sha256(parts.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rulebook) and (self.id, self.digest) == (other.id, other.digest)

    def __hash__(self) -> int:
        return hash((self.id, self.digest))
