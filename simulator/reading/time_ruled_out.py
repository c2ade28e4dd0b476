"""Times that cannot be of payment whatever follows: denied, told of, recurring, gone by, spent."""

from __future__ import annotations

import re

from simulator.reading.time_cues import (
    ALREADY,
    DENIED,
    DONE,
    EVERY,
    FUTURE,
    GONE,
    IS_TODAY,
    NOT_KEPT,
    NOUN_AFTER,
    PROMISED,
    PROMISED_LATE,
    PROMISING,
    REPORTED,
    SAYING,
    SOON_DONE,
    SPAN_FREE,
    SPAN_SPENT,
    YES_NO,
)
from simulator.reading.time_expression import WINDOW, Expression
from simulator.reading.time_words import Kind


def is_ruled_out(text: str, start: int, one: Expression, head: str, tail: str) -> bool:
    """Denied, reported from earlier, recurring, past, the name of today, or a span already spent."""
    before = text[max(start, one.start - WINDOW) : one.start]
    if head == "等" and text.startswith("?", one.end + len(tail)):
        return True
    if _CALLED_TWICE.match(text, one.end) or NOUN_AFTER.match(tail) or (head and _is_denied(head)):
        return True
    if before and REPORTED.search(before) and not _spoken_now(before):
        return True
    if _TODAY_NAMED.fullmatch(text, one.start, one.end) and not tail and text.startswith(",", one.end):
        return True
    if _DRAGGED.search(head) and not _ASKED.search(tail):
        return True
    if before and IS_TODAY.search(before) and (not tail or tail[0] in "了是号"):
        return True
    if one.kind is Kind.SPAN and _spent(one, head, tail):
        return True
    done = _done(head, tail) and not _RESULT.match(text, one.end + len(tail))
    if done and one.coming and not ALREADY.search(head + tail) and not GONE.search(tail):
        done = False
    if _UNSURE.match(tail) or (_TOLD_TO.search(head) and _THROWN.match(text, one.end + len(tail))):
        return True
    if _is_scoffed(text, one, tail):
        return True
    if _KNOWN_DONE.match(tail) or _WAS_DUE.match(tail) or _THAT_SUM.match(tail):
        return True
    if (_WHO_SAID.search(before) and not _DENIAL.search(tail)) or (
        before == "还" and text.startswith("?", one.end)
    ):
        return True
    if (
        _WHY.search(before)
        or _PESTERED.search(before)
        or _WRITTEN.search(head)
        or (_THEY.search(head) and _THEY_CALL.fullmatch(tail))
    ):
        return True
    if one.far and _PERFECT.search(tail) and not _TO_BE.search(_RHETORICAL.sub("", head + tail)):
        return True
    return not one.ahead and (done or _promised(before, tail))


_SCOFFED = re.compile("[我你您]?(?:[也都]?没(?!问题|关系|事)|连|拿什么|拿啥|哪[来有])")


def _is_scoffed(text: str, one: Expression, tail: str) -> bool:
    """明天还？明天我连菜钱都没有."""
    again = one.end + len(tail) + 1 + one.end - one.start
    return (
        tail in ("还", "就还")
        and text[one.end + len(tail) : again] == "?" + text[one.start : one.end]
        and _SCOFFED.match(text, again) is not None
    )


def _is_denied(head: str) -> bool:
    return bool(EVERY.search(head) or (DENIED.search(head) and not YES_NO.search(head)))


def _promised(before: str, tail: str) -> bool:
    """Of a promise made earlier: 9号答应的没到账, 周五没兑现, 答应周五还的."""
    if not tail:
        return False
    if NOT_KEPT.search(tail):
        return True
    if _NOW_SAID.search(before):
        return False
    late = PROMISING.search(before) and PROMISED_LATE.search(tail)
    return bool(late or PROMISED.search(tail) or SAYING.search(tail))


