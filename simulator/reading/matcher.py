"""Finds all phrases in a line: one pass for every literal, then each phrase from the token it is looked up by, a rare one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simulator.reading.clauses import FRAME_WORDS, MAX_NEAR, Clause, Frame, clause_at, cut, negations, reports
from simulator.reading.normalise import Folded
from simulator.reading.phrases import SLOTS, Phrase

MAX_OCCURRENCES = 64  # of one token in one line; a line that repeats a word more often is cut off there
_SLOTS = frozenset(SLOTS)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """Phrase number `phrase` stands at `start:end` of the folded text; `dropped` says why it does not count."""

    phrase: int
    start: int
    end: int
    tokens: tuple[Span, ...]
    dropped: str = ""


@dataclass(slots=True)
class Line:
    """One line under analysis."""

    folded: Folded
    slots: Mapping[str, Sequence[Span]]
    clauses: tuple[Clause, ...] = ()
    sentences: tuple[Span, ...] = ()
    words: dict[str, list[Span]] = field(default_factory=dict)
    strong: list[Frame] = field(default_factory=list)
    near: list[Frame] = field(default_factory=list)
    reported: list[Frame] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.folded.text


class Literals:
    """A set of words, all found in one pass by their first two characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._long: dict[str, list[str]] = {}
        self._short: set[str] = set()
        for word in sorted(set(words)):
            if len(word) == 1:
                self._short.add(word)
            elif word:
                self._long.setdefault(word[:2], []).append(word)

    def find(self, text: str) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        short = self._short
        heads = map(self._long.get, map(str.__add__, text, text[1:] + " "))
        for place, words in enumerate(heads):
            if text[place] in short:
                found.setdefault(text[place], []).append((place, place + 1))
            if words is not None:
                for word in words:
                    if text.startswith(word, place):
                        found.setdefault(word, []).append((place, place + len(word)))
        return found


class Matcher:
    """Many phrases. `kept[i]` says that phrase i counts even where it is negated, `anchors[i]` which of its tokens it is
    looked up by (by the looks of the tokens where nobody counted how usual they are)."""

    def __init__(
        self,
        phrases: Sequence[Phrase],
        kept: Sequence[bool],
        more_words: Iterable[str] = (),
        anchors: Sequence[int] | None = None,
    ) -> None:
        self.phrases = tuple(phrases)
        self.kept = tuple(kept)
        # tokens by identity: phrases share them, and hashing them takes long
        shared: dict[int, tuple[str, ...]] = {}
        for phrase in phrases:
            shared.update((id(token), token) for token in phrase.tokens)
        ids = {key: number for number, key in enumerate(shared)}
        self._sets = [frozenset(token) for token in shared.values()]  # the alternatives of each token
        if anchors is None:
            costs = {token: _cost(shared[token]) for token in shared}
            anchors = [_cheapest([costs[id(token)] for token in phrase.tokens]) for phrase in phrases]
        words = frozenset(more_words).union(*self._sets, *(phrase.absent for phrase in phrases))
        self._literals = Literals((words - _SLOTS) | FRAME_WORDS)
        tokens_of: list[tuple[int, ...]] = []
        others: list[tuple[frozenset[str], ...]] = []
        self._by_anchor: dict[str, list[int]] = {}
        for number, phrase in enumerate(phrases):
            tokens = tuple([ids[id(token)] for token in phrase.tokens])
            tokens_of.append(tokens)
            anchor = anchors[number]
            others.append(tuple([self._sets[token] for index, token in enumerate(tokens) if index != anchor]))
            for word in phrase.tokens[anchor]:
                self._by_anchor.setdefault(word, []).append(number)
        self._tokens = tuple(tokens_of)
        self._others = tuple(others)  # of each phrase, the tokens it is not looked up by

    def look(self, folded: Folded, slots: Mapping[str, Sequence[Span]]) -> Line:
        """The line with its clauses, words and frames found."""
        text = folded.text
        clauses, sentences = cut(text)
        words = self._literals.find(text)
        strong, near = negations(words)
        return Line(folded, slots, clauses, sentences, words, strong, near, reports(words))

    def match(self, line: Line) -> list[Hit]:
        numbers: set[int] = set()
        for word in line.words:
            numbers.update(self._by_anchor.get(word, ()))
        for slot in SLOTS:
            if line.slots.get(slot):
                numbers.update(self._by_anchor.get(slot, ()))
        present = frozenset((*line.words, *(slot for slot in SLOTS if line.slots.get(slot))))
        places: dict[int, list[Span]] = {}
        hits: list[Hit] = []
        for number in sorted(numbers):
            for alternatives in self._others[number]:
                if present.isdisjoint(alternatives):
                    break
            else:
                hits.extend(self._hits(number, line, present, places))
        return hits

    def _hits(
        self, number: int, line: Line, present: frozenset[str], known: dict[int, list[Span]]
    ) -> list[Hit]:
        """`known` keeps the places of the tokens met so far."""
        phrase = self.phrases[number]
        occurrences = []
        for token in self._tokens[number]:
            if token not in known:
                known[token] = self._places(present & self._sets[token], line)
            occurrences.append(known[token])
        found: list[Hit] = []
        taken: set[int] = set()
        for chain in _chains(occurrences, phrase.gaps):
            sentence = _holding(line.sentences, chain[0][0])
            if sentence is None or chain[-1][1] > line.sentences[sentence][1] or sentence in taken:
                continue
            if (phrase.at_start or phrase.at_end) and not self._tied(phrase, chain, line):
                continue
            if phrase.absent and self._absent(phrase, line, line.sentences[sentence]):
                continue
            reason = "" if self.kept[number] else _dropped(chain, phrase, line)
            if not reason:
                taken.add(sentence)
            found.append(Hit(number, chain[0][0], chain[-1][1], chain, reason))
        return found

    @staticmethod
    def _places(token: Iterable[str], line: Line) -> list[Span]:
        places: list[Span] = []
        for word in token:
            source = line.slots if word in SLOTS else line.words
            places.extend(source.get(word, ()))
        return sorted(set(places))[:MAX_OCCURRENCES] if len(places) > 1 else places

    @staticmethod
    def _absent(phrase: Phrase, line: Line, sentence: Span) -> bool:
        return any(
            sentence[0] <= start and end <= sentence[1]
            for word in phrase.absent
            for start, end in line.words.get(word, ())
        )

    @staticmethod
    def _tied(phrase: Phrase, chain: tuple[Span, ...], line: Line) -> bool:
        if phrase.at_start:
            clause = line.clauses[clause_at(line.clauses, chain[0][0])]
            if line.text[clause.start : chain[0][0]].strip("\"' ()[]【】《》"):
                return False
        if phrase.at_end:
            clause = line.clauses[clause_at(line.clauses, chain[-1][0])]
            if line.text[chain[-1][1] : clause.end].strip("\"' ()[]吧呢啊呀哈嘛吗么哦噢啦咯了的喽哟"):
                return False
        return True


