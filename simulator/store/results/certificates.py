"""Issued certificates in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, insert, select, update

from simulator.errors import StorageError, UnknownNameError
from simulator.store.results import rows
from simulator.store.results.database import reading, writing
from simulator.store.results.tables import CERTIFICATES
from simulator.training.exam.entry import stamp


@dataclass(frozen=True, slots=True)
class Certificate:
    """An issued certificate: `credential` is the signed badge, `brief` the signed words of its QR code."""

    code: str
    attempt: str
    issued: datetime
    expires: datetime
    credential: str
    brief: str
    key: str
    withdrawn: datetime | None = None
    because: str | None = None


class Certificates:
    """The certificates of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, certificate: Certificate) -> None:
        """Keeps an issued certificate. Raises StorageError when its code is taken by another one."""
        row = {
            "code": certificate.code,
            "attempt": certificate.attempt,
            "issued_at": stamp(certificate.issued),
            "expires_at": stamp(certificate.expires),
            "credential": certificate.credential,
            "brief": certificate.brief,
            "key_id": certificate.key,
        }
        with writing(self._engine) as connection:
            kept = connection.execute(
                select(CERTIFICATES).where(CERTIFICATES.c.code == certificate.code)
            ).first()
            if kept is None:
                connection.execute(insert(CERTIFICATES), row)
            elif kept.credential != certificate.credential:
                raise StorageError(f"证书编号 {certificate.code} 已经用过了")

    def find(self, *, attempt: str = "", code: str = "") -> tuple[Certificate, ...]:
        query = select(CERTIFICATES).order_by(CERTIFICATES.c.issued_at, CERTIFICATES.c.code)
        if attempt:
            query = query.where(CERTIFICATES.c.attempt == attempt)
        if code:
            query = query.where(CERTIFICATES.c.code == code)
        with reading(self._engine) as connection:
            return tuple(_certificate(dict(row)) for row in connection.execute(query).mappings())

    def withdraw(self, code: str, because: str, now: datetime) -> None:
        """Marks a certificate as withdrawn; the first time and reason stay. Raises UnknownNameError."""
        with writing(self._engine) as connection:
            if (
                connection.execute(select(CERTIFICATES.c.code).where(CERTIFICATES.c.code == code)).first()
                is None
            ):
                raise UnknownNameError("证书", code)
            connection.execute(
                update(CERTIFICATES)
                .where(CERTIFICATES.c.code == code, CERTIFICATES.c.withdrawn_at.is_(None))
                .values(withdrawn_at=stamp(now), withdrawn_because=because)
            )


def _certificate(row: Mapping[str, Any]) -> Certificate:
    return Certificate(
        row["code"],
        row["attempt"],
        rows.when(row["issued_at"]),
        rows.when(row["expires_at"]),
        row["credential"],
        row["brief"],
        row["key_id"],
        rows.when(row["withdrawn_at"]) if row["withdrawn_at"] else None,
        row["withdrawn_because"],
    )
