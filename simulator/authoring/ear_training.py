"""Trains the linear layer of the ear and finds its thresholds. numpy and scipy are imported inside functions.

One ridge regression per label on binary features, solved exactly through the Gram matrix of the lines (there are far more
features than lines), on one thread, so that a rebuild gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.authoring.ear_files import EarFiles, Labelled
from simulator.dialogue import Channel, HeardAs, Hearer, Severity
from simulator.reading.decide import mixed
from simulator.reading.ear import Phrases, pack, phrases_from_plain, phrases_to_plain, to_bytes
from simulator.reading.features import Setting, ngrams
from simulator.reading.model import ANY_BREACH, NAME, SHIFT

NOW = datetime(
    2026, 11, 23, 10, 0
)  # the moment corpus lines are read at; only features of times depend on it
LEAST_LINES = {1: 2, 2: 2, 3: 3}  # an n-gram of that length seen in fewer lines is left out; never falling
LEAST_LINES_NAMED = (2, 3)  # the same of other features, and of those joined with the hearer
PENALTY = 0.4  # of the mean diagonal of the Gram matrix
TEMPER = 0.7  # how much a line's features are scaled down with their number
CONSTANT = 5.0  # strength of the intercept
UNITS = 60  # threshold units of one step of the regression's answer (from -1 to 1)
WEIGHTS = 2400  # integer weight of one such step
LIGHTEST = 4  # integer weights below this are left out
FLAGGED = 0.012  # share of lawful lines that may be taken for breaches
FLAGGED_FATAL = 0.002  # and for fatal ones without a phrase
MOST_FEATURES = 3000
ACT_EXAMPLES, RULE_EXAMPLES = "acts", "rules"  # the groups of the files' examples
EXAMPLE_WEIGHT = 6.0  # what an example of a rule weighs against a line of the corpus


@dataclass(frozen=True, slots=True)
class Row:
    """One training line: its features, and what it is. `known` limits what was said of it; None means everything."""

    names: frozenset[str]
    backed: frozenset[str]
    yes: frozenset[str]
    unknown: frozenset[str]
    group: str
    known: frozenset[str] | None = None

    def state(self, label: str) -> int:
        """1, 0, or -1 where nobody said."""
        if label in self.yes:
            return 1
        if label in self.unknown or (self.known is not None and label not in self.known):
            return -1
        return 0


@dataclass(frozen=True, slots=True)
class Trained:
    labels: tuple[str, ...]
    bias: tuple[int, ...]
    tempers: tuple[int, ...]
    table: Mapping[str, Sequence[tuple[int, int]]]


def phrase_head(files: EarFiles) -> dict[str, Any]:
    """The phrase layer as plain data."""
    things = sorted([*files.acts.values(), *files.rules.values()], key=lambda thing: thing.id)
    listed = [(thing.id, kept, phrase) for thing in things for phrase, kept in thing.phrases]
    concepts = {**{f"L{name}": [*words] for name, words in files.lexicon.items()}, **files.concepts}
    return phrases_to_plain(listed, concepts, files.masks)


def rule_notes(files: EarFiles, lines: Sequence[Labelled]) -> dict[str, list[Any]]:
    known = {
        rule.id: [rule.severity.value, rule.heard_as.value, sorted(rule.hearers), sorted(rule.channels)]
        for rule in files.rules.values()
    }
    for id in sorted({rule for line in lines for rule in line.breaches}):
        everyone = [sorted(hearer.value for hearer in Hearer), sorted(channel.value for channel in Channel)]
        known.setdefault(id, [Severity.MAJOR.value, HeardAs.BRUSH_OFF.value, *everyone])
    return known


def rows_of_lines(
    phrases: Phrases, lines: Sequence[Labelled], rules: frozenset[str] = frozenset()
) -> list[Row]:
    rows = []
    for line in lines:
        names, backed = _look(phrases, line.text, Setting(line.hearer, line.channel, line.before))
        yes, unknown = {*line.acts, *line.breaches}, set(line.maybe)
        (yes if line.breaches else unknown if unknown & rules else set()).add(ANY_BREACH)
        rows.append(Row(names, backed, frozenset(yes), frozenset(unknown), line.hand))
    return rows


def rows_of_examples(phrases: Phrases, files: EarFiles) -> list[Row]:
    """Examples say something about their own act or rule only; near misses of a rule are clean of all rules."""
    rows = []
    rules = frozenset((*files.rules, ANY_BREACH))
    for thing in (*files.acts.values(), *files.rules.values()):
        for example in thing.examples:
            if example.facts:
                continue
            names, backed = _look(
                phrases, example.text, Setting(example.hearer, example.channel, example.before)
            )
            group = RULE_EXAMPLES if thing.id in rules else ACT_EXAMPLES
            said = {thing.id} if example.holds else set()
            about = rules if thing.id in rules and not example.holds else {thing.id, ANY_BREACH}
            if example.holds and thing.id in rules:
                said.add(ANY_BREACH)
            rows.append(Row(names, backed, frozenset(said), frozenset(), group, frozenset(about)))
    return rows


def _look(phrases: Phrases, text: str, setting: Setting) -> tuple[frozenset[str], frozenset[str]]:
    evidence = phrases.evidence(text, setting, NOW)
    return evidence.names | ngrams(evidence.bones.text), phrases.backed(evidence.hits)


@dataclass(slots=True)
class Gram:
    """The lines as vectors: `matrix` of binary features `names`, `kernel` their tempered inner products."""

    matrix: Any
    names: list[str]
    temper: Any
    kernel: Any
    mean_length: float
    answers: Any


def _least(name: str) -> int:
    return LEAST_LINES_NAMED["&" in name] if name[0] == NAME else LEAST_LINES[len(name)]


def gram(rows: Sequence[Row], labels: Sequence[str]) -> Gram:
    import numpy
    from scipy.sparse import csr_matrix

    counts: dict[str, int] = {}
    for row in rows:
        for name in row.names:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= _least(name))
    index = {name: number for number, name in enumerate(names)}
    places: list[int] = []
    starts = [0]
    for row in rows:
        places.extend(sorted(index[name] for name in row.names if name in index))
        starts.append(len(places))
    matrix = csr_matrix(
        (numpy.ones(len(places), numpy.float32), places, starts), shape=(len(rows), len(names))
    )
    kernel = (matrix @ matrix.T).toarray()
    lengths = numpy.sqrt(numpy.maximum(numpy.diag(kernel), 1.0))
    mean = float(lengths.mean())
    temper = (lengths / mean) ** TEMPER
    kernel /= temper[:, None]
    kernel /= temper[None, :]
    kernel += CONSTANT
    answers = numpy.array([[row.state(label) for label in labels] for row in rows], dtype=numpy.float32)
    return Gram(matrix, names, temper, kernel, mean, answers)


def _targets(data: Gram, chosen: Any) -> Any:
    """What the lines `chosen` should be given, -1 or 1. A line nobody judged pulls towards the label's mean."""
    import numpy

    answers = data.answers[chosen]
    judged = answers >= 0
    means = (answers * judged).sum(0) / numpy.maximum(judged.sum(0), 1)
    return numpy.where(judged, answers, means) * 2 - 1


