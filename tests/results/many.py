"""A class of made-up marks, the same every time."""

from simulator.training.exam.ledger import Broken, Found, Ledger, Rated, Sat
from tests.results.hall import START

CRITERIA = {
    "greeting": ("问候", 4),
    "ability": ("问清现在能拿出多少", 6),
    "confirm-promise": ("把承诺复述一遍", 8),
}
SCENARIOS = {"one": "第一种人", "two": "第二种人"}


def sat_by(n: int, points: int = 7000, **changes: object) -> Sat:
    values: dict[str, object] = {
        "id": f"h/duty.c{n:03d}.1",
        "exam": "duty",
        "exam_title": "上岗考试",
        "hall": "h",
        "number": 1,
        "candidate": f"h/c{n:03d}",
        "name": f"学员{n}",
        "group": "十一月班",
        "supervised": True,
        "practice": False,
        "opened": START,
        "submitted": START,
        "passed": points >= 6000,
        "points": points,
        "cut": 6000,
        "state": "marked",
        "blueprint": "duty-officer",
        "blueprint_digest": "b" * 64,
        "form_digest": "f" * 64,
        "entries": 9,
        "head": f"{n:064x}",
        "key": "k" * 16,
    }
    return Sat(**{**values, **changes})  # type: ignore[arg-type]


def class_of(size: int) -> Ledger:
    """Candidate n is better the greater n is; the first third breaks a rule, every fourth of them on both calls."""
    sat, rated, found, broken = [], [], [], []
    for n in range(size):
        skill = n / max(1, size - 1)
        one = sat_by(n, int(10000 * skill))
        sat.append(one)
        for call, (scenario, title) in enumerate(SCENARIOS.items(), 1):
            total = round(100 * skill) if call == 1 else round(90 * skill + 10 * (n % 2))
            breaks = n < size // 3 and (call == 1 or n % 4 == 0)
            rated.append(Rated(one.id, call, "all", scenario, title, 1, total >= 60, total, 10 * breaks))
            for place, (id, (name, of)) in enumerate(CRITERIA.items()):
                met = "yes" if skill > (place + 1) / 4 else "no"
                found.append(Found(one.id, call, "tasks", id, name, met, of if met == "yes" else 0, of))
            if breaks:
                words = f"你等着{'！' * (n % 3 + 1)}"
                broken.append(
                    Broken(one.id, call, 1, "threat", "不威胁", "major", 10, 4, words, "我们一起想办法。")
                )
    return Ledger(tuple(sat), tuple(rated), tuple(found), tuple(broken))
