"""Prepared lines to pick from: ordinary sound sentences for each step of a call, filled with its own facts."""

from __future__ import annotations

from functools import partial

from simulator.dialogue import Case, Channel
from simulator.dialogue.speak import fact, fill

# Whoever picks up may not be the debtor, and the trainee does not know it beforehand: both ways stand in every list.
PHONE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "开场 · 核实",
        (
            "您好，我是{collector.org}的{collector.name}，工号{collector.number}，请问是{debtor.call}本人吗？",
            "本次通话会录音。为了保护您的信息，麻烦您报一下身份证后四位，我核对一下。",
            "您现在说话方便吗？",
        ),
    ),
    (
        "不是本人接的",
        (
            "请问{debtor.call}在吗？",
            "不好意思，这是{debtor.call}个人的事，我只能跟本人说，请您谅解。",
            "麻烦您请{debtor.call}给我回个电话，{collector.hotline}，找{collector.name}就行。",
        ),
    ),
    (
        "说清楚 · 先要今天",
        (
            "{debtor.call}，您的{debt.product}逾期{debt.days-overdue}天了，应还{debt.total:digits}元，您今天方便还上吗？",
            "账单和合同您都可以核对，我也可以把明细发给您。",
        ),
    ),
    (
        "问原因 · 问能力",
        (
            "能跟我说说这次是怎么耽搁的吗？",
            "您手上现在能动的有多少？",
            "要是这笔钱到时候没到，您打算拿什么补上？",
            "这段时间您确实不容易，咱们一起想想办法。",
        ),
    ),
    (
        "利弊",
        (
            "跟您说实的，现在每天多{debt.daily-cost:digits}元费用，早一天还上就少一天。",
            "逾期信息可能按规定报送征信，早点处理对您以后办事有好处。",
        ),
    ),
    (
        "要准话 · 念一遍",
        (
            "有多少先还多少，余下的咱们定个日子，行吗？",
            "您看是今天下午几点，还是明天上午？",
            "那我跟您核对一遍：＿点前还＿元，走手机银行，对吧？",
        ),
    ),
    (
        "收尾",
        (
            "到时候我再给您去个电话提醒一声。",
            "有什么问题您打{collector.hotline}找我，{collector.name}，工号{collector.number}。",
            "谢谢您，{debtor.call}，打扰了，再见。",
        ),
    ),
)  # fmt: skip
WRITTEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "短信",
        (
            "【{debt.creditor}】{debtor.call}您好，我是{collector.name}，工号{collector.number}。有件个人事项请您回电{collector.hotline}。",
            "您方便时可以打{collector.hotline}，或在官方App里查看明细、还款。",
            "有困难可以跟我们说，可以申请方案，以审批为准。感谢您的配合。",
        ),
    ),
)


def prepared(case: Case) -> list[tuple[str, list[str]]]:
    """The lines by step of the call; one whose facts this case does not have is left out."""
    groups = PHONE if case.channel is Channel.PHONE else WRITTEN
    filled = [(step, [words for line in lines if (words := _filled(line, case))]) for step, lines in groups]
    return [group for group in filled if group[1]]


def _filled(line: str, case: Case) -> str | None:
    try:
        return fill(line, partial(fact, case), case.at)
    except KeyError:
        return None
