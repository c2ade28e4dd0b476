"""Cut scores against examples worked out by hand, and what keeps a panel from setting one."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from simulator.authoring.panel_file import read_panel
from simulator.cli.main import main
from simulator.errors import ContentError, StorageError
from simulator.training.exam.panel import Graded, Item, Method, Panel, Rating, hundredths
from simulator.training.exam.regression import LEAST_CALLS
from simulator.training.exam.standard import cut_score, shortcomings

ITEMS = (Item("a", None, 3), Item("b", "greeting", 1))
# second round, shares for the two items: each judge's own cut is (3x + y) / 4
SHARES = {"j1": (60, 80), "j2": (70, 70), "j3": (65, 85), "j4": (60, 60), "j5": (80, 60)}
CUTS = {"j1": 6500, "j2": 7000, "j3": 7000, "j4": 6000, "j5": 7500}


def angoff(**shares: tuple[int, int]) -> Panel:
    ratings = [
        Rating(judge, number, item.scenario, item.criterion, share)
        for number in (1, 2)
        for judge, both in shares.items()
        for item, share in zip(ITEMS, both if number == 2 else (50, 50), strict=True)
    ]
    judges = dict.fromkeys(shares, "质检")
    day = date(2026, 10, 15)
    return Panel("p", Method.ANGOFF, "duty", day, "刚好够", judges, ITEMS, tuple(ratings), (), "d" * 64)


def regression(calls: int = 20, grades: tuple[int, ...] = (1, 2, 3, 4, 5), slope: int = 10) -> Panel:
    """Totals lie two points above and below 30 + 10 × grade by turns."""
    graded = [
        Graded(
            f"e{n % 3}",
            f"t{n}",
            "a",
            grades[n // 2 % len(grades)],
            30 + slope * grades[n // 2 % len(grades)] + 4 * (n % 2) - 2,
        )
        for n in range(calls)
    ]
    judges = {f"e{n}": "考官" for n in range(3)}
    day = date(2026, 10, 15)
    return Panel("p", Method.REGRESSION, "duty", day, "刚好够", judges, (), (), tuple(graded), "d" * 64)


class TestAngoff:
    def test_the_cut_is_the_mean_of_the_judges_and_its_error_their_spread_by_the_root_of_five(self) -> None:
        cut = cut_score(angoff(**SHARES))
        assert dict(cut.by_judge) == CUTS
        assert cut.cut == 6800
        assert cut.error == 255  # sqrt(32.5 / 5) = 2.5495
        assert (cut.first, cut.first_error) == (5000, 0)

    def test_each_item_tells_its_own_mean_and_spread(self) -> None:
        first, second = cut_score(angoff(**SHARES)).parts
        assert (first.cut, first.fit, first.n) == (6700, 837, 5)  # deviations −7 3 −2 −7 13: sqrt(280 / 4)
        assert (second.scenario, second.criterion, second.cut) == ("b", "greeting", 7100)

    def test_the_pass_mark_is_the_least_whole_total_that_reaches_the_cut(self) -> None:
        assert cut_score(angoff(**SHARES)).pass_mark == 68
        assert cut_score(angoff(**{**SHARES, "j5": (81, 60)})).pass_mark == 69

    def test_four_judges_set_no_cut(self) -> None:
        four = {judge: SHARES[judge] for judge in ("j1", "j2", "j3", "j4")}
        (gap,) = shortcomings(angoff(**four))
        assert "4 位评委" in gap
        with pytest.raises(ValueError, match="4 位评委"):
            cut_score(angoff(**four))

    def test_one_round_is_not_enough(self) -> None:
        panel = angoff(**SHARES)
        first = replace(panel, ratings=tuple(rating for rating in panel.ratings if rating.round == 1))
        (gap,) = shortcomings(first)
        assert "第 2 轮还缺 10 个评分" in gap

    def test_a_judge_who_skipped_an_item_is_named(self) -> None:
        panel = angoff(**SHARES)
        (gap,) = shortcomings(replace(panel, ratings=panel.ratings[:-1]))
        assert "第 2 轮还缺 1 个评分" in gap
        assert "j5" in gap
        assert "greeting" in gap

    def test_the_order_of_rows_and_judges_changes_nothing(self) -> None:
        panel = angoff(**SHARES)
        turned = replace(panel, ratings=panel.ratings[::-1], judges=dict(reversed(panel.judges.items())))
        assert cut_score(turned) == cut_score(panel)


class TestRegression:
    def test_the_cut_is_where_the_line_meets_borderline(self) -> None:
        cut = cut_score(regression())
        assert cut.cut == 5000  # 30 + 10 × 2
        assert cut.error == 58  # sqrt(80/18 × (1/20 + 1/40)) = 0.577
        (part,) = cut.parts
        assert (part.n, part.fit) == (20, 98)  # R² = 1 − 80/4080
        assert cut.judges == ("e0", "e1", "e2")

    def test_of_two_scenarios_the_cut_is_the_mean_and_the_error_smaller(self) -> None:
        one = regression()
        higher = [replace(call, scenario="b", total=call.total + 10) for call in one.graded]
        cut = cut_score(replace(one, graded=(*one.graded, *higher)))
        assert cut.cut == 5500
        assert cut.error == 41  # 0.577 × sqrt(2) / 2

    @pytest.mark.parametrize(
        ("panel", "said"),
        [
            (regression(calls=LEAST_CALLS - 1), "19 通"),
            (regression(grades=(2, 3)), "只用了 2 档"),
            (regression(slope=-10), "总评越高得分反而不高"),
            (replace(regression(), graded=()), "没有一通"),
            (
                replace(regression(), graded=tuple(replace(g, judge="e0") for g in regression().graded)),
                "1 位考官",
            ),
        ],
    )
    def test_it_is_refused(self, panel: Panel, said: str) -> None:
        assert said in "；".join(shortcomings(panel))

    def test_a_line_that_leaves_the_scale_is_cut_off_at_its_end(self) -> None:
        low = replace(
            regression(), graded=tuple(replace(g, total=max(0, g.total - 60)) for g in regression().graded)
        )
        assert cut_score(low).cut >= 0


def test_hundredths_are_rounded_half_up() -> None:
    assert [hundredths(value) for value in (68.125, 0.005, 1 / 3, 2 / 3, 0.0)] == [6813, 1, 33, 67, 0]


HEAD = """id: duty-2026
method: angoff
exam: duty-officer
held: "2026-10-15"
borderline: 刚好合格的人，句句合规，话不太圆。
judges: {j1: 质检, j2: 质检, j3: 讲师, j4: 合规, j5: 合规}
items:
  - {scenario: a, weight: 3}
  - {scenario: b, criterion: greeting}
