"""The examiner's page: who sits where, and orders that reach the candidates' records with a name and a reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.store.hall import Hall
from tests.web.served import Browser, Room, room_in

LI_LEI = "little.li-lei.1"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with room_in(tmp_path / "hall") as room:
        yield room


def _row(desk: Browser, candidate: str = "li-lei") -> dict[str, Any]:
    rows = desk.get("/api/desk").data["rows"]
    found: dict[str, Any] = next(row for row in rows if row["candidate"] == candidate)
    return found


class TestWhoMayLook:
    def test_a_candidates_cookie_opens_no_desk(self, room: Room) -> None:
        browser, _ = room.started()
        assert browser.get("/api/desk").status == 401
        assert browser.post("/api/desk/collect", {"attempts": [LI_LEI], "why": "我说了算"}).status == 401

    def test_a_candidates_token_in_the_examiners_cookie_opens_no_desk(self, room: Room) -> None:
        browser, _ = room.started()
        token = next(cookie.value for cookie in browser.jar)
        assert room.browser(Cookie=f"peilian-desk={token}").get("/api/desk").status == 401

    def test_whoever_is_dismissed_is_out_at_once(self, room: Room) -> None:
        browser, _ = room.started()
        with Hall(room.folder, room.clock) as hall:
            hall.dismiss("zhao", "li-lei")
        assert browser.get("/api/seat").status == 401

    def test_a_wrong_secret_is_refused(self, room: Room) -> None:
        answer = room.browser().post("/api/desk/enter", {"id": "zhao", "secret": "AAAA"})
        assert (answer.status, "口令不对" in answer.data["error"]) == (409, True)


class TestLookingOn:
    def test_a_seat_goes_from_expected_to_signed_in_to_sitting_to_handed_in(self, room: Room) -> None:
        desk = room.examiner()
        states = []
        code = room.code()
        states.append(_row(desk)["state"])
        browser = room.browser()
        browser.post("/api/seat/enter", {"id": "li-lei", "code": code})
        states.append(_row(desk)["state"])
        browser.post("/api/seat/start", {"exam": "little"})
        states.append(_row(desk)["state"])
        browser.post("/api/seat/begin", {"call": 1})
        states.append(_row(desk)["state"])
        browser.post("/api/seat/submit")
        states.append(_row(desk)["state"])
        assert states == ["waiting", "lobby", "between", "call", "over"]

    def test_the_desk_shows_no_points(self, room: Room) -> None:
        browser, _ = room.started()
        browser.post("/api/seat/submit")
        room.wait_for("marks")
        row = _row(room.examiner())
        assert row["marked"] is True
        assert not {"points", "passed", "result", "verdict"} & row.keys()

    def test_an_unsupervised_attempt_on_this_machine_is_shown_as_such_and_not_touched(
        self, tmp_path: Path
    ) -> None:
        from tests.exam.made import begun, hall_in
        from tests.web.served import Clock, again

        folder, clock = tmp_path / "hall", Clock()
        hall, exam = hall_in(folder, clock)
        with hall, begun(hall, exam) as record:
            secret = hall.put_person("zhao", "zhao", "赵考官", hall.state.person("zhao").role, "")
            assert secret
            before = record.path.read_bytes()
            with again(folder, clock, secret) as room:
                assert _row(room.examiner())["state"] == "elsewhere"
            assert record.path.read_bytes() == before


class TestOrders:
    def test_an_order_names_the_examiner_and_the_reason_in_the_record(self, room: Room) -> None:
        room.started()
        desk = room.examiner()
        desk.post("/api/desk/extend", {"attempts": [LI_LEI], "minutes": 5, "why": "键盘坏了"})
        extended = room.record()[-1]
        assert extended["body"] == {"by": "zhao", "minutes": 5, "why": "键盘坏了"}
        assert "sig" in extended

    def test_more_time_reaches_the_candidates_clock(self, room: Room) -> None:
        browser, view = room.started()
        room.examiner().post("/api/desk/extend", {"attempts": [LI_LEI], "minutes": 5, "why": "键盘坏了"})
        after = browser.get("/api/seat").data
        assert after["left"]["exam"] - view["left"]["exam"] == 5 * 60 * 1000
        assert after["added"] == 5

    @pytest.mark.parametrize("order", ["pause", "extend", "collect"])
    def test_an_order_without_a_reason_is_not_carried_out(self, room: Room, order: str) -> None:
        room.started()
        desk = room.examiner()
        before = len(room.record())
        answer = desk.post(f"/api/desk/{order}", {"attempts": [LI_LEI], "minutes": 5, "why": "  "})
        carried_out = answer.status == 200 and not answer.data["done"][0]["error"]
        assert (carried_out, len(room.record())) == (False, before)

    def test_one_order_reaches_all_who_sit_and_tells_where_it_could_not(self, room: Room) -> None:
        room.started()
        other = room.entered("han-mei")
        other.post("/api/seat/start", {"exam": "little"})
        desk = room.examiner()
        desk.post("/api/desk/pause", {"attempts": [LI_LEI], "why": "一"})
        done = desk.post("/api/desk/pause", {"attempts": [LI_LEI, "little.han-mei.1"], "why": "二"}).data[
            "done"
        ]
        assert "暂停" in done[0]["error"]
        assert done[1]["error"] is None
        assert _row(desk, "han-mei")["state"] == "paused"

    def test_collecting_seals_the_attempt_and_tells_the_candidate(self, room: Room) -> None:
        browser, view = room.started()
        room.examiner().post("/api/desk/collect", {"attempts": [LI_LEI], "why": "作弊"})
        after = browser.get("/api/seat").data
        assert (after["phase"], after["submitted_by"]) == ("over", "zhao")
        assert browser.say(view, "等等").status == 409

    def test_a_code_from_the_desk_lets_a_candidate_go_on_at_another_machine(self, room: Room) -> None:
        _, view = room.started()
        issued = room.examiner().post("/api/desk/code", {"candidate": "li-lei", "seat": "B7"}).data["done"]
        moved = room.browser()
        assert moved.post("/api/seat/enter", {"id": "li-lei", "code": issued["code"]}).status == 200
        now = moved.get("/api/seat").data
        assert (now["phase"], now["seat"], now["call"]["turns"]) == ("call", "B7", view["call"]["turns"])

    def test_an_attempt_that_does_not_exist_is_told_and_makes_no_file(self, room: Room) -> None:
        desk = room.examiner()
        names = ["../../etc/passwd", "little.nobody.1", "", "x" * 300]
        done = desk.post("/api/desk/pause", {"attempts": names, "why": "试试"}).data["done"]
        assert all(item["error"] for item in done)
        assert not list((room.folder / "attempts").glob("*")) if (room.folder / "attempts").exists() else True
