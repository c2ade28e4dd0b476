"""What sums of money look like, for `amounts.py`, and the words around a bare number that tell what it counts.

All are matched against the folded line. Every repeat within a line is bounded.
"""

from __future__ import annotations

import re

DIGIT = "零〇一二两俩三仨四五六七八九"
_ARABIC = r"[0-9]{1,3}(?:,[0-9]{3}){1,3}(?![0-9])(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,4})?"
_NUMBER = rf"(?:{_ARABIC}|[{DIGIT}十廿卅])[0-9{DIGIT}十廿卅百千万亿kw]{{0,14}}"
_UNIT = r"块钱?|元(?!旦|月|宵|素)|圆|钱|rmb|RMB|人民币"
# The 三 of 星期三千 names a day; 期三百二 and 周2730 hold sums.
_NO_WEEKDAY = r"(?:(?<!周)(?<!礼拜)(?<!星期)|(?=[0-9]{2}|[0-9],[0-9]{3}))"
_PAID = "[还付打转存交缴拿凑补]"

_ROUGH = rf"(?P<rough>(?<![{DIGIT}0-9])(?:百八十|十块八块|百儿八十|三块五块)(?:块钱?|元)?)"
_LOOSE = (
    r"(?P<loose>(?:百|千|万)(?:把|来)块钱?|(?:好)?几[十百千万](?:块钱?|元)?|[上数](?:百|千|万)(?:块钱?"
    r"|元)|数[千万]|几块钱?|两三块|几个钱)"
)
# 三百五百: some hundreds, not one sum.
_SOME = (
    rf"{_NO_WEEKDAY}(?P<some>[{DIGIT}](?P<somes>[十百千万])(?:[{DIGIT}](?P=somes)){{1,3}}"
    rf"(?![0-9{DIGIT}十百千万])(?:块钱?|元)?)"
)
_RANGE = (
    rf"{_NO_WEEKDAY}(?P<range>(?P<first>[{DIGIT}])(?P<second>[{DIGIT}])(?:[十百千万]{{1,2}})(?:块钱?|元|多)?"
    rf"|(?P<low>[0-9]{{1,6}}(?:\.[0-9])?[百千万kw]?)[到至\-~](?P<high>[0-9]{{1,6}}(?:\.[0-9])?)"
    rf"(?P<rangeunit>[百千万kw](?:块|元)?|块钱?|元)"
    rf"|[{DIGIT}]百?[到至][{DIGIT}][百千万](?:块钱?|元)?)"
)
_PART = (
    rf"(?P<part>(?:(?<={_PAID})|(?<={_PAID}[上出进点掉来])|(?<={_PAID}[进过]去))"
    r"(?:一点儿?|一些|点儿?)(?![钟半前]|[0-9])|最低还款(?:额|金额)?"
    r"|最低额|最低(?=[0-9还]|$)|零头|一小?半|小半|大半|一?大?(?<!干)部分(?!人|银行|客户|是)|一少部分"
    r"|(?:百分之[一二三四五六七八九十0-9]{1,4}|[0-9]{1,3}%|[一二三四五六七八九两]成)(?=.{0,3}$"
    r"|[,。吧行可先]))"
)
_FULL = (
    r"(?P<full>一次性|全部(?!都?是|家当|情况|资料|的人)|全款|全额|结清(?!证明|了没)|还清|付清|缴清|交清"
    r"|清[掉零账](?!单)|一分不[少差]|全都(?=还|付|结|转)|所有(?:的)?(?:欠款|款项?|钱))"
)
_JIAO = rf"(?P<jiao>零?[0-9{DIGIT}](?![0-9{DIGIT}十百千万天个月号点日年期])[毛角分]?(?:[0-9{DIGIT}]分)?)?"
_MONEY = (
    rf"{_NO_WEEKDAY}(?P<money>(?P<sign>¥|rmb)?(?P<number>{_NUMBER})(?P<more>(?:[多几余]|来(?![,。?!]|$))(?P<scale>[千万百])?)?"
    rf"(?:(?P<unit>{_UNIT}){_JIAO}(?:钱)?|(?P<mao>[毛角](?:钱)?))?整?)"
)
PATTERN = re.compile("|".join((_ROUGH, _LOOSE, _SOME, _RANGE, _PART, _FULL, _MONEY)))

