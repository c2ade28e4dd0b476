"""The persona as frozen content: states, transitions, guards and effects. Nothing here moves during a call."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.dialogue.terms import Outcome, PersonaKind

DISPOSITION_MIN, DISPOSITION_MAX = 0, 10

AMOUNT_CLASSES = ("none", "some", "within", "beyond", "full")
TIME_CLASSES = ("none", "today", "within-48h", "later")
ECHOES = ("matches", "differs")


@dataclass(frozen=True, slots=True)
class Bound:
    """An inclusive range of a disposition's number."""

    low: int = DISPOSITION_MIN
    high: int = DISPOSITION_MAX

    def admits(self, value: int) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Guard:
    """What must hold for a transition. Every part left empty holds always.

    `hears`: at least one of these (act ids, rule ids, signals, ways a breach is felt); `along_with`: all of these;
    `without`: none of these. `amount` and `time` are classes of what the trainee named (see `AMOUNT_CLASSES`,
    `TIME_CLASSES`); `echo` compares it with the pledges in force; `after` is what the persona asked last.
    """

    hears: frozenset[str] = frozenset()
    along_with: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    feeling: tuple[tuple[str, Bound], ...] = ()
    remembers: frozenset[str] = frozenset()
    not_yet: frozenset[str] = frozenset()
    amount: frozenset[str] = frozenset()
    time: frozenset[str] = frozenset()
    echo: str | None = None
    verified: bool | None = None
    after: frozenset[str] = frozenset()
    pledged: bool | None = None


@dataclass(frozen=True, slots=True)
class PledgeTerms:
    """What is promised: `amount` and `due` name a means of the case, or `said` (the trainee's own figure or time),
    `total`, `rest`; `due` None is a vague word."""

    amount: str | None
    due: str | None
    method: str | None = None
    source: str | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """What a transition changes. `asks` is what the persona wants to know by this line."""

    feeling: tuple[tuple[str, int], ...] = ()
    remember: frozenset[str] = frozenset()
    forget: frozenset[str] = frozenset()
    pledges: tuple[PledgeTerms, ...] = ()
    withdraw: bool = False
    verify: bool = False
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One wording; `id` stands for its text, so that the same words are never said twice wherever they are written."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Transition:
    """`to` None stays in the state; `once` fires a single time in a call; no `say` is not allowed."""

    id: str
    guard: Guard
    say: tuple[Line, ...]
    effect: Effect = field(default_factory=Effect)
    to: str | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Feel:
    """How the persona takes something, whatever the state: changes of disposition, and a murmur before the reply."""

    guard: Guard
    feeling: tuple[tuple[str, int], ...]
    lead: tuple[Line, ...] = ()
    once: bool = False
    id: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """`final` ends the call with that outcome; `by_pledge` ends it with what was pledged; `left` is the outcome when
    the trainee hangs up here (None: by pledge)."""

    id: str
    about: str
    transitions: tuple[Transition, ...] = ()
    final: Outcome | None = None
    by_pledge: bool = False
    left: Outcome | None = None

    @property
    def is_final(self) -> bool:
        return self.final is not None or self.by_pledge


@dataclass(frozen=True, slots=True)
class Persona:
    """Who may be on the line. `needs` are the means that a scenario must supply, each `yuan` or `instant`; `gives_up`
    are last words for a call in which everything fitting has already been said: it ends there."""

    id: str
    title: str
    kind: PersonaKind
    about: str
    voice: str
    disposition: tuple[tuple[str, int], ...]
    memory: frozenset[str]
    needs: tuple[tuple[str, str], ...]
    opens: tuple[Line, ...]
    gives_up: tuple[Line, ...]
    start: str
    feels: tuple[Feel, ...]
    always: tuple[Transition, ...]
    otherwise: tuple[Transition, ...]
    states: tuple[State, ...]
    digest: str = ""

    def state(self, name: str) -> State:
        return next(state for state in self.states if state.id == name)
