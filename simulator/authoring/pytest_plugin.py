"""Collects `tests/calls/*.yaml` as tests under plain pytest. Nothing of the program is imported before one is run."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from simulator.authoring.call_tests import Miss
    from simulator.authoring.desk import Desk

FOLDER = ("tests", "calls")
ACCEPTED = "peilian-accepted"


class CallFailedError(Exception):
    """The claims of a call test that did not hold."""

    def __init__(self, misses: Iterable[Miss]) -> None:
        self.misses = tuple(misses)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("peilian", "陪练的通话测试")
    group.addoption(
        "--accept", action="store_true", help="把通话测试里变了的期望值改成这次的结果，别的一字不动"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".yaml" and file_path.parts[-3:-1] == FOLDER:
        return CallFile.from_parent(parent, path=file_path)
    return None


class CallFile(pytest.File):
    def collect(self) -> Iterable[pytest.Item]:
        yield CallItem.from_parent(self, name=self.path.stem)


class CallItem(pytest.Item):
    """One call, played and graded."""

    def runtest(self) -> None:
        from simulator.authoring.call_running import run_call_test
        from simulator.authoring.call_tests import read_call_test

        desk = _desk(self.path.parents[len(FOLDER)])
        misses = run_call_test(read_call_test(self.path, desk.library), desk)
        if misses and self.config.getoption("accept"):
            self._accept(misses)
            misses = tuple(miss for miss in misses if miss.place is None)
        if misses:
            raise CallFailedError(misses)

    def _accept(self, misses: tuple[Miss, ...]) -> None:
        from simulator.authoring.call_accept import accepted, difference

        before = self.path.read_bytes().decode("utf-8")
        after = accepted(before, misses)
        self.path.write_bytes(after.encode("utf-8"))
        self.user_properties.append((ACCEPTED, difference(before, after, self._shown())))

    def _shown(self) -> str:
        root = self.config.rootpath
        return str(self.path.relative_to(root) if self.path.is_relative_to(root) else self.path)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from simulator.errors import ContentError, PeilianError

        error = excinfo.value
        if isinstance(error, CallFailedError):
            return "\n".join(f"{self._shown()}:{miss.line}: {miss.message}" for miss in error.misses)
        if isinstance(error, ContentError):
            return "\n".join(
                f"{problem.path}:{problem.line}: {problem.message}"
                + (f"；{problem.help}" if problem.help else "")
                for problem in error.diagnostics
            )
        if isinstance(error, PeilianError):
            return f"{self._shown()}:1: {error}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"通话 {self.name}"


@cache
def _desk(home: Path) -> Desk:
    """The content beside the tests, over what is shipped."""
    from simulator.authoring.desk import Desk

    return Desk(home)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    changed = [value for report in reports for name, value in report.user_properties if name == ACCEPTED]
    if changed:
        terminalreporter.section("改过的通话测试")
        for difference in changed:
            terminalreporter.write_line(difference)
