"""Results of exams in a database: imported from sealed records, asked for by exam and group."""

from importlib.util import find_spec

from simulator.errors import StorageError

if find_spec("sqlalchemy") is None:
    raise StorageError("成绩库要用 SQLAlchemy：pip install 'peilian[results]'")
