"""在终端上进考场：和网页考的是同一场，一行一句。题目、钥匙和记录都在考官的机器上。"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.cli.exam._line import HELP as WORDS_HELP
from simulator.cli.exam._line import WORDS, _lines, code_argument, code_of, show_case
from simulator.cli.report import DONE, show, tell
from simulator.errors import ExamError

if TYPE_CHECKING:
    from simulator.cli.exam._remote import Hall

NAME = "enter"
HELP = "在终端上进考场（网址由考官给）"
MINUTE = 60_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("url", metavar="网址", help="考场的网址，例如 http://192.168.1.10:8080/")
    parser.add_argument("--as", dest="candidate", required=True, metavar="考生", help="你的代号")
    parser.add_argument("--exam", metavar="考试", help="考哪一场；只开了一场时不用写")
    parser.add_argument("--ca", type=Path, metavar="文件", help="考场自己签的证书（PEM）")
    code_argument(parser)


def run(options: argparse.Namespace) -> int:
    from simulator.cli.exam._remote import Hall

    hall = Hall(options.url, options.ca)
    hall.post("enter", {"id": options.candidate, "code": code_of(options)})
    view = hall.look()
    if view["phase"] == "lobby":
        show(f"{view['name']}（{view['id']}）　{view['seat']}")
        view = hall.post("start", {"exam": _exam(view["exams"], options.exam)})
    show(WORDS_HELP)
    _Seat(hall, view).run(_lines())
    return DONE


def _exam(exams: list[dict[str, Any]], wanted: str | None) -> str:
    open_now = {exam["id"]: exam for exam in exams}
    if wanted is None and len(exams) == 1:
        wanted = exams[0]["id"]
    if wanted is None or wanted not in open_now:
        raise ExamError(f"开着的考试：{'、'.join(open_now) or '没有'}；用 --exam 说考哪一场")
    if open_now[wanted]["refused"]:
        raise ExamError(open_now[wanted]["refused"])
    return wanted


class _Seat:
    """What the hall last told, and the lines that answer it."""

    def __init__(self, hall: Hall, view: dict[str, Any]) -> None:
        self._hall, self._view = hall, view

    def run(self, lines: Iterator[str]) -> None:
        self._announce(None)
        while self._view["phase"] != "over":
            line = next(lines, None)
            if line is None:
                tell("先停在这里，说过的都存着。接着考：请考官发新的座位码，再进一次。")
                return
            before = self._view
            try:
                self._view = self._take(line, lines)
            except ExamError as error:
                tell(f"（{error}）")
                self._view = self._hall.look()
            self._announce(before)
        _finish(self._view)

    def _take(self, line: str, lines: Iterator[str]) -> dict[str, Any]:
        word = line.strip()
        action = WORDS.get(word, word.removeprefix("/") if word.startswith("/") else "say")
        call = self._view["call"]
        if action == "say" and self._view["phase"] == "call":
            turn = {"call": call["n"], "turn": len(call["turns"]) + 1, "words": line}
            return self._hall.post("say", turn)
        if action == "say" and line.strip():
            tell("（还没接通：打 /开始）" if self._view["phase"] == "ready" else "（现在没有电话在打）")
        elif action == "begin":
            return self._hall.post("begin", {"call": call["n"]})
        elif action == "hang":
            return self._hall.post("hang-up", {"call": call["n"]})
        elif action == "note":
            return self._note(lines)
        elif action == "submit":
            return self._hall.post("submit", {})
        elif action == "time":
            _show_time(self._view)
        elif action != "say":
            show(WORDS_HELP)
        return self._hall.look()

    def _note(self, lines: Iterator[str]) -> dict[str, Any]:
        if self._view["note"] is None:
            raise ExamError("电话打完以后才写小结")
        show("写小结，一行一条，单独一个 . 结束：")
        text = "\n".join(iter(lambda: next(lines, "."), "."))
        return self._hall.post("note", {"call": self._view["note"]["call"], "text": text})

    def _announce(self, before: dict[str, Any] | None) -> None:
        """What is new since `before`: words of the other side, the next case, a pause."""
        view = self._view
        call, phase = view["call"], view["phase"]
        if before is None and call["begun"] and phase in ("call", "paused"):
            _show_case(view)
        same = before is not None and before["call"]["n"] == call["n"]
        known = len(before["call"]["turns"]) if before is not None and same else 0
        for turn in call["turns"][known:]:
            if turn["who"] == "persona" or before is None:
                who = "对方" if turn["who"] == "persona" else "　你"
                show(f"{who}：{turn['text'] or '（不说话）'}")
        if before is not None and same and before["phase"] == phase:
            return
        if phase == "ready":
            _show_case(view)
            _show_time(view)
            show("打 /开始 接通。" + ("上一通的小结现在可以写：/小结" if view["note"] else ""))
        elif phase == "done":
            show("\n没有电话要打了。小结写好以后，打 /交卷。")
        elif phase == "paused":
            show(f"\n考官暂停了考试（{view['stop']}），时间停着。继续以后按回车。")


def _show_case(view: dict[str, Any]) -> None:
    from simulator.training.casefile import Section

    call = view["call"]
    sections = [
        Section(section["title"], tuple((label, value) for label, value in section["rows"]))
        for section in call["case"]
    ]
    show_case(call["n"], call["of"], call["minutes"], f"{call['title']}\n{call['brief']}", sections)


def _show_time(view: dict[str, Any]) -> None:
    def left(ms: int) -> str:
        return f"{ms // MINUTE} 分 {ms % MINUTE // 1000} 秒" if ms > 0 else "已经到了，尽快收尾"

    call = view["left"]["call"]
    show(f"还剩 {left(view['left']['exam'])}" + (f"，这一通 {left(call)}。" if call is not None else "。"))


def _finish(view: dict[str, Any]) -> None:
    show(f"\n交卷了。回执：{view['receipt']}　抄下来，以后查验用得着。")
    result = view["result"]
    if result is None:
        show("成绩由考点公布。" if view["shows"] == "nothing" else "正在评分；用网页进来能看到成绩。")
    else:
        show(f"{'通过' if result['passed'] else '未通过'}　{result['points']} 分（合格线 {result['cut']}）")
