"""The connection to the results: a SQLite file by path, a PostgreSQL server by URL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from simulator.errors import StorageError

BUSY_SECONDS = 15
WRITERS_LOCK = 0x7065696C  # any number, the same in every hall
POSTGRES = ("postgresql://", "postgres://")


def open_engine(where: str) -> Engine:
    """The engine for a path or a `postgresql://` URL. Raises StorageError."""
    if where.startswith(POSTGRES):
        return _postgres(where)
    if "://" in where:
        raise StorageError(f"成绩库“{where.partition('://')[0]}://…”不认识；写一个文件名，或 postgresql://…")
    return _sqlite(Path(where))


def _sqlite(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹 {path.parent}：{error.strerror}") from error
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}
    )

    @event.listens_for(engine, "connect")
    def _configure(raw: Any, _: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a deferred transaction that turns into a writing one fails at once, without waiting for the other writer
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _postgres(where: str) -> Engine:
    try:
        url = make_url(where).set(drivername="postgresql+psycopg")
        return create_engine(url, connect_args={"connect_timeout": BUSY_SECONDS})
    except (ArgumentError, ValueError) as error:
        raise StorageError("成绩库的 URL 不对；要像 postgresql://用户@主机/库名 这样") from error
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StorageError("连 PostgreSQL 要装：pip install 'peilian[pg]'") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction in which nobody else writes. Raises StorageError."""
    with telling(engine), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction in which every query sees the same moment. Raises StorageError."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with telling(engine), engine.connect() as connection:
        yield connection.execution_options(reads=True, **level)


@contextmanager
def telling(engine: Engine) -> Iterator[None]:
    """Turns what the database says into a StorageError; never with the password of the URL."""
    try:
        yield
    except DBAPIError as error:
        shown = engine.url.render_as_string(hide_password=True).removeprefix("sqlite:///")
        said = str(error.orig).strip().splitlines()
        reason = said[0] if said else type(error.orig).__name__
        raise StorageError(f"成绩库 {shown} 用不了：{reason}；看看路径、权限、磁盘和服务器") from error


def put(connection: Connection, table: Table, row: Mapping[str, Any], key: str = "id") -> None:
    """Inserts the row, or brings the one with its key up to date."""
    there = table.c[key] == row[key]
    if connection.execute(select(table.c[key]).where(there)).first() is None:
        connection.execute(insert(table), dict(row))
    else:
        connection.execute(
            update(table).where(there).values(**{name: row[name] for name in row if name != key})
        )