def factored(data: Gram, rows: Sequence[Row]) -> Any:
    """The penalised kernel's Cholesky factor. Examples of rules weigh more: they are the law that lines go
    by, and say all there is to say of breaches, while an act's example tells of that act alone."""
    import numpy
    import scipy.linalg

    kernel = data.kernel.copy()
    size = kernel.shape[0]
    weights = numpy.array([EXAMPLE_WEIGHT if row.group == RULE_EXAMPLES else 1.0 for row in rows])
    kernel[numpy.diag_indices(size)] += PENALTY * (float(numpy.diag(data.kernel).mean()) - CONSTANT) / weights
    return scipy.linalg.cho_factor(kernel, lower=True, overwrite_a=True, check_finite=False)


def held_out(rows: Sequence[Row], data: Gram, factor: Any, hands: Sequence[str]) -> dict[int, list[int]]:
    """Scores of every corpus line by a model that never saw its hand: all from one inverse, by Schur complement.
    `factor` is used up."""
    import numpy
    import scipy.linalg

    inverse, failed = scipy.linalg.lapack.get_lapack_funcs("potri", [data.kernel])(
        factor[0], lower=True, overwrite_c=True
    )
    if failed:
        raise ArithmeticError("the kernel has no inverse")
    inverse = numpy.tril(inverse) + numpy.tril(inverse, -1).T
    groups = numpy.array([row.group for row in rows])
    found: dict[int, list[int]] = {}
    for hand in hands:
        chosen, held = numpy.flatnonzero(groups != hand), numpy.flatnonzero(groups == hand)
        pull = inverse[numpy.ix_(held, chosen)] @ _targets(data, chosen)
        answers = -scipy.linalg.solve(
            inverse[numpy.ix_(held, held)], pull, assume_a="pos", check_finite=False
        )
        for number, line in zip(held, answers, strict=True):
            found[int(number)] = [int(value) for value in numpy.rint(line * UNITS)]
    return found


def fit(data: Gram, factor: Any, labels: Sequence[str]) -> Trained:
    """The model of all lines, as integers."""
    import numpy
    import scipy.linalg

    everything = numpy.arange(data.kernel.shape[0])
    coefficients = scipy.linalg.cho_solve(factor, _targets(data, everything), check_finite=False)
    weights = data.matrix.T @ (coefficients / data.temper[:, None])
    whole = numpy.clip(numpy.rint(weights * WEIGHTS), -127, 127).astype(int)
    whole[numpy.abs(whole) < LIGHTEST] = 0
    table = {
        data.names[row]: [(int(column), int(whole[row, column])) for column in numpy.flatnonzero(whole[row])]
        for row in range(len(data.names))
    }
    bias = numpy.rint(CONSTANT * coefficients.sum(0) * UNITS).astype(int).tolist()
    lengths = numpy.sqrt(numpy.maximum(numpy.arange(MOST_FEATURES), 1))
    tempers = (
        numpy.rint((1 << SHIFT) * UNITS / WEIGHTS / (lengths / data.mean_length) ** TEMPER)
        .astype(int)
        .tolist()
    )
    return Trained(tuple(labels), tuple(bias), tuple(tempers), table)


