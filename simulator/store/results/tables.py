"""The tables as queries name them. The migrations make them; a test holds the two together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

METADATA = MetaData()


def _table(name: str, texts: str, numbers: str = "", optional: str = "") -> Table:
    may_be_empty = optional.split()
    return Table(
        name,
        METADATA,
        *(Column(column, Text, nullable=column in may_be_empty) for column in texts.split()),
        *(Column(column, Integer, nullable=column in may_be_empty) for column in numbers.split()),
    )


CANDIDATES = _table("candidates", "id name")
CUT_SCORES = _table("cut_scores", "digest id exam method held content kept_at", "cut error")
ATTEMPTS = _table(
    "attempts",
    "id exam exam_title hall candidate candidate_group opened_at submitted_at state blueprint blueprint_digest form_digest head key_id "
    "method held standard imported_at",
    "number supervised practice passed points cut entries judges error",
    optional="method judges error held standard",
)
RECORDS = _table("records", "attempt content")
CALLS = _table("calls", "attempt part scenario title", "n passed total deducted")
CALLS.append_column(Column("seed", BigInteger, nullable=False))
FINDINGS = _table("findings", "attempt section criterion title met", "call points of_points")
BREACHES = _table("breaches", "attempt rule title severity words instead", "call n points turn")
CERTIFICATES = _table(
    "certificates",
    "code attempt issued_at expires_at credential brief key_id withdrawn_at withdrawn_because",
    optional="withdrawn_at withdrawn_because",
)