def _cheapest(costs: Sequence[tuple[bool, float]]) -> int:
    return costs.index(min(costs))


def _cost(token: tuple[str, ...]) -> tuple[bool, float]:
    """What it costs to start from this token: the best has no slots, few alternatives, long words."""
    return (not _SLOTS.isdisjoint(token), sum([4.0 ** -len(word) for word in token]))


def _chains(occurrences: list[list[Span]], gaps: tuple[int, ...]) -> list[tuple[Span, ...]]:
    """For each place of the last token the tightest way to it, in order of place."""
    chains: list[tuple[Span, ...]] = [(span,) for span in occurrences[0]]
    for places, gap in zip(occurrences[1:], gaps, strict=True):
        longer: list[tuple[Span, ...]] = []
        for span in places:
            best: tuple[Span, ...] | None = None
            for chain in chains:
                between = span[0] - chain[-1][1]
                if 0 <= between <= gap and (best is None or chain[-1] > best[-1]):
                    best = chain
            if best is not None:
                longer.append((*best, span))
        chains = longer
        if not chains:
            return []
    return chains


def _holding(sentences: tuple[Span, ...], place: int) -> int | None:
    for number, (start, end) in enumerate(sentences):
        if start <= place < end:
            return number
    return None


def _dropped(chain: tuple[Span, ...], phrase: Phrase, line: Line) -> str:
    """Why the match does not count: it is denied, or reported of somebody else's words."""
    first, last = chain[0], chain[-1]
    clause = line.clauses[clause_at(line.clauses, first[0])]
    begin = clause.start
    for frame in line.strong:
        if begin <= frame.start and frame.end <= last[0] and not _inside(frame, chain):
            return f"否定：{frame.word}"
    for frame in line.near:
        if first[0] - MAX_NEAR < frame.end <= first[0] and frame.start >= begin and not _inside(frame, chain):
            return f"否定：{frame.word}"
    for frame in line.reported:
        if begin <= frame.start and frame.end <= first[0] and not _inside(frame, chain):
            return f"转述：{frame.word}"
    return ""


def _inside(frame: Frame, chain: tuple[Span, ...]) -> bool:
    return any(start <= frame.start and frame.end <= end for start, end in chain) or any(
        frame.start < end and start < frame.end for start, end in chain
    )
