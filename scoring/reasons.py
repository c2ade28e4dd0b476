"""Why people say they have not paid, by how they say it: the same list hears the persona and reads the note.

The words must name a reason, not only touch on its subject: 罚息怎么算 asks, 罚息太高 complains.
"""

from __future__ import annotations

import re

NOT_THERE = "没|未|卡|压|拖|欠|不给|不结|结不|推|等"

REASONS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "等货款": rf"货款|回款|工程款|应收|甲方|下家|款没到|没打过来|被?.{{0,6}}压着(?!我?火)|"
        rf"客户.{{0,8}}(?:{NOT_THERE})|(?:尾款|结款|结账|运费|账).{{0,6}}(?:{NOT_THERE})|(?:没|不|未)结账",
        "失业没收入": r"失业|下岗|裁员|辞退|没(?:了)?工作|没活|厂子关|厂关|关门|倒闭|停产|没(?:了|得)?收入|收入.{0,3}断|断了收入|"
        r"找工作|辞职|没班上|熄了?火|待岗",
        "等工资": r"(?:工资|薪水|奖金|提成|发薪).{0,6}(?:没|未|还|要|拖|欠|得|才|下个?月|月底|[0-9一二三四五六七八九十]+号)|"
        r"等.{0,4}(?:工资|发薪|奖金|提成)|(?:没|未)发(?:工资|薪|奖金)?|拖欠我",
        "生病": r"住院|手术|生病|看病|化疗|医药费|治病|病了|病重|确诊|进了?医院",
        "家里有事": r"去世|过世|丧事|离婚|老人.{0,4}(?:病|走|住|要人|没人|花)|上学|学费|生孩子|家里出事|孩子.{0,4}(?:病|住院)",
        "忘了": r"(?<!前头的我都)(?<!前面的我)(?<!说的我)(?<!说的我都)(?:忘了(?!不|吗)|忘记|没注意|没留意|没记住|记错|疏忽|不记得)",
        "在外忙": r"出差|在外地|在外面|在?开车|太忙|(?:没空|没时间)(?!跑|去|听|跟)|忙昏|忙忘|国外|在路上|半路上",
        "替人借的": r"朋友用|替朋友|帮朋友|借给|担保|不是我用|朋友的|亲戚用|帮别人|他用的|给人用|不是我花",
        "说已经还了": r"已经还|还过了|还完了|(?<!有用我)早就?还(?:了|过|清)|转过去了|扣过了|打过款|还清了(?!就|以后)|扣走了",
        "嫌费用高": r"(?:违约金|罚息|手续费|利息|费用).{0,6}(?:太|高(?!吗|不)|贵|离谱|吓人|不合理|涨)|算错|多算|太高|不合理",
        "没收到提醒": r"没短信|没收到|没人提醒|没通知|没人告诉|没提醒|没人跟我说",
        "业务员的话": r"业务员|销售|客户经理|你们的人说|你们同事说|当初.{0,6}说|说晚几天|放款那会儿",
        "想并到下个月": r"下个?月一起|一块儿还|合并|并到下",
        "生意不好": r"生意.{0,4}(?:不好|不行|难|差|淡|冷清|垮|没|惨|黄)|没单子|没订单|行情|亏(?:了|本|钱|空|损|一趟)|周转|"
        r"店里.{0,4}(?:没|冷清|不行)|资金紧|手头紧|手上紧|紧张",
        "还了别的": r"别的卡|房贷|车贷|别家|其他平台|先还了(?:别|那|房|车)",
        "不愿还": r"(?:就|我|偏|死活)(?:是)?不还(?:了|，|。|！|$|又|怎)|凭什么(?:要我|让我|叫我)?还|爱怎么|随便你|告去|没钱就是没钱|不打算还",
    }.items()
}


def reasons_in(text: str) -> frozenset[str]:
    """The reasons that the words name."""
    return frozenset(name for name, pattern in REASONS.items() if pattern.search(text))


def first_reason(text: str) -> tuple[str, int, int] | None:
    """The first reason named, with its place."""
    found = [
        (match.start(), name, match.end())
        for name, pattern in REASONS.items()
        if (match := pattern.search(text)) is not None
    ]
    if not found:
        return None
    place, name, end = min(found)
    return name, place, end
