"""A sum, a moment or a name of the case written out in a persona's line: another scenario, or seed, gives it the lie."""

import re
from datetime import datetime

from simulator.authoring.lints import PersonaFile
from simulator.dialogue import AmountKind
from simulator.dialogue.speak import PLACEHOLDER
from simulator.reading.amounts import find_amounts
from simulator.reading.times import find_times

LOOKS_AT = "persona"
ANY_DAY = datetime(2026, 3, 11, 10, 0)
LEAST_SUM = 100
FACT = "\u25cc"  # stands for a place that the case fills
CLAUSE = re.compile(r"[^，。！？；…,!?;]+")
# a promise says what is paid and by when; a sum or a day beside other words (一串几分钱, 上午送珠子) is the person's own
PAYS = re.compile(r"还(?!是|有|没|在|不|要|得|想|说|能|会|行|好|这|那)|转(?!告|过|眼)|付|结清|存进")
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟"
    "卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
NAME = re.compile(f"我(?:就)?(?:是|叫)((?!马上|高兴)[{SURNAMES}][\\u4e00-\\u9fff]{{1,2}})$")


def check(file: PersonaFile) -> None:
    for item in file.written():
        for node in item.wordings():
            words = next(filter(None, map(_written_out, _clauses(str(node.value)))), "")
            if words:
                file.source.report(
                    node.mark,
                    "written-out-fact",
                    "“{words}”写死了：换一个情境，这句话就和事实对不上",
                    "换成 {{debtor.name}}、{{means.…}}、{{debt.total}}、{{said.amount}}、{{said.time}} 里合适的一个",
                    words=words,
                )


def _clauses(line: str) -> list[str]:
    return CLAUSE.findall(PLACEHOLDER.sub(FACT, line))


def _written_out(clause: str) -> str:
    """The sum or moment that the clause promises, or the name it gives, in plain words; empty where there is none."""
    name = NAME.search(clause)
    if name:
        return name.group(1)
    if not PAYS.search(clause):
        return ""
    for amount in find_amounts(clause):
        if amount.kind is AmountKind.EXACT and amount.value is not None and amount.value >= LEAST_SUM:
            return amount.text
    return next(
        (time.text for time in find_times(clause, ANY_DAY) if "点" in time.text or "号" in time.text), ""
    )
