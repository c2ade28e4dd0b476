"""The vocabulary of a call: plain values that every layer shares. Standard library only.

Offsets are code points into the original text, half open (`text[start:end]`). Money is yuan. Times are naive local
times of the call's place.
"""

from simulator.dialogue.call import Pledge, Transcript, Turn
from simulator.dialogue.case import Case
from simulator.dialogue.reading import Act, AmountMention, Cue, Manner, Reading, TimeMention
from simulator.dialogue.terms import (
    AmountKind,
    Channel,
    HeardAs,
    Hearer,
    Outcome,
    PersonaKind,
    Severity,
    Signal,
    Speaker,
)

__all__ = [
    "Act",
    "AmountKind",
    "AmountMention",
    "Case",
    "Channel",
    "Cue",
    "HeardAs",
    "Hearer",
    "Manner",
    "Outcome",
    "PersonaKind",
    "Pledge",
    "Reading",
    "Severity",
    "Signal",
    "Speaker",
    "TimeMention",
    "Transcript",
    "Turn",
]
