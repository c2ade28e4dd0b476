"""A sitting allows what the rules allow, and never hands out what it has not kept."""

import pytest

from simulator.errors import ExamError, RecordError, StorageError
from simulator.training.exam.keeping import New
from simulator.training.exam.order import out_of_order
from simulator.training.exam.sitting import LONGEST
from tests.exam.made import Table, table


@pytest.fixture
def at() -> Table:
    return table()


def _spoken(at: Table) -> list[str]:
    return [turn.text for call in at.sitting.attempt.calls for turn in call.turns]


class TestTalking:
    def test_the_answer_is_in_the_record_before_it_is_handed_out(self, at: Table) -> None:
        at.sitting.begin()
        answer = at.sitting.say("您好，请问是本人吗？")
        assert answer.reply
        last = at.record.entries[-1]
        assert (last.kind, last.body["text"]) == ("turn", answer.reply.text)

    def test_nothing_can_be_said_before_a_call_has_begun(self, at: Table) -> None:
        with pytest.raises(ExamError, match="没有电话"):
            at.sitting.say("您好")

    def test_two_calls_cannot_be_on_at_once(self, at: Table) -> None:
        at.sitting.begin()
        with pytest.raises(ExamError, match="没打完"):
            at.sitting.begin()

    def test_an_empty_line_is_a_silence_and_counts_as_a_turn(self, at: Table) -> None:
        at.sitting.begin()
        assert at.sitting.say("   ").said.text == ""

    def test_a_turn_beyond_the_limit_is_refused_and_leaves_no_trace(self, at: Table) -> None:
        at.sitting.begin()
        before = len(at.record.entries)
        with pytest.raises(ExamError, match=str(LONGEST)):
            at.sitting.say("好" * (LONGEST + 1))
        assert len(at.record.entries) == before

    def test_control_characters_do_not_reach_the_record(self, at: Table) -> None:
        at.sitting.begin()
        assert at.sitting.say("您好\x1b[2J\u202e\ud800呀\x00").said.text == "您好[2J\ufffd呀"

    def test_saying_a_turn_again_gives_the_same_answer_and_adds_nothing(self, at: Table) -> None:
        at.sitting.begin()
        first = at.sitting.say("您好，请问是本人吗？", turn=2)
        before = len(at.record.entries)
        assert at.sitting.say("您好，请问是本人吗？", turn=2) == first
        assert at.again().say("您好，请问是本人吗？", turn=2) == first
        assert len(at.record.entries) == before

    def test_reasons_are_kept_without_control_characters(self, at: Table) -> None:
        at.sitting.pause("zhao", "\x1b[2J火警\ud800\u202e")
        assert at.sitting.attempt.stops[-1].why == "[2J火警\ufffd"

    @pytest.mark.parametrize("turn", [0, -1])
    def test_there_is_no_turn_before_the_first(self, at: Table, turn: int) -> None:
        at.sitting.begin()
        at.sitting.say("您好")
        with pytest.raises(ExamError, match="轮到第"):
            at.sitting.say("您好", turn)

    def test_other_words_for_a_turn_already_said_are_refused(self, at: Table) -> None:
        at.sitting.begin()
        at.sitting.say("您好，请问是本人吗？", turn=2)
        with pytest.raises(ExamError, match="别的话"):
            at.sitting.say("改一改", turn=2)
        with pytest.raises(ExamError, match="轮到第 4 轮"):
            at.sitting.say("跳过去", turn=6)

    def test_a_note_is_taken_after_the_call_until_the_next_begins(self, at: Table) -> None:
        at.sitting.begin()
        with pytest.raises(ExamError, match="打完以后"):
            at.sitting.note("没打完")
        at.sitting.hang_up()
        at.sitting.note("没还，明天再打")
        at.sitting.note("没还，明天三点再打")
        assert at.sitting.attempt.call(1).note == "没还，明天三点再打"

    def test_after_the_last_call_only_handing_in_is_left(self, at: Table) -> None:
        for _ in range(2):
            at.sitting.begin()
            at.sitting.hang_up()
        assert at.sitting.look().phase == "done"
        with pytest.raises(ExamError, match="可以交卷"):
            at.sitting.begin()


class TestHandingIn:
    def test_nothing_can_be_added_after_the_seal_and_the_seal_stays_the_same(self, at: Table) -> None:
        at.sitting.begin()
        seal = at.sitting.submit()
        assert at.sitting.submit() == seal
        for refused in (at.sitting.begin, at.sitting.hang_up):
            with pytest.raises(ExamError, match="已经交了"):
                refused()
        with pytest.raises(ExamError, match="已经交了"):
            at.sitting.say("再说一句")

    def test_a_call_that_is_on_ends_with_the_exam(self, at: Table) -> None:
        at.sitting.begin()
        at.sitting.submit()
        assert at.sitting.attempt.call(1).ended_by == "submit"