COUNTED = re.compile(
    r"[个天日号点时秒期通遍回位人家岁楼层室栋页条项度米斤公里级倍步届名份%折座章码颗段口宗件笔台]"
    r"|月(?![底初中末])|年(?![底末前])|次(?!日)|分(?!期|批|[两三四五六几0-9])"
    r"|(?:周|星期|礼拜)(?![一二三四五六日天末])"
    r"|小时|工作日|个百分|多(?:个|天|次|岁|年|人)|来(?:个|天|次|岁|年)|毫|:|/"
)
LABEL = re.compile(
    r"(?:工号|尾号|编号|号码|账号|卡号|电话|热线|拨打|拨|致电|手机|座机|分机|合同号?|单号"
    r"|订单|验证码|短号|第|转拨|身份证|后四位|末四位|密码|代码|坐席|房|客服)(?:号|是|为|:"
    r"|的|转)*$"
)
# A label further off (工号我报给您是1024), unless a word of paying stands between.
FAR_LABEL = re.compile(
    r"工号|尾号|电话|热线|号码|拨|致电|身份证|后四位|末四位|卡号|账号|验证码|密码|编号|投诉"
)
INTO_CARD = re.compile(r"[转存打汇]到(?:了|我|您|你|的)?$")
CARD_AFTER = re.compile(r"[这那的]?[张个]?(?:卡(?!费)|账户|账号|户头|尾号|热线|电话|投诉|转人工)")
HOTLINE = re.compile(r"95[0-9]{3}|123[0-9]{2}|10086|1001[0-9]|12110")
SHORT_HOTLINE = re.compile(r"11[0-9]|12[0-2]")
FREE_PHONE = re.compile(r"[48]00[0-9]{0,1}-")
DIALS = re.compile(r"(?:打|拨|电|找|问|联系)(?:过|了|给|的)?$")

PAID_BEFORE = re.compile(
    r"(?:还|付|打|转|存|交|缴|补|拿|凑|汇|给[您你]?|先|扣|借|剩|差|欠|清)(?:了|的|款|进|上|过|来|去"
    r"|给[您你]|出来?|掉|出|到|够|齐)?(?:是|也|就)?$|金额[是为:]?$|[本]金[是为:]?$|[¥]$|款项?[:是为]?$"
)
# Words that make a number of three digits or more in the same clause a sum.
PAYING = re.compile(
    r"还(?!是|没|在|以为|不知|真|早|记得)|转(?!人工|接|告|正|达)|付(?!出)|存(?!心|折)|交(?!代|流|通|涉|易)|缴|汇"
    r"|先(?!生|前|后)|剩|余|欠|差(?!不多|点|评)|凑|拿|结清|到账|逾期|处理|手[上头里]|[每本这那该]一?期|期的?$"
)
AFTER_TIME = re.compile(r"(?:[天点前后号午晚内底末半刻日钟早初]|(?:周|星期|礼拜)[一二三四五六日天])$")
OFFERED = re.compile(r"吧|行|可以|成(?!本)|好[吗吧不]|如何|怎么样")
AFTER_TIME_TAIL = re.compile(r"$|[,;!?。.吧行可还先我给转就]")
BREAK = re.compile(r"[,;!?。\n](?![0-9]{3}(?![0-9]))|[,;!?。\n](?=[^0-9])")
COURTESY = re.compile(
    r"[吧呢啊呀哈嘛吗么哦嗯好行成可以我您你那就先也只能,.?!。 、最多至少左右大概差不多怎么样]"
)
