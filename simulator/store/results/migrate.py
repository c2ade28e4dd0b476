"""Numbered migrations: each is applied once, whole or not at all, and recorded by name and hash."""

from __future__ import annotations

import hashlib
from importlib import resources

from sqlalchemy import Connection, text

from simulator.errors import StorageError

FOLDER = resources.files("simulator.store.results") / "migrations"
LEDGER = (
    "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, digest TEXT NOT NULL, at TEXT NOT NULL)"
)


def known() -> dict[str, str]:
    """The migrations of this program by name, in order."""
    files = sorted(
        (file for file in FOLDER.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name
    )
    return {file.name.removesuffix(".sql"): file.read_text(encoding="utf-8") for file in files}


def migrate(connection: Connection, now: str) -> list[str]:
    """Brings the database up to date inside the caller's transaction; the names that were applied.

    Raises StorageError for a database of a newer or a different program.
    """
    connection.exec_driver_sql(LEDGER)
    done = {row.name: row.digest for row in connection.execute(text("SELECT name, digest FROM migrations"))}
    mine = known()
    _check(done, mine)
    missing = [name for name in mine if name not in done]
    for name in missing:
        for statement in statements(mine[name]):
            connection.exec_driver_sql(statement)
        connection.execute(
            text("INSERT INTO migrations (name, digest, at) VALUES (:name, :digest, :at)"),
            {"name": name, "digest": _digest(mine[name]), "at": now},
        )
    return missing


def _check(done: dict[str, str], mine: dict[str, str]) -> None:
    newer = sorted(done.keys() - mine.keys())
    if newer:
        raise StorageError(f"成绩库是更新的程序建的（有 {newer[-1]}）；请把这台机器上的 peilian 升级后再来")
    for name, digest in done.items():
        if digest != _digest(mine[name]):
            raise StorageError(f"成绩库的 {name} 和这个程序的不一样；不要用改过的程序写它")


def statements(script: str) -> list[str]:
    """The statements of a migration; comment lines and what follows no semicolon are none."""
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return [part.strip() for part in "\n".join(lines).split(";") if part.strip()]


def _digest(script: str) -> str:
    return hashlib.sha256("\n".join(statements(script)).encode()).hexdigest()
