"""Chinese names of what has none in its own file."""

from simulator.dialogue import Outcome

OUTCOMES = {
    Outcome.PROMISE: "答应还清",
    Outcome.PARTIAL: "答应还一部分",
    Outcome.PLAN: "定了方案",
    Outcome.VAGUE: "没有准日子",
    Outcome.REFUSED: "不还",
    Outcome.DISPUTED: "有异议",
    Outcome.HUNG_UP: "对方挂断",
    Outcome.MESSAGE_LEFT: "话已带到",
    Outcome.CARED_FOR: "人已安顿",
    Outcome.UNRESOLVED: "没有着落",
}
SIGNALS = {
    "affirm": "嗯、好",
    "deny": "不是",
    "question": "问句",
    "foreign": "外语",
    "garbled": "看不懂",
    "long": "太长",
    "not-understood": "没听懂",
    "silence": "不作声",
    "repetition": "又说一遍",
    "wrong-name": "叫错人",
    "threat": "威胁",
    "insult": "辱骂",
    "disclosure": "泄露",
    "falsehood": "不实",
    "money": "钱上的猫腻",
    "brush-off": "敷衍",
    "pestering": "纠缠",
}