# 今天11号，我15号还: the first tells the date of the call.
_TODAY_NAMED = re.compile(
    r"今[天日儿]个?(?:[0-9一二三四五六七八九十]{1,3}月)?[0-9一二三四五六七八九十廿]{1,3}[号日]"
)
_DRAGGED = re.compile(r"拖[到至]$")
_ASKED = re.compile("[行可成好能]")
# 三点之前还了，我就不打电话: the second clause makes a condition of the first.
_RESULT = re.compile(r",[我您你咱们这边]{0,2}[就也]")
_SUM_BEGINS = tuple("0123456789一两二三四五六七八九十")
# 早上九点打，下午三点又打
_CALLED_TWICE = re.compile("[^,]{0,3}打,[^,]{0,10}[又还再也]打(?![款钱0-9一两二三四五六七八九十几])")
# 端午节那天我不是转过三百吗
_KNOWN_DONE = re.compile(
    "[^,]{0,6}不是(?:已经|都|早就|给[你您])?[还转付打存交](?:给[你您])?[了过][^,]{0,10}[吗嘛]"
)
# 3月1号就该还的 tells when it was due; 今天到账的那笔是生活费 tells one sum from others.
_WAS_DUE = re.compile("(?:[早本]来?|早)?就?(?:应该?|该)[^,]{0,2}[还付交缴]的[啊呀呢]?(?=,|$)")
_THAT_SUM = re.compile(
    "[^,]{0,2}(?:[到入进][账帐]|[进转打]来|发|退)的(?:[这那钱款]|[0-9一两二三四五六七八九])[^,]{0,6}是"
)
# 凭什么非得今天还 refuses, 干嘛不今天还 proposes.
_WHY = re.compile("(?:凭什么|凭啥|干[嘛吗]|为什么|为啥|何必)[^,不]{0,6}$")
# 别老问我是今天还是明天
_PESTERED = re.compile(
    "(?:别|甭|莫|不[要用必]|老|总|一直|干[嘛吗]|何必|非[得要]?)[^,]{0,3}问我?们?(?:到底|究竟)?是[^,]{0,8}$"
)
# 短信上写着今天18点前还清
_WRITTEN = re.compile(
    "(?:短信|协议|合同|条款|公告|通知|页面|信)[上里中]?面?[都也]?(?:写|说|显示|印|标)[着的了]?[是您你让要叫我]{0,3}$"
)
# 谁跟你讲的我今天能还？ denies it, 谁说我今天不还 does not; 还今天？ scoffs.
_WHO_SAID = re.compile(
    "谁(?:[跟和给同]|告诉)?[您你]?们?(?:说|讲|告诉[您你])[的过了]{0,2}[^,]{0,4}$|谁告诉[您你]们?的?[^,]{0,4}$"
)
_DENIAL = re.compile("[不没]")
# 你们早上八点就打
_THEY = re.compile("(?<![给跟往向把])[你您]们[^,]{0,4}$")
_THEY_CALL = re.compile("多?钟?[就又还才都也再]{0,2}打(?:过?来)?[了啊呀]?")
# 月底前要是能凑到就还; 我六点下班，你让我五点还？
_UNSURE = re.compile("[我也]{0,2}(?:要是|如果|假如|万一)真?能[^,]{1,6}[就再才]")
_TOLD_TO = re.compile("(?:[你您]们?|^)想?(?:让|叫|要)我$")
_THROWN = re.compile(
    "[?](?![行好成中嗯]|可以|没问题|尽量)|,(?:除非|没门|门都没|做梦|不可能|想都[别不]|办不到|[下这]辈子)"
)
_PERFECT = re.compile("[了过]")
_TO_BE = re.compile("会|能|要|一定|肯定|保证|可以|得|再|吧|吗|争取|打算|想|前|行")
_RHETORICAL = re.compile("不是[^,]{1,20}吗")
_NOW_SAID = re.compile(r"刚才|刚刚|刚说|这次|现在")
_SAID_BEFORE = re.compile(
    r"上一?[次回]|昨|前[天几两次回]|之前|以前|当时|上个?(?:月|周|星期|礼拜)|那[天次回]|头[一]?[次回]|[两三几][次回]|本来|原|每次|老是|总是|去年|前面"
    r"|过[^,]{0,6}$|好的|(?:[0-9一二三四五六七八九十][号日]|(?:周|星期|礼拜)[一二三四五六日天])[您你又也就]{0,2}(?:说|答应|承诺)"
)


def _spoken_now(before: str) -> bool:
    """说 or 答应 said in this call (您刚才说三点), not of an earlier one."""
    return _SAID_BEFORE.search(before) is None


def _spent(one: Expression, head: str, tail: str) -> bool:
    if one.anchored:
        return bool(re.search(r"(?:了|已经|逾期|超期|拖欠?|欠|长达)$", head))
    return bool(SPAN_SPENT.search(head)) or not SPAN_FREE.match(tail)


def _done(head: str, tail: str) -> bool:
    if SOON_DONE.match(tail):
        return True
    match = DONE.search(tail)
    rest = tail[: match.start()] + tail[match.end() :] if match else ""
    if match and tail[match.end() : match.end() + 1] in _SUM_BEGINS:
        rest = rest.replace("先", "")  # 先存了三百 is done, 先还了再说 is not
    if match and not FUTURE.search(rest) and not FUTURE.search(head[-4:]):
        return True
    return bool(re.search(r"(?:已经|早就|刚刚?)(?:在)?$", head))
