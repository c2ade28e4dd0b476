"""argparse in Chinese: it looks its messages up by name in its own module, so they are given there."""

import argparse

MESSAGES = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这段说明",
    "show program's version number and exit": "显示版本",
    "the following arguments are required: %s": "还缺：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选择；可以是 %(choices)s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "invalid %(type)s value: %(value)r": "%(value)r 不合要求（要 %(type)s）",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可以是 %(matches)s，请写全",
    "not allowed with argument %s": "不能和 %s 一起用",
}


def speak_chinese() -> None:
    """From now on argparse speaks Chinese where it is known how."""
    argparse._ = lambda message: MESSAGES.get(message, message)  # type: ignore[attr-defined]
