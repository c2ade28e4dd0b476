"""Cut scores in the store, tied to the results that were judged by them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from simulator.store.results.database import put, reading, writing
from simulator.store.results.tables import ATTEMPTS, CUT_SCORES
from simulator.training.exam.entry import digest_of, stamp
from simulator.training.exam.ledger import Sat


class Standards:
    """The cut scores of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, content: Mapping[str, Any], now: datetime) -> str:
        """Keeps a cut score as JSON data; its digest. Keeping it again changes nothing."""
        digest = digest_of(content)
        with writing(self._engine) as connection:
            row = {name: content[name] for name in ("id", "exam", "method", "held", "cut", "error")}
            written = json.dumps(content, ensure_ascii=False, sort_keys=True)
            put(
                connection,
                CUT_SCORES,
                {"digest": digest, **row, "content": written, "kept_at": stamp(now)},
                "digest",
            )
            connection.execute(
                update(ATTEMPTS)
                .where(
                    ATTEMPTS.c.blueprint == row["exam"],
                    ATTEMPTS.c.method == row["method"],
                    ATTEMPTS.c.held == row["held"],
                )
                .values(standard=digest)
            )
        return digest

    def judged_otherwise(self, digest: str) -> int:
        """How many results were set by this panel by their blueprint's word, yet judged by another cut."""
        query = (
            select(func.count())
            .select_from(ATTEMPTS)
            .join(CUT_SCORES, ATTEMPTS.c.standard == CUT_SCORES.c.digest)
            .where(CUT_SCORES.c.digest == digest, ATTEMPTS.c.cut != CUT_SCORES.c.cut)
        )
        with reading(self._engine) as connection:
            return int(connection.execute(query).scalar_one())

    def all(self) -> dict[str, dict[str, Any]]:
        """Every cut score that is kept, by digest."""
        query = select(CUT_SCORES.c.digest, CUT_SCORES.c.content).order_by(
            CUT_SCORES.c.held, CUT_SCORES.c.digest
        )
        with reading(self._engine) as connection:
            return {row.digest: json.loads(row.content) for row in connection.execute(query)}

    def of(self, attempt: str) -> dict[str, Any] | None:
        """The cut score that an attempt was judged by, when its setting is kept here."""
        query = select(CUT_SCORES.c.content).join(ATTEMPTS, ATTEMPTS.c.standard == CUT_SCORES.c.digest)
        with reading(self._engine) as connection:
            content = connection.execute(query.where(ATTEMPTS.c.id == attempt)).scalar()
        return json.loads(content) if content else None


def digest_for(connection: Connection, sat: Sat) -> str | None:
    """The kept cut score that the attempt's blueprint names by exam, method and day."""
    query = select(CUT_SCORES.c.digest).where(
        CUT_SCORES.c.exam == sat.blueprint, CUT_SCORES.c.method == sat.method, CUT_SCORES.c.held == sat.held
    )
    digest: str | None = connection.execute(query.order_by(CUT_SCORES.c.kept_at.desc())).scalar()
    return digest
