"""Measures what the design promises, each against a yardstick of the same run. Prints a table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parent.parent
CALLS = 40
STARTS = 7
NOW = datetime(2026, 3, 11, 10, 30)


def spread(samples: list[float], scale: float = 1000) -> tuple[float, float]:
    """Median and 99th percentile, in milliseconds unless scaled otherwise."""
    ordered = sorted(samples)
    return statistics.median(ordered) * scale, ordered[
        min(len(ordered) - 1, int(len(ordered) * 0.99))
    ] * scale


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def row(name: str, value: str, goal: str = "") -> None:
    print(f"{name:<58}{value:>26}   {goal}")


def turns() -> None:
    """Turns of the scenarios' model and careless calls: whole, and by what they are spent on."""
    from simulator.authoring.desk import Desk
    from simulator.dialogue import Hearer
    from simulator.dialogue.speak import fact, fill
    from simulator.reading.amounts import find_amounts
    from simulator.reading.times import find_times
    from simulator.store.journal import Journal

    desk = Desk()
    load = timed(lambda: desk.library.ear)
    scenarios = [desk.library.scenario(name) for name in desk.library.scenario_ids()]
    durable: list[float] = []
    bare: list[float] = []
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(CALLS):
            scenario = scenarios[number % len(scenarios)]
            script = scenario.model if number % 4 else scenario.careless
            for samples, journal in ((durable, Journal(Path(folder) / f"{number}.jsonl")), (bare, None)):
                practice = desk.open_call(scenario, number, journal.keep if journal else None)
                for template in script:
                    if practice.is_over:
                        break
                    line = fill(template, partial(fact, practice.case), practice.situation.clock)
                    lines.append(line)
                    samples.append(timed(partial(practice.say, line)))
                if journal:
                    journal.close()
    ear = desk.library.ear
    reading = [timed(partial(ear.read, line, hearer=Hearer.DEBTOR, now=NOW)) for line in lines]
    times = [timed(partial(find_times, line, NOW)) for line in lines]
    amounts = [timed(partial(find_amounts, line)) for line in lines]
    whole, bare_ms = spread(durable), spread(bare)
    row("ear: load", f"{load * 1000:.0f} ms", "≤ 80 ms")
    row("ear: one line, median / p99", "{:.2f} / {:.2f} ms".format(*spread(reading)), "≤ 0.5 / 2 ms")
    row("  of it times", "{:.2f} / {:.2f} ms".format(*spread(times)))
    row("  of it amounts", "{:.2f} / {:.2f} ms".format(*spread(amounts)))
    row("turn without a write, median / p99", "{:.2f} / {:.2f} ms".format(*bare_ms))
    row("  of it the persona's machine (turn less ear), median", f"{bare_ms[0] - spread(reading)[0]:.2f} ms")
    row("turn with the durable write, median / p99", "{:.2f} / {:.2f} ms".format(*whole), "p99 ≤ 5 ms")
    row("  of it the write, median", f"{whole[0] - bare_ms[0]:.2f} ms")
    row("headless turns a second, one core", f"{len(bare) / sum(bare):,.0f}", "≥ 1,000")


def judging() -> None:
    """The model and careless calls, judged; then one of them graded from its record as people do it."""
    from simulator.authoring.desk import Desk

    desk = Desk()
    scenarios = [desk.library.scenario(name) for name in desk.library.scenario_ids()]
    calls = [desk.play(each, 1, lines) for each in scenarios for lines in (each.model, each.careless)]
    grade = [partial(desk.grade, call.transcript, call.versions) for call in calls]
    for work in grade:
        work()
    advised = spread([timed(work) for work in grade])
    marks = spread([timed(partial(work, advice=False)) for work in grade])
    row("judging a call with advice, median / p99", "{:.0f} / {:.0f} ms".format(*advised))
    row("judging a call without advice, median / p99", "{:.0f} / {:.0f} ms".format(*marks))
    with tempfile.TemporaryDirectory() as folder:
        lines, record = Path(folder) / "lines", Path(folder) / "call.jsonl"
        lines.write_text("您好，请问是本人吗？\n今天能还吗？\n再见。\n", encoding="utf-8")
        play = ("play", scenarios[0].id, "--script", str(lines))
        kept = {**os.environ, "PEILIAN_CACHE": f"{folder}/kept"}
        processor((*play, "--out", str(record)), {**kept, "PEILIAN_CACHE": ""})
        first = processor(("grade", str(record)), kept)
        again = statistics.median(processor(("grade", str(record)), kept) for _ in range(STARTS))
        whole = statistics.median(processor(play, kept) for _ in range(STARTS))
    row("peilian grade, processor time, first / again", f"{first:.2f} / {again:.2f} s", "again ≤ 0.5 s")
    row("peilian play of three lines, processor time", f"{whole:.2f} s")


def processor(arguments: tuple[str, ...], environment: dict[str, str]) -> float:
    """Seconds of processor time that one command takes, its start included."""
    before = os.times()
    command = (sys.executable, "-m", "simulator.cli.main", *arguments)
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=environment)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


MEMORY = """
import resource, sys
{work}
with open('/proc/self/status') as status:
    print(next(line.split()[1] for line in status if line.startswith('VmRSS')))
"""
HEADLESS = """
from simulator.authoring.desk import Desk
desk = Desk(); scenario = desk.library.scenario(desk.library.scenario_ids()[0])
practice = desk.play(scenario, 1, scenario.model)
desk.grade(practice.transcript, practice.versions)
"""
EMPTY_APP = """
import time; start = time.perf_counter()
from textual.app import App
class Empty(App):
    def on_ready(self): self.call_after_refresh(self.done)
    def done(self): self.exit(time.perf_counter() - start)
print(Empty().run(headless=True))
"""
OUR_APP = """
import time; start = time.perf_counter()
from simulator.tui.app import PeilianApp
def done(self): self.exit(time.perf_counter() - start)
PeilianApp.on_ready = lambda self: self.call_after_refresh(done, self)
print(PeilianApp(None, 1, 'zh').run(headless=True))
"""
SCREEN = """
from simulator.tui.app import PeilianApp
def later(self): self.set_timer(8, self.exit)
PeilianApp.on_ready = later
PeilianApp('', 1, 'zh').run(headless=True)
"""


def script(text: str) -> float:
    result = subprocess.run(
        [sys.executable, "-c", text], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return float(result.stdout.split()[-1])


def memory() -> None:
    row("memory: bare Python", f"{script(MEMORY.format(work='')) / 1024:.0f} MB")
    row("memory: a headless call, graded", f"{script(MEMORY.format(work=HEADLESS)) / 1024:.0f} MB", "≤ 60 MB")
    row(
        "memory: the screen, content read, in a call",
        f"{script(MEMORY.format(work=SCREEN)) / 1024:.0f} MB",
        "≤ 120 MB",
    )


def frames() -> None:
    """Time from the first import to the first frame; the two apps take turns so that noise hits both alike."""
    empty, ours = [], []
    for _ in range(STARTS):
        empty.append(script(EMPTY_APP))
        ours.append(script(OUR_APP))
    ratio = statistics.median(ours) / statistics.median(empty)
    row("first frame: empty Textual app, median", f"{statistics.median(empty) * 1000:.0f} ms")
    row("first frame: practice screen, median", f"{statistics.median(ours) * 1000:.0f} ms")
    row("first frame: ratio", f"{ratio:.2f} ×", "≤ 1.3 ×")


if __name__ == "__main__":
    turns()
    judging()
    memory()
    frames()
