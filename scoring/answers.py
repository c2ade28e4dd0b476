"""What answers a question of the persona: for each word that a persona's `asks` may have, the acts that answer it.

A question that is only put in the persona's words, with no `asks`, is answered by any act at all. A new word in a
persona needs a line here.
"""

from __future__ import annotations

MONEY = ("demand-payment", "ask-commitment", "offer-partial", "offer-plan", "confirm-promise", "refuse-delay")
WAYS = (
    "offer-plan", "offer-partial", "offer-channel", "suggest-funds", "offer-help", "ask-ability", "ask-plan",
    "ask-other-source", "ask-commitment", "demand-payment", "confirm-promise", "offer-check", "announce-followup",
)  # fmt: skip
STAKES = (
    "warn-cost",
    "warn-credit",
    "warn-service",
    "warn-legal",
    "state-benefit",
    "explain-fees",
    "remind-obligation",
)
PRIVATE = (
    "withhold-details",
    "assure-privacy",
    "ask-relay",
    "ask-contact",
    "ask-for-debtor",
    "verify-identity",
)
HEARD = ("empathize", "acknowledge", "apologize", "offer-help", "offer-check", "thank")

# An act of the list answers; so does a plain yes or no, but not to a question of `NEEDS_AN_ACT`.
ANSWERS: dict[str, tuple[str, ...]] = {
    # who is calling, about whom, about what
    "who": ("self-identify",),
    "whom": ("verify-identity", "ask-for-debtor", "self-identify"),
    "what": ("state-debt", *PRIVATE, "self-identify", "ask-convenience", *MONEY),
    "what-about": ("state-debt", *PRIVATE, "self-identify", "ask-convenience", *MONEY),
    "why-me": ("remind-obligation", "state-debt", "explain-fees", "offer-evidence", *HEARD, "withhold-details"),
    "number": ("self-identify", "offer-escalation", "ask-relay", "thank"),
    "manager": ("offer-escalation", "offer-help", "offer-check", "announce-followup", "refuse-delay", *HEARD),
    "complaint": ("offer-escalation",),
    # a third party who wants to know, or to help
    "owes": PRIVATE,
    "how-much": PRIVATE,
    "pay": (*PRIVATE, "thank", "acknowledge"),
    "relay": (*PRIVATE, "thank"),
    # the debtor, about the money
    "cost": (*STAKES, "offer-evidence"),
    "record": ("warn-credit", "warn-service", "state-benefit", "assure-privacy"),
    "jail": ("assure-privacy", "warn-legal", *HEARD, "offer-plan"),
    "child": ("assure-privacy", "warn-credit", *HEARD),
    "grace": (*MONEY, *WAYS, *STAKES, "ask-reason", *HEARD),
    "how": (*WAYS, *STAKES, "refuse-delay"),
    "what-now": (*WAYS, *STAKES, *HEARD),
    "when": ("ask-commitment", "demand-payment", "confirm-promise", "announce-followup", "offer-channel"),
    "part-ok": (*MONEY, *WAYS, *STAKES),
    "some-now": (*MONEY, *WAYS),
    "other-ok": (*MONEY, *WAYS, *HEARD),
    "late-ok": (*MONEY, *WAYS),
    "enough": (*MONEY, *WAYS, *HEARD),
    "rest": (*MONEY, *WAYS),
    "monday": (*MONEY, *WAYS, *STAKES),
    "month": (*MONEY, *WAYS, *HEARD),
    "terms": ("offer-plan", "offer-check", "explain-fees", "offer-partial", "ask-ability", "offer-help"),
    "materials": ("offer-plan", "offer-help", "offer-check", "announce-followup", "ask-contact", *HEARD),
    "source-q": ("ask-other-source", "ask-plan", "ask-ability", "suggest-funds", "ask-commitment", "ask-payment-proof"),
    # the promise and what follows
    "trust-me": (*MONEY, *WAYS, "ask-reason", "ask-payment-proof", *STAKES),
    "recap": ("confirm-promise", "ask-commitment", "offer-channel", "announce-followup", "thank", "acknowledge"),
    "confirm": ("confirm-promise", "announce-followup", "ask-commitment", "offer-channel", "thank"),
    "wait": (*MONEY, *WAYS, "thank", "ask-convenience", "announce-followup", "ask-payment-proof"),
    "follow": ("announce-followup", "thank", "close", "confirm-promise"),
    "calls": ("announce-followup", "assure-privacy", "offer-check", *HEARD),
    "next": ("announce-followup", "thank", "close", "offer-check"),
}  # fmt: skip
NEEDS_AN_ACT = frozenset(("who", "number", "complaint", "cost"))
