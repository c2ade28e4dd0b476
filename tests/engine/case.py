"""One invented case for tests of engine and training."""

from datetime import date, datetime
from decimal import Decimal

from simulator.dialogue import Case, Channel, PersonaKind
from simulator.dialogue.case import Authority, Collector, Debt, Person, Standing

PERSON = Person(name="郑国梁", surname="郑", call="郑总", gender="male", last4="0000")
CASE = Case(
    scenario="little-case",
    title="测试",
    persona="little",
    kind=PersonaKind.DEBTOR,
    channel=Channel.PHONE,
    at=datetime(2026, 3, 11, 10, 2),
    difficulty=1,
    goal="promise",
    rubric="first-party",
    rulebook="cn",
    debtor=PERSON,
    person=PERSON,
    debt=Debt(
        creditor="江禾银行",
        product="经营贷",
        kind="business-loan",
        total=Decimal(50000),
        principal=Decimal(50000),
        interest=Decimal(0),
        penalty=Decimal(0),
        daily_cost=Decimal(25),
        due=date(2026, 3, 10),
        days_overdue=1,
        tail="0000",
    ),
    collector=Collector("小陈", "陈", "2036", "江禾银行", "4000-000-123"),
    authority=Authority(instalments=3),
    standing=Standing(),
    history=(),
    broken_promises=0,
    means={"now": Decimal(8000), "rest-at": datetime(2026, 3, 13, 18)},
    mood={},
)
