"""Class sheets and the report for the intake, read back the way other programs read them."""

import csv
import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from simulator.authoring.class_report import class_report_html
from simulator.store.sheets import csv_of, xlsx_of
from simulator.training.exam.analysis import analyse
from simulator.training.exam.class_sheet import breach_table, call_table, class_table, item_table
from simulator.training.exam.ledger import Ledger
from tests.report.calls import tree
from tests.results.many import class_of

HOSTILE = ["=1+1", "+86 10", "-2", "@SUM(A1)", " =cmd|'/c calc'!A1", "＝1", "\t=1", '"a",b', "x\x00y\ny"]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def named(name: str) -> Ledger:
    ledger = class_of(3)
    return replace(ledger, sat=(replace(ledger.sat[0], name=name, group=name), *ledger.sat[1:]))


def cells(book: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        pages = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return [
            cell for page in pages for cell in ElementTree.fromstring(archive.read(page)).iter(f"{MAIN}c")
        ]


class TestCsv:
    def test_it_starts_with_a_mark_that_excel_knows_and_has_a_row_for_everybody(self) -> None:
        text = csv_of(class_table(class_of(5), names=True))
        assert text.startswith("\ufeff考号,姓名,")
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert [row["考号"] for row in rows] == [f"c{n:03d}" for n in range(5)]
        assert [row["结论"] for row in rows] == ["未通过", "未通过", "未通过", "通过", "通过"]
        assert rows[4]["总分"] == "100.0"

    @pytest.mark.parametrize("name", HOSTILE)
    def test_nothing_that_was_typed_becomes_a_formula_or_breaks_the_table(self, name: str) -> None:
        text = csv_of(class_table(named(name), names=True)).removeprefix("\ufeff")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == 3
        assert not rows[0]["姓名"].lstrip().startswith(("=", "+", "-", "@", "＝"))
        assert all(len(row) == len(rows[0]) and None not in row for row in rows)

    def test_without_names_there_is_no_name(self) -> None:
        text = csv_of(class_table(class_of(3), names=False))
        assert "学员" not in text
        assert "c000" in text


class TestXlsx:
    @pytest.fixture(autouse=True)
    def _extra(self) -> None:
        pytest.importorskip("xlsxwriter", reason="the xlsx extra is not installed")

    @pytest.mark.parametrize("name", HOSTILE)
    def test_no_cell_is_a_formula_or_a_link(self, name: str) -> None:
        ledger = named(name)
        book = xlsx_of((class_table(ledger, names=True), breach_table(ledger)))
        assert not [cell for cell in cells(book) if cell.find(f"{MAIN}f") is not None]
        with zipfile.ZipFile(io.BytesIO(book)) as archive:
            assert not [part for part in archive.namelist() if part.startswith("xl/worksheets/_rels")]

    def test_points_are_numbers_and_the_same_marks_give_the_same_file(self) -> None:
        ledger = class_of(30)
        tables = (
            class_table(ledger, names=True),
            call_table(ledger),
            breach_table(ledger),
            item_table(analyse(ledger)),
        )
        book = xlsx_of(tables)
        assert book == xlsx_of(tables)
        numbers = [
            cell for cell in cells(book) if cell.get("t") is None and cell.find(f"{MAIN}v") is not None
        ]
        assert len(numbers) > 30 * 5

    def test_a_class_of_one_and_a_table_of_none_can_be_written(self) -> None:
        assert xlsx_of((class_table(class_of(1), names=True), breach_table(Ledger())))


class TestItems:
    def test_a_refused_figure_is_an_empty_cell_with_the_reason_beside_it(self) -> None:
        table = item_table(analyse(class_of(5)))
        for row in table.rows:
            assert "" in row[4:10]
            assert "至少要" in str(row[-1])


class TestReport:
    def test_it_says_how_many_broke_which_rule_and_what_to_say_instead(self) -> None:
        text = tree(class_report_html(analyse(class_of(36)), "十一月班")).text()
        assert "12/36 人，15 通" in text
        assert "你等着！" in text
        assert "我们一起想办法。" in text

    def test_it_names_nobody(self) -> None:
        html = class_report_html(analyse(class_of(36)), "十一月班")
        assert "学员" not in html
        assert "c001" not in html

    def test_the_weakest_criterion_comes_first(self) -> None:
        html = class_report_html(analyse(class_of(36)), "十一月班")
        assert html.index("confirm-promise") < html.index("ability") < html.index("greeting")

    def test_what_cannot_be_said_of_a_small_class_is_said_so(self) -> None:
        text = tree(class_report_html(analyse(class_of(5)), "小班")).text()
        assert "5 人，至少要 30 人" in text

    def test_it_loads_nothing_runs_nothing_and_takes_words_as_words(self) -> None:
        evil = "<script>{{7*7}}</script>\x1b"
        ledger = class_of(36)
        broken = tuple(replace(row, words=evil, title=evil, instead=evil) for row in ledger.broken)
        html = class_report_html(analyse(replace(ledger, broken=broken)), evil)
        assert not tree(html).find("script")
        assert "\x1b" not in html
        assert "http" not in html.replace("http-equiv", "")

    def test_a_class_that_broke_nothing_and_one_that_is_empty_have_a_page(self) -> None:
        assert "没有人违规" in class_report_html(analyse(replace(class_of(5), broken=())), "好班")
        assert "还没有可以统计的成绩" in class_report_html(analyse(Ledger()), "空班")
