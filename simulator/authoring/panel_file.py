"""Reads a standard setting: a YAML head that names the panel, and beside it a CSV sheet with what the judges said."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from simulator.authoring.library import read_source
from simulator.authoring.marked import Mark, Source, parse
from simulator.authoring.shapes import ListOf, MapOf, Name, Record, Text, Whole, did_you_mean, may, need
from simulator.errors import ContentError, StorageError
from simulator.training.exam.panel import ROUNDS, Graded, Item, Method, Panel, Rating

# what a column may be called: people fill the sheet in with a spreadsheet program
COLUMNS = {
    "judge": ("judge", "评委", "考官"),
    "round": ("round", "轮次"),
    "scenario": ("scenario", "情境"),
    "criterion": ("criterion", "评分项"),
    "share": ("share", "份额"),
    "attempt": ("attempt", "考试记录"),
    "grade": ("grade", "总评"),
    "total": ("total", "得分"),
}
NEEDED = {
    Method.ANGOFF: ("judge", "round", "scenario", "share"),
    Method.REGRESSION: ("judge", "attempt", "scenario", "grade"),
}
TotalOf = Callable[[str, str], int | None]


def panel_shape() -> Record:
    item = Record(
        {
            "scenario": need(Text(), "情境的 id"),
            "criterion": may(Text(), "评分项的 id；不写就是评整通电话"),
            "weight": may(Whole(1, 1000), "在合格线里的分量，不写是 1"),
        }
    )
    return Record(
        {
            "id": need(Text()),
            "method": need(Name("定线办法", tuple(method.value for method in Method))),
            "exam": need(Text(), "用在哪场考试：组卷蓝图的 id"),
            "held": need(Text(), '哪天定的，写成 "2026-11-20"'),
            "borderline": need(Text(), "评委一致认可的“刚好合格的人”是什么样"),
            "judges": need(MapOf(Text(), "评委"), "代号: 身份；不必写姓名"),
            "items": may(ListOf(item, 1), "评什么（Angoff 用）"),
            "sheet": need(Text(), "评分表格的文件名，和这个文件放在一起"),
        }
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """The YAML of a panel, read."""

    source: Source
    method: Method
    held: date
    items: tuple[Item, ...]
    judges: dict[str, str]
    sheet: Path
    names: dict[str, str]


def _read_head(path: Path) -> _Head:
    source = read_source(path)
    node = parse(source)
    head = panel_shape().read(node, source) if node else None
    held = _date(head.get("held"), source) if isinstance(head, dict) else None
    if source.problems or not isinstance(head, dict) or held is None:
        raise ContentError(source.problems)
    method, items = Method(head["method"]), tuple(_items(head.get("items", ())))
    if method is Method.ANGOFF and not items:
        source.report(None, "missing-field", "Angoff 要写明评哪些项", "加上 items")
    keys = [item.key for item in items]
    for scenario, criterion in dict.fromkeys(key for key in keys if keys.count(key) > 1):
        name = f"{scenario} 的 {criterion}" if criterion else scenario
        source.report(None, "duplicate-item", f"items 里“{name}”写了不止一次", "留一处，要加重就用 weight")
    if source.problems:
        raise ContentError(source.problems)
    names = {name: head[name] for name in ("id", "exam", "borderline")}
    return _Head(source, method, held, items, head["judges"], path.parent / head["sheet"], names)


def read_panel(path: Path, total_of: TotalOf = lambda attempt, scenario: None) -> Panel:
    """The panel of a file. `total_of` finds the total of a call the sheet gives none for, by attempt and scenario.

    Raises ContentError with everything that is wrong in head and sheet, StorageError.
    """
    head = _read_head(path)
    sheet = _Sheet(Source(str(head.sheet), _text(head.sheet)))
    rows = sheet.rows(NEEDED[head.method])
    by_rating = head.method is Method.ANGOFF
    ratings = tuple(sheet.ratings(rows, head.judges, head.items)) if by_rating else ()
    graded = () if by_rating else tuple(sheet.graded(rows, head.judges, total_of))
    if sheet.source.problems:
        raise ContentError(sheet.source.problems)
    digest = hashlib.sha256("\0".join((head.source.text, sheet.source.text)).encode()).hexdigest()
    return Panel(
        **head.names,
        method=head.method,
        held=head.held,
        judges=head.judges,
        items=head.items,
        ratings=ratings,
        graded=graded,
        digest=digest,
    )


def blank_sheet(path: Path) -> tuple[Path, str]:
    """Where the sheet of a panel belongs, and an empty one to fill in: every judge, round and item a line.

    Raises ContentError, StorageError.
    """
    head = _read_head(path)
    titles = [COLUMNS[name][1] for name in (*NEEDED[head.method][:3], "criterion", "share")]
    if head.method is Method.REGRESSION:
        titles = [COLUMNS[name][1] for name in (*NEEDED[head.method], "total")]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(titles)
    for number in ROUNDS if head.method is Method.ANGOFF else ():
        for judge in head.judges:
            writer.writerows((judge, number, item.scenario, item.criterion or "", "") for item in head.items)
    return head.sheet, "\ufeff" + out.getvalue()


def _items(given: Collection[Mapping[str, Any]]) -> Iterator[Item]:
    for item in given:
        yield Item(item["scenario"], item.get("criterion"), item.get("weight", 1))


def _date(text: Any, source: Source) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        source.report(None, "wrong-date", f"看不懂 held 的日期“{text}”", '写成 "2026-11-20"')
        return None


def _text(path: Path) -> str:
    """A sheet as a spreadsheet program saves it: UTF-8, or GB18030 where the system is Chinese."""
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StorageError(f"读不了评分表格 {path}：{reason}；它要和 YAML 放在一起") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    raise StorageError(f"{path} 不是 UTF-8 也不是 GB18030 的文字；另存为“CSV UTF-8”再来")


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a sheet by the columns' own names; `mark` is its place."""

    cells: dict[str, str]
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Sheet:
    source: Source

    def rows(self, needed: Collection[str]) -> list[_Row]:
        reader = csv.reader(io.StringIO(self.source.text))
        try:
            lines = [(reader.line_num, [cell.strip() for cell in line]) for line in reader if any(line)]
        except csv.Error as error:
            self.source.report(None, "csv-syntax", f"第 {reader.line_num} 行不是表格：{error}")
            return []
        if not lines:
            self.source.report(None, "empty-file", "表格是空的")
            return []
        titles = [_column(title) for title in lines[0][1]]
        for column in needed:
            if column not in titles:
                names = "、".join(COLUMNS[column])
                self.source.report(
                    Mark(1, 1, 1), "missing-column", f"缺少“{column}”这一列", f"可以叫：{names}"
                )
        return [
            _Row(dict(zip(titles, cells, strict=False)), Mark(number, 1, 1)) for number, cells in lines[1:]
        ]

    def ratings(self, rows: list[_Row], judges: Collection[str], items: Collection[Item]) -> Iterator[Rating]:
        known = {item.key for item in items}
        seen: set[tuple[str, int, str, str | None]] = set()
        for row in rows:
            if not row.cells.get("share"):
                continue  # not filled in yet
            judge = self._judge(row, judges)
            number, share = (
                self._whole(row, "round", ROUNDS[0], ROUNDS[-1]),
                self._whole(row, "share", 0, 100),
            )
            key = (row.cells.get("scenario", ""), row.cells.get("criterion") or None)
            if key not in known:
                what = key[0] + (f" 的 {key[1]}" if key[1] else "")
                self.source.report(row.mark, "unknown-name", f"“{what}”不在 items 里")
                continue
            if judge is None or number is None or share is None:
                continue
            if (judge, number, *key) in seen:
                self.source.report(
                    row.mark, "duplicate-row", f"{judge} 在第 {number} 轮给同一项评了两次", "留一行"
                )
            seen.add((judge, number, *key))
            yield Rating(judge, number, *key, share)

    def graded(self, rows: list[_Row], judges: Collection[str], total_of: TotalOf) -> Iterator[Graded]:
        seen: set[tuple[str, str, str]] = set()
        for row in rows:
            judge, grade = self._judge(row, judges), self._whole(row, "grade", 1, 5)
            attempt, scenario = row.cells.get("attempt", ""), row.cells.get("scenario", "")
            total = self._total(row, total_of(attempt, scenario))
            if judge is None or grade is None or total is None:
                continue
            if (judge, attempt, scenario) in seen:
                self.source.report(row.mark, "duplicate-row", f"{judge} 给同一通电话评了两次", "留一行")
            seen.add((judge, attempt, scenario))
            yield Graded(judge, attempt, scenario, grade, total)

    def _total(self, row: _Row, stored: int | None) -> int | None:
        if row.cells.get("total"):
            return self._whole(row, "total", 0, 100)
        if stored is None:
            self.source.report(
                row.mark, "missing-total", "不知道这通电话得了几分", "填上 total 一列，或用 --db 指明成绩库"
            )
        return stored

    def _judge(self, row: _Row, judges: Collection[str]) -> str | None:
        judge = row.cells.get("judge", "")
        if judge not in judges:
            self.source.report(
                row.mark, "unknown-name", f"没有叫“{judge}”的评委", did_you_mean(judge, judges)
            )
            return None
        return judge

    def _whole(self, row: _Row, column: str, low: int, high: int) -> int | None:
        text = row.cells.get(column, "").removesuffix("%")
        if not (text.isascii() and text.isdigit() and len(text) <= 4 and low <= int(text) <= high):
            self.source.report(row.mark, "out-of-range", f"“{column}”是“{text}”，要 {low} 到 {high} 的整数")
            return None
        return int(text)


def _column(title: str) -> str:
    return next((name for name, names in COLUMNS.items() if title.lower() in names), title)
