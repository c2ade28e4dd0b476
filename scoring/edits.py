"""Changing a sentence: its clauses, the steps that lead from one wording to another, and what joins decently."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scoring.hearing import Heard, clauses
from scoring.scorecard import Better

PAUSES = "，,；;、：:"
ENDS = "。！？!?…\n"
FULL_STOP = "。"
SIGNATURE = re.compile(r"\s*【[^】]{1,20}】")
# What may stand before a sentence without being part of what it says.
OPENING = re.compile(
    r"(?:喂|您好|你好|早上好|下午好|晚上好|好的?|嗯|行|您看|麻烦您?|打扰了?|不好意思|"
    r"(?![谢感麻])[^，。！？；,!?;]{0,4}(?:先生|女士|总|老师|师傅|哥|姐|阿姨|叔叔?|奶奶|爷爷|大爷|大妈|大哥|大姐|小朋友|小同学|小弟弟))[，,！!。\s]*"
)
JARRING = re.compile(
    r"[，,；;、：:。][，,；;、：:。！？!?]|[！？!?][，,；;、：:。]|^[，,；;、：:。！？!?]|[，,；;、：:]$"
)
GREETING = "您好"

Step = tuple[str, str]
Span = tuple[int, int]


def pieces(text: str) -> list[Span]:
    """The clauses of a text, the signature of a message apart from the first of them."""
    parts = clauses(text)
    signed = SIGNATURE.match(text)
    if signed and parts and signed.end() < parts[0][1]:
        return [(0, signed.end()), (signed.end(), parts[0][1]), *parts[1:]]
    return parts


def is_opening(words: str) -> bool:
    """Whether these words only greet, address or sign."""
    return bool(OPENING.fullmatch(words) or SIGNATURE.fullmatch(words))


def is_question(words: str) -> bool:
    return words.rstrip()[-1:] in ("？", "?")


def ends_sentence(words: str) -> bool:
    return words.rstrip()[-1:] in ENDS


def sentence_at(text: str, start: int, end: int) -> str:
    """The sentence, or sentences, that the words at `start:end` stand in."""
    before = max((text.rfind(mark, 0, start) for mark in ENDS), default=-1) + 1
    after = min(
        (place for mark in ENDS if (place := text.find(mark, max(end - 1, start))) >= 0), default=len(text)
    )
    return text[before : after + 1]


def ended(words: str) -> str:
    return words if words[-1:] in ENDS + PAUSES else words + FULL_STOP


def without_echo(wording: str, said: str) -> str:
    """The wording without a greeting or an address at its head that was said just before."""
    head, *rest = re.split(r"(?<=[，,！!])", wording, maxsplit=1)
    if rest and is_opening(head) and (head.strip(PAUSES + ENDS) in said):
        return rest[0]
    return wording


def is_decent(text: str) -> bool:
    """Whether the marks of a text come as they do in writing."""
    return bool(text.strip()) and not JARRING.search(text.strip())


def better_of(heard: Heard, steps: Iterable[Step]) -> Better:
    merged: list[Step] = []
    for step, words in steps:
        if merged and merged[-1][0] == step:
            merged[-1] = (step, merged[-1][1] + words)
        elif words:
            merged.append((step, words))
    improved = "".join(words for step, words in merged if step != "cut")
    return Better(heard.turn.n, heard.text, improved, tuple(merged))


def halted(steps: list[Step]) -> list[Step]:
    """A statement before a new sentence ends with a full stop; a greeting or an address goes on."""
    for place in range(len(steps) - 1, -1, -1):
        step, words = steps[place]
        if step == "keep":
            if words[-1:] in PAUSES and not is_opening(words):
                steps[place : place + 1] = [("keep", words[:-1]), ("cut", words[-1]), ("put", FULL_STOP)]
            break
    return steps


def closed(steps: list[Step]) -> list[Step]:
    """The steps so that what they lead to does not end on a pause."""
    said = "".join(words for step, words in steps if step != "cut")
    if said.rstrip()[-1:] not in PAUSES or not said.strip():
        return steps
    for place in range(len(steps) - 1, -1, -1):
        step, words = steps[place]
        if step != "cut" and words.rstrip():
            body = words.rstrip()
            if step == "put":
                steps[place] = ("put", body[:-1] + FULL_STOP)
            else:
                steps[place : place + 1] = [
                    ("keep", body[:-1]),
                    ("cut", words[len(body) - 1 :]),
                    ("put", FULL_STOP),
                ]
            break
    return steps
