"""The closed sets of the field: who listens, on what channel, how bad, how it ended."""

from enum import StrEnum


class Hearer(StrEnum):
    """Who listens, as far as debt facts are concerned. `DEBTOR` and `JOINTLY_LIABLE` mean verified."""

    DEBTOR = "debtor"
    DEBTOR_UNVERIFIED = "debtor-unverified"
    JOINTLY_LIABLE = "jointly-liable"
    THIRD_PARTY = "third-party"


class PersonaKind(StrEnum):
    DEBTOR = "debtor"
    JOINTLY_LIABLE = "jointly-liable"
    THIRD_PARTY = "third-party"

    def hearer(self, verified: bool) -> Hearer:
        """Who listens when somebody of this kind is on the line."""
        if self is PersonaKind.THIRD_PARTY:
            return Hearer.THIRD_PARTY
        if not verified:
            return Hearer.DEBTOR_UNVERIFIED
        return Hearer.DEBTOR if self is PersonaKind.DEBTOR else Hearer.JOINTLY_LIABLE


class Channel(StrEnum):
    PHONE = "phone"
    SMS = "sms"
    LETTER = "letter"
    VISIT = "visit"


class Severity(StrEnum):
    FATAL = "fatal"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return {"minor": 0, "major": 1, "fatal": 2}[self.value]


class HeardAs(StrEnum):
    """How a breach strikes the one who hears it; personas react to these."""

    THREAT = "threat"
    INSULT = "insult"
    DISCLOSURE = "disclosure"
    FALSEHOOD = "falsehood"
    MONEY = "money"
    BRUSH_OFF = "brush-off"
    PESTERING = "pestering"


class Signal(StrEnum):
    """What a turn is besides its acts; `SILENCE`, `REPETITION` and `WRONG_NAME` are known only within a call."""

    AFFIRM = "affirm"
    DENY = "deny"
    QUESTION = "question"
    FOREIGN = "foreign"
    GARBLED = "garbled"
    LONG = "long"
    NOT_UNDERSTOOD = "not-understood"
    SILENCE = "silence"
    REPETITION = "repetition"
    WRONG_NAME = "wrong-name"


class Speaker(StrEnum):
    COLLECTOR = "collector"
    PERSONA = "persona"


class AmountKind(StrEnum):
    EXACT = "exact"
    PART = "part"
    FULL = "full"


class Outcome(StrEnum):
    PROMISE = "promise"
    PARTIAL = "partial"
    PLAN = "plan"
    VAGUE = "vague"
    REFUSED = "refused"
    DISPUTED = "disputed"
    HUNG_UP = "hung-up"
    MESSAGE_LEFT = "message-left"
    CARED_FOR = "cared-for"
    UNRESOLVED = "unresolved"
