"""What goes over the wire: headers, origins, odd requests, files, languages."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from simulator.web import words_en, words_zh
from simulator.web.limits import REMEMBERED, Limit, TooManyError
from simulator.web.pages import page_html
from simulator.web.words import language_of
from tests.web.served import Room, room_in


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with room_in(tmp_path_factory.mktemp("hall") / "hall") as room:
        yield room


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/desk", "/api/seat", "/static/seat.js", "/no-such-page"])
    def test_every_answer_forbids_foreign_scripts_and_frames(self, room: Room, path: str) -> None:
        policy = room.browser().get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    def test_pages_load_nothing_from_elsewhere_and_have_no_script_of_their_own(self, room: Room) -> None:
        for name in ("seat.html", "desk.html", "room.html"):
            page = page_html(name, "zh", "</title><script>alert(1)</script>")
            assert "//" not in page.replace("<!DOCTYPE", "")
            assert "onclick" not in page
            assert page.count("<script") == 2
            assert "<script>" not in page

    def test_nothing_a_candidate_sees_is_kept_by_the_browser(self, room: Room) -> None:
        for path in ("/", "/api/seat"):
            assert room.browser().get(path).headers["Cache-Control"] == "no-store"

    def test_the_server_does_not_tell_what_it_is_made_of(self, room: Room) -> None:
        assert "aiohttp" not in room.browser().get("/").headers["Server"]


class TestOrigins:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://elsewhere.example"},
            {"Origin": "null"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ],
    )
    def test_a_page_of_another_site_can_change_nothing(self, room: Room, headers: dict[str, str]) -> None:
        browser = room.entered("wang-fang")
        assert browser.post("/api/seat/leave", {}, **headers).status == 403
        assert browser.get("/api/seat").status == 200

    def test_a_form_cannot_be_sent(self, room: Room) -> None:
        answer = room.browser().post("/api/seat/enter", {}, **{"Content-Type": "text/plain"})
        assert answer.status == 415


class TestOddRequests:
    @pytest.mark.parametrize(
        "path", ["/static/../pages/seat.html", "/static/..%2f..%2fhall.jsonl", "/static/%00", "/static/"]
    )
    def test_only_the_pages_own_files_are_sent(self, room: Room, path: str) -> None:
        connection = http.client.HTTPConnection(urlsplit(room.url).netloc, timeout=10)
        connection.request("GET", path)
        assert connection.getresponse().status == 404
        connection.close()

    @pytest.mark.parametrize(
        "body",
        [
            "x",
            [],
            {"call": "1", "turn": 2, "words": "好"},
            {"call": 1, "turn": True, "words": "好"},
            {"call": 1},
            {"call": 1, "turn": -1, "words": "好"},
            {"call": 1, "turn": 2, "words": ["好"]},
        ],
    )
    def test_what_makes_no_sense_is_refused_in_words(self, room: Room, body: object) -> None:
        browser = room.entered("han-mei")
        answer = browser.post("/api/seat/say", body)
        assert answer.status == 400
        assert answer.data["error"]

    def test_a_client_that_sends_half_a_request_holds_up_nobody(self, room: Room) -> None:
        place = urlsplit(room.url)
        assert place.hostname
        assert place.port
        halves = [socket.create_connection((place.hostname, place.port)) for _ in range(60)]
        try:
            for half in halves:
                half.sendall(b"POST /api/seat/enter HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n{")
            assert room.browser().get("/").status == 200
        finally:
            for half in halves:
                half.close()

    def test_a_session_that_asks_without_pause_is_slowed_down(self, room: Room) -> None:
        browser = room.entered("wang-fang")
        statuses = {browser.get("/api/seat").status for _ in range(80)}
        assert statuses == {200, 429}


class TestLanguages:
    def test_both_languages_have_the_same_texts_with_the_same_gaps(self) -> None:
        import string

        def gaps(text: str) -> set[str]:
            return {name for _, name, _, _ in string.Formatter().parse(text) if name}

        assert words_zh.TABLE.keys() == words_en.TABLE.keys()
        assert all(gaps(words_zh.TABLE[key]) == gaps(words_en.TABLE[key]) for key in words_zh.TABLE)

    @pytest.mark.parametrize(
        ("asked", "accepted", "default", "language"),
        [
            (None, "", "zh", "zh"),
            (None, "en-GB,zh;q=0.8", "zh", "en"),
            (None, "zh-CN,en;q=0.8", "zh", "zh"),
            (None, "zh-CN", "en", "en"),
            ("zh", "en", "en", "zh"),
            ("xx", "fr", "zh", "zh"),
        ],
    )
    def test_the_address_comes_first_then_the_option_then_the_browser(
        self, asked: str | None, accepted: str, default: str, language: str
    ) -> None:
        assert language_of(asked, accepted, default) == language

    def test_every_text_that_the_scripts_ask_for_is_there(self) -> None:
        import re

        folder = Path(words_zh.__file__).parent
        sources = [*(folder / "static").glob("*.js"), *(folder / "pages").glob("*.html")]
        asked = set()
        for source in sources:
            text = source.read_text(encoding="utf-8")
            asked |= set(
                re.findall(
                    r"""\bt\("([a-z.-]+)"|w\["([a-z.-]+)"\]|"((?:call|note|over|result|ended|desk|room|lobby)\.[a-z-]+)\"""",
                    text,
                )
            )
        names = {name for found in asked for name in found if name}
        assert names - words_zh.TABLE.keys() == set()


class TestLimits:
    def test_a_try_is_allowed_again_when_the_time_has_passed(self) -> None:
        now = [0.0]
        limit = Limit(2, 10, lambda: now[0])
        limit.take("a")
        limit.take("a")
        with pytest.raises(TooManyError):
            limit.take("a")
        limit.take("b")
        now[0] = 10.1
        limit.take("a")

    def test_it_does_not_grow_with_the_number_of_strangers(self) -> None:
        limit = Limit(2, 10)
        for number in range(REMEMBERED + 100):
            limit.take(str(number))
        assert len(limit._tries) == REMEMBERED


def test_a_certificate_that_cannot_be_used_is_told_in_words(tmp_path: Path) -> None:
    from simulator.errors import StorageError
    from simulator.web.server import tls_context

    (tmp_path / "c.pem").write_text("nothing")
    with pytest.raises(StorageError, match="证书"):
        tls_context(tmp_path / "c.pem", tmp_path / "c.pem")
    assert ssl.HAS_TLSv1_2


def test_one_hall_is_served_by_one_server(room: Room) -> None:
    from simulator.errors import StorageError
    from simulator.web.server import hall_app

    with pytest.raises(StorageError, match="已经开着"):
        hall_app(room.folder, "zh", secure=False)