def best_threshold(scores: Sequence[int], truth: Sequence[int], default: int = 0) -> int:
    """The score from which on saying yes gives the best F1, drawn a little towards `default`."""
    pairs = sorted(zip(scores, truth, strict=True), reverse=True)
    positives = sum(truth)
    if positives < 3:
        return default
    best, found = -1.0, default
    hit = 0
    for number, (value, true) in enumerate(pairs):
        hit += true
        following = pairs[number + 1][0] if number + 1 < len(pairs) else value - 2
        if following == value:
            continue
        middle = (value + following) // 2 + 1
        quality = 2 * hit / (number + 1 + positives) - 0.0004 * abs(middle - default)
        if quality > best:
            best, found = quality, middle
    return found


def find_thresholds(
    rows: Sequence[Row],
    lines: Sequence[Labelled],
    scores: Mapping[int, list[int]],
    labels: Sequence[str],
    notes: Mapping[str, list[Any]],
) -> dict[str, Any]:
    bare: dict[str, int] = {}
    backed: dict[str, int] = {}
    for column, label in enumerate(labels):
        for target, with_phrase in ((bare, False), (backed, True)):
            known = [
                (line[column], rows[number].state(label))
                for number, line in scores.items()
                if rows[number].state(label) >= 0 and (label in rows[number].backed) == with_phrase
            ]
            if with_phrase and len(known) < 8:
                backed[label] = bare[label] - 5
                continue
            default = -30 if not with_phrase else -35
            target[label] = best_threshold([pair[0] for pair in known], [pair[1] for pair in known], default)
    for label, least in backed.items():  # what speaks for a label cannot make it harder to give
        backed[label] = min(least, bare[label])
    found: dict[str, Any] = {"bare": bare, "backed": backed, "share": 50, "unsure": -10}
    return {**found, **_breach_thresholds(rows, lines, scores, labels, notes, found)}


def _breach_thresholds(
    rows: Sequence[Row],
    lines: Sequence[Labelled],
    scores: Mapping[int, list[int]],
    labels: Sequence[str],
    notes: Mapping[str, list[Any]],
    found: Mapping[str, Any],
) -> dict[str, int]:
    """Where the wanted share of lawful lines is flagged."""
    rules = [(column, label) for column, label in enumerate(labels) if label in notes]
    anything = labels.index(ANY_BREACH)
    weights: list[int] = []
    fatal: list[int] = []
    for number, line in enumerate(lines):
        if rows[number].state(ANY_BREACH) != 0:
            continue
        of = scores[number]
        best = [-999, -999]
        for column, label in rules:
            severity, _, hearers, channels = notes[label]
            if line.hearer.value not in hearers or line.channel.value not in channels:
                continue
            is_backed = label in rows[number].backed
            weight = mixed(
                of[column] - found["backed" if is_backed else "bare"][label], of[anything], found["share"]
            )
            best[0] = max(best[0], weight)
            if severity == "fatal" and not is_backed:
                best[1] = max(best[1], weight)
        weights.append(best[0])
        fatal.append(best[1])
    weights.sort(reverse=True)
    fatal.sort(reverse=True)
    return {
        "breach": weights[int(len(weights) * FLAGGED)],
        "fatal": max(weights[int(len(weights) * FLAGGED)], fatal[int(len(fatal) * FLAGGED_FATAL)]),
    }


@dataclass(slots=True)
class Prepared:
    """Everything between the files and the model, for building and for measuring."""

    lines: list[Labelled]
    phrases: dict[str, Any]
    rows: list[Row]
    labels: list[str]
    notes: dict[str, list[Any]]


def prepare(files: EarFiles, lines: Sequence[Labelled]) -> Prepared:
    phrases = phrase_head(files)
    layer = phrases_from_plain(phrases)
    notes = rule_notes(files, lines)
    rows = [*rows_of_lines(layer, lines, frozenset(notes)), *rows_of_examples(layer, files)]
    return Prepared(list(lines), phrases, rows, sorted({label for row in rows for label in row.yes}), notes)


def build(files: EarFiles, lines: Sequence[Labelled]) -> bytes:
    """The ear file."""
    from threadpoolctl import threadpool_limits

    ready = prepare(files, lines)
    with threadpool_limits(1):
        data = gram(ready.rows, ready.labels)
        factor = factored(data, ready.rows)
        trained = fit(data, factor, ready.labels)
        scores = held_out(ready.rows, data, factor, sorted({line.hand for line in lines}))
    thresholds = find_thresholds(ready.rows, ready.lines, scores, ready.labels, ready.notes)
    kin = [token for token in ready.phrases["kin"] if f"@t{token}" in trained.table]
    head = {"phrases": {**ready.phrases, "kin": kin}, "rules": ready.notes, "thresholds": thresholds}
    return to_bytes(head, pack(trained.labels, trained.bias, trained.tempers, trained.table))
