"""A candidate's browser in the hall: what it may do, what it is told, and that nothing is lost or doubled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.training.exam.sitting import LONGEST
from tests.exam.made import Clock
from tests.web.served import Room, again, room_in


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """For what leaves no trace in the record of `li-lei`."""
    with room_in(tmp_path_factory.mktemp("hall") / "hall") as room:
        yield room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path / "hall") as room:
        yield room


class TestSigningIn:
    def test_nobody_is_told_anything_without_a_seat(self, shared: Room) -> None:
        assert shared.browser().get("/api/seat").status == 401
        assert shared.browser().post("/api/seat/start", {"exam": "little"}).status == 401

    def test_a_wrong_code_is_refused_and_sets_no_cookie(self, shared: Room) -> None:
        shared.code("wang-fang")
        answer = shared.browser().post("/api/seat/enter", {"id": "wang-fang", "code": "AAAA-AAAA"})
        assert answer.status == 409
        assert "座位码不对" in answer.data["error"]
        assert "Set-Cookie" not in answer.headers

    def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(self, room: Room) -> None:
        answer = room.browser().post("/api/seat/enter", {"id": "li-lei", "code": room.code()})
        cookie = answer.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie

    def test_a_code_serves_once(self, room: Room) -> None:
        code = room.code()
        assert room.browser().post("/api/seat/enter", {"id": "li-lei", "code": code}).status == 200
        assert room.browser().post("/api/seat/enter", {"id": "li-lei", "code": code}).status == 409

    def test_a_code_typed_in_small_letters_with_spaces_around_the_id_serves(self, room: Room) -> None:
        code = room.code().lower().replace("-", "")
        assert room.browser().post("/api/seat/enter", {"id": " Li-Lei ", "code": code}).status == 200

    def test_a_new_code_used_in_another_browser_signs_the_first_one_out(self, room: Room) -> None:
        first, _ = room.started()
        second = room.entered()
        assert first.get("/api/seat").status == 401
        assert second.get("/api/seat").data["phase"] == "call"

    def test_an_id_that_fails_too_often_is_barred_even_with_the_right_code(self, room: Room) -> None:
        code = room.code("han-mei")
        for _ in range(5):
            room.browser().post("/api/seat/enter", {"id": "han-mei", "code": "AAAA-AAAA"})
        answer = room.browser().post("/api/seat/enter", {"id": "han-mei", "code": code})
        assert (answer.status, "十分钟" in answer.data["error"]) == (409, True)

    def test_an_address_that_fails_too_often_with_any_id_is_held_off(self, room: Room) -> None:
        answers = [
            room.browser().post("/api/seat/enter", {"id": f"nobody-{n}", "code": "AAAA-AAAA"}).status
            for n in range(22)
        ]
        assert answers[:20] == [409] * 20
        assert answers[20:] == [429, 429]

    def test_a_seat_that_was_left_is_closed(self, room: Room) -> None:
        browser = room.entered()
        assert browser.post("/api/seat/leave").status == 200
        assert browser.get("/api/seat").status == 401

    def test_one_seat_code_is_for_one_attempt(self, room: Room) -> None:
        browser, _ = room.started()
        browser.post("/api/seat/submit")
        view = browser.post("/api/seat/start", {"exam": "little"}).data
        assert view["phase"] == "over"
        assert not (room.folder / "attempts" / "little.li-lei.2.jsonl").exists()


class TestTalking:
    def test_the_case_can_be_read_before_connecting(self, room: Room) -> None:
        browser = room.entered()
        view = browser.post("/api/seat/start", {"exam": "little"}).data
        assert view["phase"] == "ready"
        assert view["call"]["case"][0]["title"] == "找谁"

    def test_a_turn_is_on_disk_when_its_answer_comes(self, room: Room) -> None:
        browser, view = room.started()
        answer = browser.say(view, "您好，请问是本人吗？")
        assert room.said() == ["您好，请问是本人吗？"]
        assert [turn["who"] for turn in answer.data["call"]["turns"]][-2:] == ["collector", "persona"]

    def test_a_turn_sent_again_is_answered_again_and_kept_once(self, room: Room) -> None:
        browser, view = room.started()
        first = browser.say(view, "您好，请问是本人吗？").data
        second = browser.say(view, "您好，请问是本人吗？").data
        assert second["call"]["turns"] == first["call"]["turns"]
        assert room.said() == ["您好，请问是本人吗？"]

    def test_other_words_for_a_turn_already_said_are_refused(self, room: Room) -> None:
        browser, view = room.started()
        browser.say(view, "您好，请问是本人吗？")
        assert browser.say(view, "您欠的钱什么时候还？").status == 409

    def test_a_turn_of_an_earlier_call_is_refused(self, room: Room) -> None:
        browser, view = room.started()
        browser.say(view, "您好，请问是本人吗？")
        browser.post("/api/seat/hang-up", {"call": 1})
        browser.post("/api/seat/begin", {"call": 2})
        assert browser.say(view, "您好，请问是本人吗？").status == 409

    def test_connecting_and_hanging_up_twice_is_once(self, room: Room) -> None:
        browser, _ = room.started()
        assert browser.post("/api/seat/begin", {"call": 1}).data["phase"] == "call"
        for _ in range(2):
            assert browser.post("/api/seat/hang-up", {"call": 1}).data["phase"] == "ready"
        kinds = [entry["kind"] for entry in room.record()]
        assert (kinds.count("call"), kinds.count("end")) == (1, 1)

    def test_a_silence_is_a_turn(self, room: Room) -> None:
        browser, view = room.started()
        assert browser.say(view, "").status == 200
        assert room.said() == [""]

    def test_markup_and_control_characters_come_back_as_plain_text(self, room: Room) -> None:
        browser, view = room.started()
        answer = browser.say(view, "<img src=x onerror=alert(1)>\x1b]0;x\x07\u202e</script>您好\ud800")
        said = "<img src=x onerror=alert(1)>]0;x</script>您好\ufffd"
        assert answer.headers["Content-Type"].startswith("application/json")
        assert answer.data["call"]["turns"][-2]["text"] == said
        assert room.said() == [said]

    def test_a_turn_that_is_too_long_is_refused_in_words(self, room: Room) -> None:
        browser, view = room.started()
        answer = browser.say(view, "好" * (LONGEST + 1))
        assert (answer.status, str(LONGEST) in answer.data["error"]) == (409, True)
        assert room.said() == []

    def test_a_huge_request_is_cut_short(self, room: Room) -> None:
        browser, view = room.started()
        assert browser.say(view, "好" * 100_000).status == 413

    def test_the_page_hears_nothing_of_acts_breaches_or_marks(self, room: Room) -> None:
        browser, view = room.started()
        answer = browser.say(
            view, "今天不还，我们明天就上门。"
        )  # a breach after which nobody hangs up at once
        assert set(answer.data["call"]["turns"][0]) == {"n", "who", "text"}
        assert not {"breaches", "acts", "state", "scorecard"} & set(answer.text.replace('"', " ").split())

    def test_a_note_is_kept_and_a_later_one_takes_its_place(self, room: Room) -> None:
        browser, _ = room.started()
        browser.post("/api/seat/hang-up", {"call": 1})
        for text in ("没人接", "没人接，下午三点再打"):
            answer = browser.post("/api/seat/note", {"call": 1, "text": text})
        assert answer.data["note"]["text"] == "没人接，下午三点再打"


class TestTime:
    def test_an_examiners_pause_stops_the_words_and_the_clock(self, room: Room) -> None:
        browser, view = room.started()
        desk = room.examiner()
        desk.post("/api/desk/pause", {"attempts": ["little.li-lei.1"], "why": "停电"})
        refused = browser.say(view, "您好")
        assert (refused.status, "停电" in refused.data["error"]) == (409, True)
        before = browser.get("/api/seat").data
        room.clock.pass_by(minutes=30)
        after = browser.get("/api/seat").data
        assert (before["phase"], before["stop"]) == ("paused", "停电")
        assert before["left"] == after["left"]
        desk.post("/api/desk/go-on", {"attempts": ["little.li-lei.1"], "why": ""})
        assert browser.say(view, "您好").status == 200

    def test_when_the_time_is_over_it_is_handed_in_though_no_browser_asks(self, room: Room) -> None:
        browser, _ = room.started()
        room.clock.pass_by(minutes=23)
        room.wait_for("submit")
        view = browser.get("/api/seat").data
        assert (view["phase"], view["submitted_by"]) == ("over", "time")
        assert browser.post("/api/seat/say", {"call": 1, "turn": 2, "words": "等等"}).status == 409


class TestBreaks:
    def test_after_a_restart_the_same_cookie_goes_on_with_the_same_call(self, tmp_path: Path) -> None:
        folder, clock = tmp_path / "hall", Clock()
        with room_in(folder, clock) as room:
            browser, view = room.started()
            view = browser.say(view, "您好，请问是本人吗？").data
        with again(folder, clock, room.secret) as later:
            browser.url = later.url
            assert browser.get("/api/seat").data["call"]["turns"] == view["call"]["turns"]
            assert browser.say(view, "麻烦您报一下身份证后四位。").status == 200
            assert later.said() == ["您好，请问是本人吗？", "麻烦您报一下身份证后四位。"]

    def test_a_turn_whose_answer_was_lost_with_the_server_is_answered_by_the_next_one(
        self, tmp_path: Path
    ) -> None:
        folder, clock = tmp_path / "hall", Clock()
        with room_in(folder, clock) as room:
            browser, view = room.started()
            first = browser.say(view, "您好，请问是本人吗？").data
        with again(folder, clock, room.secret) as later:
            browser.url = later.url
            second = browser.say(view, "您好，请问是本人吗？").data
            assert second["call"]["turns"] == first["call"]["turns"]
            assert later.said() == ["您好，请问是本人吗？"]

    def test_words_that_cannot_be_kept_are_not_answered_and_may_be_sent_again(
        self, room: Room, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser, view = room.started()
        full: list[bool] = [True]
        real = __import__("os").fsync

        def fsync(descriptor: int) -> None:
            if full:
                raise OSError(28, "No space left on device")
            real(descriptor)

        monkeypatch.setattr("simulator.store.chain.os.fsync", fsync)
        refused = browser.say(view, "您好，请问是本人吗？")
        assert (refused.status, str(room.folder) in refused.text) == (503, False)
        full.clear()
        assert browser.say(view, "您好，请问是本人吗？").status == 200
        assert room.said() == ["您好，请问是本人吗？"]


class TestHandingIn:
    def test_the_receipt_is_the_seal_and_comes_again_when_asked_again(self, room: Room) -> None:
        browser, _ = room.started()
        receipts = {browser.post("/api/seat/submit").data["receipt"] for _ in range(2)}
        seal = next(entry for entry in room.record() if entry["kind"] == "submit")
        assert {receipt.replace("-", "") for receipt in receipts} == {seal["hash"][:20]}

    def test_marks_are_added_beside_and_not_shown_unless_the_blueprint_says_so(self, room: Room) -> None:
        browser, _ = room.started()
        browser.post("/api/seat/submit")
        marked = _until_marked(room, browser)
        assert marked["result"] is None
        assert browser.get("/seat/scorecard/1").status == 404

    def test_a_blueprint_that_shows_scorecards_shows_them(self, tmp_path: Path) -> None:
        with room_in(tmp_path / "hall", shows="scorecard") as room:
            browser, view = room.started()
            browser.say(view, "<b>您好</b>")
            browser.post("/api/seat/submit")
            result = _until_marked(room, browser)["result"]
            page = browser.get("/seat/scorecard/1")
        assert (result["passed"], result["scorecards"]) == (False, [1])
        assert page.status == 200
        assert "&lt;b&gt;您好" in page.text
        assert "script" not in page.headers["Content-Security-Policy"]


def _until_marked(room: Room, browser: Any) -> dict[str, Any]:
    room.wait_for("marks")
    view: dict[str, Any] = browser.get("/api/seat").data
    return view