sheet: ratings.csv
"""


def write(folder: Path, sheet: str | bytes, head: str = HEAD) -> Path:
    (folder / "panel.yaml").write_text(head, encoding="utf-8")
    content = sheet if isinstance(sheet, bytes) else sheet.encode()
    (folder / "ratings.csv").write_bytes(content)
    return folder / "panel.yaml"


def sheet(title: str = "judge,round,scenario,criterion,share") -> str:
    rows = [
        f"{judge},{number},{item.scenario},{item.criterion or ''},{share if number == 2 else 50}"
        for number in (1, 2)
        for judge, shares in SHARES.items()
        for item, share in zip(ITEMS, shares, strict=True)
    ]
    return "\n".join([title, *rows]) + "\n"


class TestFile:
    def test_a_sheet_reads_as_it_was_meant(self, tmp_path: Path) -> None:
        assert cut_score(read_panel(write(tmp_path, sheet()))).cut == 6800

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
    def test_a_spreadsheet_in_chinese_reads_the_same(self, tmp_path: Path, encoding: str) -> None:
        text = sheet("评委,轮次,情境,评分项,份额").replace("\n", "\r\n")
        assert cut_score(read_panel(write(tmp_path, text.encode(encoding)))).cut == 6800

    def test_changing_one_figure_changes_the_digest(self, tmp_path: Path) -> None:
        one = read_panel(write(tmp_path, sheet())).digest
        assert (
            read_panel(write(tmp_path, sheet().replace("j5,2,b,greeting,60", "j5,2,b,greeting,61"))).digest
            != one
        )

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("j9,1,a,,50", "没有叫“j9”的评委"),
            ("j1,3,a,,50", "“round”是“3”"),
            ("j1,1,a,,101", "“share”是“101”"),
            ("j1,1,a,,5O", "“share”是“5O”"),
            ("j1,1,c,,50", "“c”不在 items 里"),
            ("j1,1,a,,50", "评了两次"),
        ],
    )
    def test_a_wrong_row_is_named_with_its_line(self, tmp_path: Path, row: str, said: str) -> None:
        with pytest.raises(ContentError) as caught:
            read_panel(write(tmp_path, sheet() + row + "\n"))
        (problem,) = caught.value.diagnostics
        assert said in problem.message
        assert problem.line == 22
        assert problem.source == row

    def test_a_missing_column_is_named_with_what_it_may_be_called(self, tmp_path: Path) -> None:
        with pytest.raises(ContentError) as caught:
            read_panel(write(tmp_path, sheet("judge,round,scenario,criterion,chance")))
        assert "缺少“share”" in caught.value.diagnostics[0].message
        assert "份额" in caught.value.diagnostics[0].help

    @pytest.mark.parametrize(
        "bad", ["method: angof", "held: someday", "extra: 1", "items: [{scenario: a}, {scenario: a}]"]
    )
    def test_a_wrong_head_is_refused(self, tmp_path: Path, bad: str) -> None:
        key = bad.partition(":")[0]
        lines = [
            line
            for line in HEAD.splitlines()
            if not line.startswith((key + ":", "  - " if key == "items" else "\0"))
        ]
        path = write(tmp_path, sheet(), "\n".join([*lines, bad]) + "\n")
        with pytest.raises(ContentError):
            read_panel(path)

    def test_a_sheet_that_is_not_there_is_said_so(self, tmp_path: Path) -> None:
        path = write(tmp_path, sheet())
        (tmp_path / "ratings.csv").unlink()
        with pytest.raises(StorageError, match="ratings"):
            read_panel(path)


class TestTotals:
    """A sheet of grades need not repeat the totals that the store has."""

    HEAD = (
        "\n".join(line for line in HEAD.splitlines() if not line.startswith(("items", "  - ")))
        .replace("angoff", "borderline-regression")
        .replace("{j1: 质检, j2: 质检, j3: 讲师, j4: 合规, j5: 合规}", "{e0: 考官, e1: 考官, e2: 考官}")
    )

    def file(self, folder: Path) -> Path:
        rows = [f"{call.judge},{call.attempt},{call.scenario},{call.grade}" for call in regression().graded]
        return write(folder, "\n".join(["考官,考试记录,情境,总评", *rows]) + "\n", self.HEAD)

    def test_they_are_taken_from_the_store(self, tmp_path: Path) -> None:
        totals = {call.attempt: call.total for call in regression().graded}
        panel = read_panel(self.file(tmp_path), lambda attempt, scenario: totals[attempt])
        assert cut_score(panel).cut == cut_score(regression()).cut

    def test_without_a_store_the_first_missing_one_is_shown(self, tmp_path: Path) -> None:
        with pytest.raises(ContentError) as caught:
            read_panel(self.file(tmp_path))
        assert "不知道这通电话得了几分" in caught.value.diagnostics[0].message
        assert caught.value.diagnostics[0].line == 2


class TestBlank:
    def test_an_empty_sheet_has_a_line_for_every_judge_round_and_item_and_reads_as_unfinished(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = write(tmp_path, "")
        (tmp_path / "ratings.csv").unlink()
        assert main(["results", "standard", str(path), "--blank"]) == 0
        assert len((tmp_path / "ratings.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + 5 * 2 * 2
        capsys.readouterr()
        assert main(["results", "standard", str(path)]) == 1
        assert "第 1 轮还缺 10 个评分" in capsys.readouterr().err

    def test_a_sheet_that_is_there_is_never_written_over(self, tmp_path: Path) -> None:
        path = write(tmp_path, sheet())
        assert main(["results", "standard", str(path), "--blank"]) == 3
        assert cut_score(read_panel(path)).cut == 6800


class TestCommand:
    def test_it_prints_the_cut_and_what_to_copy(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["results", "standard", str(write(tmp_path, sheet()))]) == 0
        out = capsys.readouterr().out
        assert "68 分" in out
        assert "2.55 分" in out
        assert 'standard: {method: angoff, judges: 5, error: 2.55, on: "2026-10-15"}' in out

    def test_json_has_whole_numbers_only(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["results", "standard", str(write(tmp_path, sheet())), "--json"]) == 0
        out = capsys.readouterr().out
        event = json.loads(out, parse_float=lambda text: pytest.fail(text))
        assert (event["cut"], event["error"], len(event["by_judge"])) == (6800, 255, 5)

    def test_after_the_first_round_it_shows_where_the_judges_stand_and_sets_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = "\n".join(line for line in sheet().splitlines() if ",2," not in line)
        assert main(["results", "standard", str(write(tmp_path, first))]) == 1
        said = capsys.readouterr()
        assert said.out == ""
        assert "第一轮各评委的线：j1 50.0" in said.err
        assert "第 2 轮还缺 10 个评分" in said.err
