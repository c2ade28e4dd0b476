"""Writes the reference of all diagnostics from their pages: `python -m simulator.authoring.build_diagnostics`."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent

from simulator.authoring.diagnostics import Page, ids, page
from simulator.authoring.explaining import shown
from simulator.authoring.library import SHIPPED

FILE = SHIPPED / "docs" / "diagnostics.zh-CN.md"
LEAD = """# 诊断：`peilian lint` 会说的每一种问题

每一种都可以用 `peilian explain 名字` 查到同样的说明。错误要改了才能用；提醒是多半不对、但也能用的。
真有理由的，在那一行上面（或行尾）写 `# allow: 名字` 再加一句缘故，这一处就不再提醒；写在文件第一个名字之前，整个文件都不再提醒。错误不能这样放过。
"""
WEIGHTS = {"error": "错误", "warning": "提醒"}


def reference() -> str:
    """The whole document."""
    pages = [page(id) for id in ids()]
    parts = [LEAD]
    for severity, name in WEIGHTS.items():
        parts.append(f"## {name}\n")
        parts += ["\n".join(_section(known)) for known in pages if known.severity == severity]
    return "\n".join(parts)


def _section(known: Page) -> Iterator[str]:
    yield f"### `{known.id}` {known.title.zh}\n"
    yield f"看什么：{known.checks.zh}\n"
    yield f"为什么：{known.why.zh}\n"
    yield "会这样说：\n"
    yield from (f"- {shown(wording.zh)}" for wording in known.messages)
    yield ""
    if known.cures:
        yield "怎么改：\n"
        yield from (f"- {shown(wording.zh)}" for wording in known.cures)
        yield ""
    if known.example:
        yield from _code("这样不行：", known.example.broken)
        if known.example.mended:
            yield from _code("这样就好：", known.example.mended)


def _code(head: str, text: str) -> Iterator[str]:
    yield f"{head}\n\n```yaml\n{dedent(text).rstrip()}\n```\n"


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
