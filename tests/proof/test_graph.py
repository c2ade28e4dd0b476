"""A picture shows every state and every way, the same each time, in every form."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from simulator.authoring.library import Library
from simulator.authoring.proof.diagram import Diagram, diagram, dot, mermaid, text
from simulator.authoring.proof.layout import place
from simulator.authoring.proof.shades import NEVER, shades
from simulator.authoring.proof.svg import HIGH, ROW, svg

LIBRARY = Library()
PERSONAS = LIBRARY.persona_ids()


def picture(name: str) -> Diagram:
    return diagram(LIBRARY.persona(name), LIBRARY.act_titles())


@pytest.mark.parametrize("name", PERSONAS)
def test_every_state_stands_in_every_form(name: str) -> None:
    drawn = picture(name)
    states = [state.id for state in LIBRARY.persona(name).states]
    forms = (text(drawn, {}), mermaid(drawn, {}), dot(drawn, {}), svg(drawn, {}, {}, ""))
    for form in forms:
        assert all(state in form for state in states)


@pytest.mark.parametrize("name", PERSONAS)
def test_the_same_persona_gives_the_same_picture_and_sound_xml(name: str) -> None:
    again = svg(picture(name), {}, {}, "")
    assert svg(picture(name), {}, {}, "") == again
    ElementTree.fromstring(again)


@pytest.mark.parametrize("name", PERSONAS)
def test_no_box_lies_on_another(name: str) -> None:
    drawn = picture(name)
    boxes = [box.id for box in drawn.boxes if box.id != "*"]
    arrows = [(arrow.source, arrow.target) for arrow in drawn.arrows if arrow.source != "*"]
    placed = place(boxes, arrows, LIBRARY.persona(name).start, 300, ROW)
    spots = list(placed.boxes.values())
    for index, (x, y) in enumerate(spots):
        assert all(x != other_x or abs(y - other_y) > HIGH for other_x, other_y in spots[:index])


def test_every_way_out_of_a_state_is_drawn() -> None:
    drawn = picture("liable-spouse")
    persona = LIBRARY.persona("liable-spouse")
    wanted = {
        (state.id, item.to)
        for state in persona.states
        for item in state.transitions
        if item.to and item.to != state.id
    }
    assert wanted <= {(arrow.source, arrow.target) for arrow in drawn.arrows}


def test_a_way_back_is_drawn_from_right_to_left() -> None:
    placed = place(["a", "b", "c"], [("a", "b"), ("b", "c"), ("c", "a")], "a", 100, 50)
    xs = [x for x, _ in placed.ways["c", "a"]]
    assert xs == sorted(xs, reverse=True)
    assert len(xs) == 3  # it bends in the layer that it passes


def test_colours_grow_with_the_count_and_grey_means_never() -> None:
    colours = shades({"a": 1, "b": 8}, ["a", "b", "c"], failures=True)
    assert colours["c"] == NEVER
    assert len(set(colours.values())) == 3


def test_what_mermaid_takes_for_its_own_is_kept_out_of_labels() -> None:
    lines = mermaid(picture("promise-breaker"), {}).splitlines()
    labels = [line.split(": ", 1)[1] for line in lines if "-->" in line and ": " in line]
    assert labels
    assert not any(re.search(r'[":;#]', label) for label in labels)
