"""The training room: no sign-in, one call a browser, every turn on disk, the scorecard at the end."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.authoring.desk import Desk
from simulator.web.practice_routes import app_of_room
from tests.exam.made import stage
from tests.web.served import Browser, serving

SCENARIO = "owner-receivables"


class HomeDesk(Desk):
    """The shared content, with a home of its own for the records."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.__dict__["library"] = stage().desk.library


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def url(home: Path) -> Iterator[str]:
    with serving(lambda: app_of_room(HomeDesk(home), "zh", secure=False)) as url:
        yield url


def _trainee(url: str) -> Browser:
    browser = Browser(url)
    assert browser.get("/").status == 200
    return browser


def _said(home: Path) -> list[str]:
    records = [path.read_text(encoding="utf-8") for path in (home / "calls").glob("web-*.jsonl")]
    lines = [json.loads(line) for record in records for line in record.splitlines()]
    return [line["text"] for line in lines if line["event"] == "turn" and line["who"] == "collector"]


def test_a_turn_is_on_disk_when_its_answer_comes_and_sent_twice_it_is_kept_once(url: str, home: Path) -> None:
    browser = _trainee(url)
    browser.post("/api/room/dial", {"scenario": SCENARIO})
    first = browser.post("/api/room/say", {"turn": 2, "words": "您好，请问是本人吗？"})
    again = browser.post("/api/room/say", {"turn": 2, "words": "您好，请问是本人吗？"})
    assert first.data == again.data
    assert _said(home) == ["您好，请问是本人吗？"]


def test_a_call_that_is_over_has_a_scorecard_and_one_that_is_on_has_none(url: str) -> None:
    browser = _trainee(url)
    browser.post("/api/room/dial", {"scenario": SCENARIO})
    browser.post("/api/room/say", {"turn": 2, "words": "<script>alert(1)</script>您好"})
    assert browser.get("/scorecard").status == 409
    assert browser.post("/api/room/hang-up").data["over"] is True
    assert browser.post("/api/room/grade").data["passed"] is False
    page = browser.get("/scorecard")
    assert page.status == 200
    assert "<script>" not in page.text


def test_trainees_do_not_see_each_others_calls(url: str) -> None:
    one, other = _trainee(url), _trainee(url)
    one.post("/api/room/dial", {"scenario": SCENARIO})
    assert one.get("/api/room").data["going"] is True
    assert other.get("/api/room").data["going"] is False
    assert other.get("/api/room/call").status == 404


def test_a_call_that_a_restart_broke_off_goes_on(home: Path) -> None:
    with serving(lambda: app_of_room(HomeDesk(home), "zh", secure=False)) as url:
        browser = _trainee(url)
        browser.post("/api/room/dial", {"scenario": SCENARIO})
        before = browser.post("/api/room/say", {"turn": 2, "words": "您好，请问是本人吗？"}).data
    with serving(lambda: app_of_room(HomeDesk(home), "zh", secure=False)) as url:
        browser.url = url
        assert browser.get("/api/room").data["going"] is True
        assert browser.get("/api/room/call").data == before
        assert browser.post("/api/room/say", {"turn": 4, "words": "喂？"}).status == 200


def test_a_browser_without_its_cookie_and_an_unknown_scenario_are_told_so(url: str) -> None:
    assert "cookie" in Browser(url).get("/api/room").data["error"]
    for name in ("../../etc", "scenarios/owner-receivables.yaml", "", "x" * 300):
        assert _trainee(url).post("/api/room/dial", {"scenario": name}).status == 404
