"""Names what makes a file no YAML, in the author's words: look-alike characters, quotes, colons, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from simulator.authoring.source import Mark, Source

INDENT = {"\t": "制表符（Tab）", "\u3000": "全角空格", "\u00a0": "不换行空格"}
KEY = re.compile(r"\s*(?:- )?\{?([A-Za-z][A-Za-z0-9_-]*)：")
# full-width marks where YAML wants the half-width ones: beside an id, a number, a quote or a bracket
INSIDE = re.compile(r"(?<=[\w\]}\"'])([，：])(?=\s*[\"'\[{A-Za-z0-9])")
HALF_WIDTH = {"，": ",", "：": ":"}

NO_SPACE = re.compile(r"\s*(?:- )?\{?([A-Za-z][A-Za-z0-9_-]*):(?=[^\s/])")

# a fragment of what libyaml says → what the author did, and what to do; the first that fits counts
KNOWN = {
    "while scanning an alias": ("以 * 开头的话被当成了引用", "整句用引号括起来"),
    "found undefined alias": ("以 * 开头的话被当成了引用", "整句用引号括起来"),
    "while scanning an anchor": ("以 & 开头的话被当成了记号", "整句用引号括起来"),
    "found duplicate anchor": ("以 & 开头的话被当成了记号", "整句用引号括起来"),
    "while scanning a tag": ("以 ! 开头的话被当成了记号", "整句用引号括起来"),
    "found undefined tag": ("以 ! 开头的话被当成了记号", "整句用引号括起来"),
    "cannot start any token": ("这里以 YAML 的保留符号开头", "整句用引号括起来"),
    "found unexpected end of stream": ("引号没有收尾", "给这句话补上另一半引号"),
    "found unexpected document": ("引号没有收尾", "给这句话补上另一半引号"),
    "while parsing a flow mapping": (
        "花括号“{”没有收尾，或里面少了逗号",
        "补上“}”；每一项之间用半角逗号隔开",
    ),
    "while parsing a flow sequence": (
        "方括号“[”没有收尾，或里面少了逗号",
        "补上“]”；每一项之间用半角逗号隔开",
    ),
    "unknown escape": ("双引号里的反斜杠“\\”有特别的意思", "换成单引号，或写两个反斜杠"),
    "expected a single document": ("一个文件里有两份内容（中间有“---”）", "分成两个文件，一个文件一份"),
    "block sequence entries are not": ("这一行的“- ”放错了地方", "列表另起一行写在名字下面，每行以“- ”开头"),
    "mapping values are not allowed": (
        "这里多了一个冒号，或上一行少了引号",
        "话里有“: ”时，整句用引号括起来；同一级的行要对齐",
    ),
    "could not find expected ':'": ("这里应该有冒号“: ”", "看看上一行：名字后面要有半角冒号和一个空格"),
    "did not find expected": ("缩进或括号对不上", "同一级的行要对齐；方括号、花括号、引号要成对"),
}
BARE_KEY = re.compile(r"\s+[A-Za-z][A-Za-z0-9_-]*")
UNKNOWN = ("这里不合 YAML 的写法", "检查缩进、冒号和引号")
BEGINNING = (
    "引号没有收尾",
    "没有收尾，或里面少了逗号",
)  # noticed late: the place that helps is where it began


def report_look_alikes(source: Source, numbers: Iterable[int]) -> None:
    """Characters that only look right, in the lines of these numbers: indentation, and colons after a name."""
    for number in numbers:
        line = source.lines[number - 1]
        indent = re.match(r"[ \t\u3000\u00a0]*", line)
        blank = indent.group() if indent and line.strip() else ""
        for character, name in INDENT.items():
            if character in blank:
                source.report(
                    Mark(number, blank.index(character) + 1, 1),
                    "look-alike",
                    "缩进里有{name}，YAML 只认半角空格",
                    "把它换成空格",
                    name=name,
                )
        key = KEY.match(line)
        if key:
            source.report(
                Mark(number, key.end(), 1),
                "look-alike",
                "“{key}”后面是全角冒号“：”",
                "换成半角冒号加一个空格“: ”",
                key=key.group(1),
            )


def report_syntax(source: Source, error: yaml.MarkedYAMLError) -> None:
    """What stopped the reader, unless a look-alike explains it already."""
    if any(problem.id == "look-alike" for problem in source.problems):
        return
    if _report_slip(source, error) or _report_layout(source, error):
        return
    said = f"{error.context}: {error.problem}"
    message, cure = next((pair for fragment, pair in KNOWN.items() if fragment in said), UNKNOWN)
    began = any(ending in message for ending in BEGINNING)
    place = error.context_mark if began and error.context_mark else error.problem_mark or error.context_mark
    mark = Mark(place.line + 1, place.column + 1, 1) if place else None
    source.report(mark, "yaml-syntax", message, cure)


def _report_slip(source: Source, error: yaml.MarkedYAMLError) -> bool:
    """Reports a slip of the pen in the lines at which the reader stumbled; whether there was one."""
    for number in _lines_about(source, error):
        line = source.lines[number - 1]
        full = INSIDE.search(line)
        if full:
            source.report(
                Mark(number, full.start() + 1, 1),
                "look-alike",
                "这里的“{character}”是全角的",
                "换成半角的“{half}”，后面留一个空格",
                character=full.group(1),
                half=HALF_WIDTH[full.group(1)],
            )
            return True
        bare = NO_SPACE.match(line)
        if bare:
            source.report(
                Mark(number, bare.end(), 1),
                "yaml-syntax",
                "“{key}”的冒号后面少一个空格",
                "冒号后面留一个半角空格",
                key=bare.group(1),
            )
            return True
    return False


def _report_layout(source: Source, error: yaml.MarkedYAMLError) -> bool:
    """Reports a quote left open, a quote inside quotes, or a line that stands too far in; whether there was one."""
    place = error.problem_mark
    if place is None:
        return False
    before = source.lines[place.line][: place.column]
    said, mark = str(error.problem), Mark(place.line + 1, place.column + 1, 1)
    if "did not find expected" in said and before.rstrip().endswith(('"', "'")):
        opened = _left_open(source, place.line)
        if opened is not None:
            source.report(opened, "yaml-syntax", "引号没有收尾", "给这句话补上另一半引号")
            return True
        cure = "里面的引号换成“”，或者外面换一种引号"
        source.report(mark, "yaml-syntax", "引号里面又有引号，话到这里被截断了", cure)
        return True
    if "mapping values are not allowed" in said and BARE_KEY.fullmatch(before):
        width = len(before.lstrip())
        mark = Mark(place.line + 1, place.column + 1 - width, width)
        source.report(mark, "yaml-syntax", "这一行缩进多了，接到了上一行的话里", "和同一级的其他行对齐")
        return True
    return False


def _left_open(source: Source, before: int) -> Mark | None:
    """The double quote that an earlier line opens and does not close."""
    for number, line in enumerate(source.lines[:before], 1):
        if line.count('"') % 2:
            return Mark(number, line.rindex('"') + 1, 1)
    return None


def _lines_about(source: Source, error: yaml.MarkedYAMLError) -> Iterator[int]:
    """The numbers of the lines where the reader stumbled, each after the one before it."""
    lines = {mark.line for mark in (error.problem_mark, error.context_mark) if mark}
    for index in sorted({before for line in lines for before in (line - 1, line)}):
        if 0 <= index < len(source.lines):
            yield index + 1
