"""What every call of its kind brings, and this persona has nothing to say to but its words for anything."""

from simulator.authoring.lints import PersonaFile
from simulator.authoring.reach import transitions
from simulator.dialogue import PersonaKind

LOOKS_AT = "persona"

# The core tasks of a call (identity, debt, reason, means, commitment, its confirmation, the end) and what a persona
# must feel: kindness, threats, insults, silence. To whom the debt is none of, it is asking for the debtor and the message.
ANYONE = ("close", "silence", "threat", "insult")
WHO_OWES = (
    "verify-identity",
    "state-debt",
    "demand-payment",
    "ask-reason",
    "ask-ability",
    "ask-commitment",
    "confirm-promise",
    "empathize",
)
MUST_HEAR = {
    PersonaKind.DEBTOR: (*WHO_OWES, *ANYONE),
    PersonaKind.JOINTLY_LIABLE: (*WHO_OWES, *ANYONE),
    PersonaKind.THIRD_PARTY: ("self-identify", "ask-for-debtor", "ask-relay", "disclosure", *ANYONE),
}


def check(file: PersonaFile) -> None:
    persona = file.persona
    guards = [*(item.guard for item in transitions(persona)), *(feel.guard for feel in persona.feels)]
    heard = {name for guard in guards for name in guard.hears | guard.along_with}
    missing = [name for name in MUST_HEAR[persona.kind] if name not in heard]
    if missing:
        file.source.report(
            file.key("states"),
            "unanswered-act",
            "这样的电话里一定会听到的，这个角色没有回应：{names}",
            "给每一样写一条转移（hears: …）；只影响心情的，写在 feels 里",
            names="、".join(missing),
        )
