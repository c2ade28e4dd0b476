"""Class sheets for spreadsheet programs: CSV and XLSX, in which nothing that somebody typed can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from simulator.dialogue.safe import safe
from simulator.errors import StorageError
from simulator.training.exam.class_sheet import Cell, Table

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BOM = "\ufeff"  # without it Excel reads the file as GBK
WIDEST, NARROWEST = 60, 6
MADE = datetime(
    2026, 1, 1, tzinfo=UTC
)  # written into every workbook, so that the same marks give the same bytes


def csv_of(sheet: Table) -> str:
    """One sheet as CSV; text that a spreadsheet program would take for a formula gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.titles)
    writer.writerows([_tamed(cell) for cell in row] for row in sheet.rows)
    return BOM + out.getvalue()


def _tamed(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = safe(cell)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def xlsx_of(sheets: Sequence[Table]) -> bytes:
    """A workbook. Raises StorageError when the library for it is not installed."""
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise StorageError("写 Excel 要用 xlsxwriter：pip install 'peilian[xlsx]'；也可以写成 CSV") from error
    out = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True, **as_text})
    book.set_properties({"created": MADE.replace(tzinfo=None)})
    title = book.add_format(
        {"bold": True, "bg_color": "#F5F1E7", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(1, len(sheet.rows)), max(0, len(sheet.titles) - 1))
        for column, (name, width) in enumerate(zip(sheet.titles, _widths(sheet), strict=True)):
            page.write_string(0, column, name, title)
            page.set_column(column, column, width)
        for number, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(number, column, safe(cell))
                else:
                    page.write_number(number, column, cell)
    book.close()
    return out.getvalue()


def _widths(sheet: Table) -> list[int]:
    """In characters of the spreadsheet program; a Chinese one is two."""
    columns = zip(sheet.titles, *sheet.rows, strict=True)
    longest = (
        max(sum(1 + (ord(character) > 0x2E7F) for character in str(cell)) for cell in column)
        for column in columns
    )
    return [min(WIDEST, max(NARROWEST, width) + 2) for width in longest]
