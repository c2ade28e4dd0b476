"""A private PostgreSQL server, started from the installed binaries for the length of the run."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

DEMANDED = "PEILIAN_TEST_PG"
NOBODY_ELSE = "postgres"  # initdb refuses root


def binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def run(*command: str | Path) -> None:
    prefix = ["runuser", "-u", NOBODY_ELSE, "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*prefix, *map(str, command)], capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder with the server's socket."""
    programs = binaries()
    if programs is None:
        if os.environ.get(DEMANDED):
            pytest.fail(
                f"{DEMANDED} is set, but there are no PostgreSQL server programs: apt-get install postgresql"
            )
        pytest.skip(f"no PostgreSQL server programs here; with {DEMANDED}=1 this is a failure")
    folder = Path(tempfile.mkdtemp(prefix="peilian-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY_ELSE)
    data, log = folder / "data", folder / "log"
    run(
        programs / "initdb",
        "-D",
        data,
        "-U",
        "peilian",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    )
    quiet = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=20"
    run(programs / "pg_ctl", "-D", data, "-l", log, "-o", quiet, "-w", "start")
    try:
        yield str(folder)
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(server: str) -> str:
    """The URL of a new, empty database."""
    import psycopg

    name = f"t{uuid4().hex}"
    with psycopg.connect(host=server, user="peilian", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://peilian@/{name}?host={server}"


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Every test that asks for this runs on both."""
    if request.param == "sqlite":
        return str(tmp_path / "results.db")
    url: str = request.getfixturevalue("postgres")
    return url
