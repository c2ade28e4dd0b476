"""Why people say they have not paid, by the words they use: the same list hears the persona and reads the note."""

from __future__ import annotations

REASONS: dict[str, tuple[str, ...]] = {
    "等货款": ("货款", "回款", "客户压", "客户没", "客户那", "客户欠", "下家", "尾款", "工程款", "结款", "结账", "应收", "甲方", "款没到", "没打过来", "压着"),
    "失业没收入": ("失业", "下岗", "裁员", "辞退", "没工作", "没活", "厂子关", "关门", "倒闭", "停产", "没收入", "找工作", "辞职", "没班上"),
    "等工资": ("工资", "发薪", "薪水", "奖金", "提成", "没发", "拖欠我"),
    "生病": ("住院", "手术", "生病", "看病", "化疗", "医院", "医药费", "治病", "病了", "病重", "确诊"),
    "家里有事": ("去世", "过世", "丧事", "离婚", "老人", "孩子上学", "学费", "生孩子", "家里出事"),
    "忘了": ("忘了", "忘记", "没注意", "没留意", "没记住", "记错", "疏忽", "不记得"),
    "在外忙": ("出差", "外地", "在外面", "开车", "太忙", "没空", "没时间", "忙昏", "忙忘", "国外", "路上"),
    "替人借的": ("朋友用", "替朋友", "帮朋友", "借给", "担保", "不是我用", "朋友的", "亲戚用", "帮别人", "他用的", "给人用"),
    "说已经还了": ("已经还", "还过了", "还完了", "早还", "转过去了", "扣过了", "打过款", "还清了", "扣走了"),
    "嫌费用高": ("违约金", "罚息", "手续费", "利息太", "费用", "算错", "多算", "太高", "不合理"),
    "没收到提醒": ("没短信", "没收到", "没人提醒", "没通知", "没人告诉", "没提醒", "没人跟我说"),
    "业务员的话": ("业务员", "销售", "客户经理说", "当初说", "你们的人说", "你们同事说", "说晚几天"),
    "想并到下个月": ("下个月一起", "下月一起", "一块儿还", "合并", "并到下"),
    "生意不好": ("生意", "没单子", "没订单", "行情", "亏", "周转", "店里", "资金紧", "手头紧", "紧张"),
    "还了别的": ("别的卡", "房贷", "车贷", "别家", "其他平台", "先还了"),
    "不愿还": ("不还", "凭什么", "爱怎么", "随便你", "告去", "没钱就是没钱"),
}  # fmt: skip


def reasons_in(text: str) -> frozenset[str]:
    """The reasons that the words name."""
    return frozenset(name for name, words in REASONS.items() if any(word in text for word in words))


def first_reason(text: str) -> tuple[str, int, int] | None:
    """The first reason named, with its place."""
    found = [
        (text.index(word), name, word) for name, words in REASONS.items() for word in words if word in text
    ]
    if not found:
        return None
    place, name, word = min(found)
    return name, place, place + len(word)
