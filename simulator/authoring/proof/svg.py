"""The picture of a persona as SVG, by itself: no program and no font is needed but a browser's."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from simulator.authoring.proof.diagram import ANYWHERE, Arrow, Box, Diagram
from simulator.authoring.proof.layout import Placed, Point, place

WIDE, HIGH = 168, 46
COLUMN, ROW = 350, 66
MARGIN = 40
CHARACTER = 6.6  # points of one narrow column of the small type
MOST = 24  # narrow columns of a line in a box
MOST_LABEL = 27
FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
STYLE = f"""text{{font-family:{FONT};font-size:12px;fill:#1f2933}}
.about,.label{{font-size:11px;fill:#52606d}} .box{{fill:#fff;stroke:#52606d;stroke-width:1.2}}
.start{{stroke:#0b6e4f;stroke-width:2.6}} .final{{fill:#f0f2f5;stroke-dasharray:5 3}}
.way{{fill:none;stroke:#9aa5b1;stroke-width:1.2}} .back{{stroke-dasharray:4 4}} .paper{{fill:#fff}}
.ground{{fill:#fff;fill-opacity:.85}}"""


def svg(picture: Diagram, colours: Mapping[str, str], counts: Mapping[str, int], note: str) -> str:
    start = next(box.id for box in picture.boxes if box.start)
    arrows = [arrow for arrow in picture.arrows if arrow.source != ANYWHERE]
    boxes = [box for box in picture.boxes if box.id != ANYWHERE]
    placed = place(
        [box.id for box in boxes], [(arrow.source, arrow.target) for arrow in arrows], start, COLUMN, ROW
    )
    return "\n".join(_pieces(picture, boxes, arrows, placed, colours, counts, note))


def _pieces(
    picture: Diagram,
    boxes: list[Box],
    arrows: list[Arrow],
    placed: Placed,
    colours: Mapping[str, str],
    counts: Mapping[str, int],
    note: str,
) -> Iterator[str]:
    anywhere = [arrow for arrow in picture.arrows if arrow.source == ANYWHERE]
    width = placed.width + WIDE + 2 * MARGIN
    below = placed.height + HIGH + 2 * MARGIN + 40
    height = below + 18 * (len(anywhere) + 2)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">'
    yield f"<style>{STYLE}</style>"
    yield '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#9aa5b1"/></marker></defs>'
    yield f'<rect class="paper" width="{width:.0f}" height="{height:.0f}"/>'
    yield f'<text x="{MARGIN}" y="26" style="font-size:16px">{escape(picture.title)}</text>'
    yield f'<text x="{MARGIN}" y="46" class="about">{escape(note)}</text>'
    yield f'<g transform="translate({MARGIN + WIDE / 2:.0f},{MARGIN + 40 + HIGH / 2:.0f})">'
    for arrow in arrows:
        yield from _way(arrow, placed.ways[arrow.source, arrow.target])
    for arrow in arrows:
        yield from _label(arrow, placed.ways[arrow.source, arrow.target])
    for box in boxes:
        yield from _box(box, placed.boxes[box.id], colours.get(box.id), counts.get(box.id))
    yield "</g>"
    if anywhere:
        yield f'<text x="{MARGIN}" y="{below:.0f}">任何时候都可能：</text>'
    for number, arrow in enumerate(anywhere, 1):
        words = f"→ {arrow.target}　{arrow.short}"
        yield f'<text class="about" x="{MARGIN + 12}" y="{below + 18 * number:.0f}">{escape(words)}</text>'
    yield "</svg>"


def _way(arrow: Arrow, points: tuple[Point, ...]) -> Iterator[str]:
    back = points[-1][0] <= points[0][0]
    side = -1 if back else 1
    first = (points[0][0] + side * WIDE / 2, points[0][1])
    last = (points[-1][0] - side * (WIDE / 2 + 2), points[-1][1])
    through = [first, *points[1:-1], last]
    path = f"M{first[0]:.0f} {first[1]:.0f}"
    for (x, y), (to_x, to_y) in pairwise(through):
        middle = (x + to_x) / 2
        path += f"C{middle:.0f} {y:.0f} {middle:.0f} {to_y:.0f} {to_x:.0f} {to_y:.0f}"
    name = f"way{' back' if back else ''}"
    told = escape("\n".join(arrow.labels))
    yield f'<path class="{name}" d="{path}" marker-end="url(#tip)"><title>{told}</title></path>'


def _label(arrow: Arrow, points: tuple[Point, ...]) -> Iterator[str]:
    """Beside the middle of the first stretch, so that labels of one box fan out with its arrows."""
    (x, y), (to_x, to_y) = points[0], points[1]
    at_x, at_y = x + (to_x - x) * 0.5, y + (to_y - y) * 0.5
    words = _cut(arrow.short, MOST_LABEL)
    wide = _columns(words) * CHARACTER * 0.92
    yield f'<rect class="ground" x="{at_x - wide / 2:.0f}" y="{at_y - 8:.0f}" width="{wide:.0f}" height="14"/>'
    yield f'<text class="label" text-anchor="middle" x="{at_x:.0f}" y="{at_y + 3:.0f}">{escape(words)}<title>{escape(chr(10).join(arrow.labels))}</title></text>'


def _box(box: Box, at: Point, colour: str | None, count: int | None) -> Iterator[str]:
    x, y = at[0] - WIDE / 2, at[1] - HIGH / 2
    name = "box" + (" start" if box.start else "") + (" final" if box.final else "")
    fill = f" style={quoteattr(f'fill:{colour}')}" if colour else ""
    yield f'<g><rect class="{name}" x="{x:.0f}" y="{y:.0f}" width="{WIDE}" height="{HIGH}" rx="8"{fill}/>'
    title = box.title + (f"　{count} 次" if count is not None else "")
    yield f'<text text-anchor="middle" x="{at[0]:.0f}" y="{at[1] - 3:.0f}">{escape(_cut(title, MOST))}</text>'
    yield f'<text class="about" text-anchor="middle" x="{at[0]:.0f}" y="{at[1] + 14:.0f}">{escape(_cut(box.about, MOST))}</text>'
    yield f"<title>{escape(f'{box.title} {box.about}')}</title></g>"


def _columns(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in words)


def _cut(words: str, most: int) -> str:
    if _columns(words) <= most:
        return words
    kept = ""
    for character in words:
        if _columns(kept + character) >= most:
            break
        kept += character
    return kept + "…"