class TestTime:
    def test_words_are_taken_within_the_grace_and_refused_after_it(self, at: Table) -> None:
        at.sitting.begin()
        at.clock.pass_by(minutes=11, seconds=59)
        assert at.sitting.say("您好").reply
        at.clock.pass_by(seconds=1)
        with pytest.raises(ExamError, match="已经挂断"):
            at.sitting.say("还想说")
        assert at.sitting.attempt.call(1).ended_by == "time"

    def test_no_call_begins_after_the_time_of_the_exam(self, at: Table) -> None:
        at.clock.pass_by(minutes=20)
        with pytest.raises(ExamError, match="不能再开"):
            at.sitting.begin()

    def test_when_the_time_is_over_it_hands_itself_in(self, at: Table) -> None:
        at.clock.pass_by(minutes=15)
        at.sitting.begin()
        at.clock.pass_by(minutes=7)
        assert at.sitting.look().phase == "over"
        assert at.sitting.attempt.submitted_by == "time"

    def test_a_break_does_not_stop_the_clock(self, at: Table) -> None:
        at.sitting.begin()
        at.clock.pass_by(minutes=22)
        assert at.again().look().phase == "over"

    def test_a_pause_does(self, at: Table) -> None:
        at.sitting.begin()
        at.clock.pass_by(minutes=5)
        at.sitting.pause("zhao", "停电")
        at.clock.pass_by(minutes=60)
        with pytest.raises(ExamError, match="停电"):
            at.sitting.say("还在吗")
        at.sitting.go_on("zhao")
        left = at.sitting.look().left
        assert left.call
        assert (left.exam.total_seconds(), left.call.total_seconds()) == (15 * 60, 5 * 60)
        assert at.sitting.say("您好").reply

    def test_more_time_counts_for_the_exam_and_the_call_that_is_on(self, at: Table) -> None:
        at.sitting.begin()
        at.sitting.extend("zhao", 10, "换机器")
        left = at.sitting.look().left
        assert left.call
        assert (left.exam.total_seconds(), left.call.total_seconds()) == (30 * 60, 20 * 60)
        at.sitting.hang_up()
        at.clock.pass_by(seconds=1)
        at.sitting.begin()
        later = at.sitting.look().left.call
        assert later
        assert later.total_seconds() == 10 * 60

    def test_setting_the_clock_back_gains_nothing(self, at: Table) -> None:
        at.sitting.begin()
        at.clock.pass_by(minutes=9)
        at.sitting.say("您好")
        at.clock.pass_by(hours=-5)
        at.sitting.say("在吗")
        assert at.record.entries[-1].at >= at.record.entries[-3].at
        left = at.sitting.look().left.call
        assert left
        assert left.total_seconds() == 60

    def test_a_pause_that_comes_in_between_is_obeyed(self, at: Table) -> None:
        at.sitting.begin()
        at.record.between = [New("pause", {"by": "zhao", "why": "火警"}, signed=True)]
        with pytest.raises(ExamError, match="火警"):
            at.sitting.say("您好")
        assert not list(out_of_order(at.record.entries))


class TestBreaks:
    def test_it_goes_on_from_the_record_alone(self, at: Table) -> None:
        at.sitting.begin()
        at.sitting.say("您好，请问是本人吗？")
        alone = table()
        alone.sitting.begin()
        alone.sitting.say("您好，请问是本人吗？")
        at.again().come_back()
        assert at.sitting.say("我是客服小陈").reply == alone.sitting.say("我是客服小陈").reply
        assert len(at.sitting.attempt.breaks) == 1

    @pytest.mark.parametrize(("cut", "turns"), [(1, 3), (2, 1), (3, 1)])
    def test_an_answer_that_a_kill_cut_off_is_given_again(self, at: Table, cut: int, turns: int) -> None:
        at.sitting.begin()
        at.sitting.say("您好，请问是本人吗？")
        whole = _spoken(at)
        del at.record.kept[-cut:]
        at.again().look()
        assert _spoken(at) == whole[:turns]
        at.sitting.say("您好，请问是本人吗？", turn=2)
        assert _spoken(at) == whole

    def test_what_could_not_be_kept_was_not_said(self, at: Table) -> None:
        at.sitting.begin()
        before = _spoken(at)
        at.record.full = True
        with pytest.raises(StorageError):
            at.sitting.say("您好，请问是本人吗？")
        assert _spoken(at) == before
        at.record.full = False
        assert at.sitting.say("您好，请问是本人吗？").said.n == 2

    def test_content_that_has_changed_cannot_be_gone_on_with(self, at: Table) -> None:
        at.sitting.begin()
        call = at.record.kept[-2]
        versions = {**call.body["versions"], "persona": "0" * 64}
        at.record.kept[-2] = call.__class__(
            call.n, call.at, call.kind, {**call.body, "versions": versions}, call.prev, call.hash
        )
        with pytest.raises(RecordError, match="换过版本"):
            at.again().say("您好")
