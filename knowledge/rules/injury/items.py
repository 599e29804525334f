"""The items of damages for an injury, each with its formula (人身损害解释 第六条至第十七条)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from knowledge.errors import FactError
from knowledge.rules.injury.facts import Harm
from knowledge.rules.injury.years import read_dependants, support_years, years_for
from knowledge.rules.local_wages import AVERAGE
from knowledge.rules.parameters import Parameters, Value
from knowledge.rules.types import Figure
from knowledge.rules.wording import money_figure, plain, yuan

PERCENT = "disability_percent"
INCOME = {"urban": "urban_income_year", "rural": "rural_income_year"}
SPENDING = {"urban": "urban_spending_year", "rural": "rural_spending_year"}
MEAL, NUTRITION, CARER = "hospital_meal_day", "nutrition_day", "carer_day"
NEEDS = (PERCENT, AVERAGE, MEAL, NUTRITION, CARER, *INCOME.values(), *SPENDING.values())
_FUNERAL_MONTHS = 6


@dataclass
class Bill:
    """Items as they are added; the parameters they used."""

    facts: Harm
    on: date
    residence: str
    parameters: Parameters
    figures: list[Figure] = field(default_factory=list)
    used: list[Value] = field(default_factory=list)
    total: Decimal = Decimal(0)

    def add(self, label: str, amount: Decimal, how: str) -> None:
        """One item; nothing when it is nought."""
        if amount:
            self.figures.append(money_figure(label, amount, how))
            self.total += amount

    def value(self, name: str) -> Value:
        """The parameter of the day the hearing ended."""
        value = self.parameters.on(name, self.on)
        self.used.append(value)
        return value

    def lost(self) -> tuple[Fraction, str]:
        """The part of the ability to work that is lost, and how it is written."""
        if self.facts.outcome == "died":
            return Fraction(1), ""
        percent = (self.value(PERCENT).table or {})[self.facts.grade or ""]
        return Fraction(percent) / 100, f" × {plain(percent)}%"


def treatment(bill: Bill) -> None:
    """Treatment, lost wages, care, food, travel, aids (第六条至第十一条、第十三条)."""
    facts = bill.facts
    bill.add("医疗费", facts.medical, "收款凭证合计")
    _days(bill, "误工费", facts.work_days, facts.day_income, _no_income)
    carer = facts.carer_day
    if facts.care_days:
        each = carer if carer is not None else bill.value(CARER).number
        how = f"{yuan(each)} × {plain(facts.care_days)}天"
        how += f" × {facts.carers}人" if facts.carers > 1 else ""
        bill.add("护理费", each * facts.care_days * facts.carers, how)
    _days(bill, "住院伙食补助费", facts.hospital_days, None, lambda: bill.value(MEAL).number)
    _days(bill, "营养费", facts.nutrition_days, None, lambda: bill.value(NUTRITION).number)
    bill.add("交通费", facts.transport, "正式票据合计")
    bill.add("残疾辅助器具费", facts.aids, "普通适用器具的合理费用")


def disability(bill: Bill) -> None:
    """残疾赔偿金 (第十二条)."""
    lost, how = bill.lost()
    _lump(bill, "残疾赔偿金", lost, how)


def death(bill: Bill) -> None:
    """死亡赔偿金 and 丧葬费 (第十四条、第十五条)."""
    _lump(bill, "死亡赔偿金", Fraction(1), "")
    wage = bill.value(AVERAGE).number
    bill.add("丧葬费", wage * _FUNERAL_MONTHS, f"{yuan(wage)} × {_FUNERAL_MONTHS}个月")


def dependants(bill: Bill) -> None:
    """被扶养人生活费, part of the damages for disability or death (第十六条、第十七条)."""
    people = read_dependants(bill.facts.dependants)
    if not people:
        return
    lost, _how = bill.lost()
    times = support_years(people, lost)
    spending = bill.value(SPENDING[bill.residence]).number
    amount = spending * times.numerator / times.denominator
    years = "、".join(f"{p.age}岁{p.years}年÷{p.supporters}人" for p in people)
    bill.add(
        "被扶养人生活费",
        amount,
        f"{yuan(spending)} × {plain(Decimal(times.numerator) / times.denominator)}年（{years}）",
    )


def _lump(bill: Bill, label: str, lost: Fraction, share: str) -> None:
    age = bill.facts.age
    income = bill.value(INCOME[bill.residence]).number
    years = years_for(age)
    amount = income * years * lost.numerator / lost.denominator
    bill.add(label, amount, f"{yuan(income)} × {years}年{share}")


def _days(
    bill: Bill, label: str, days: Decimal, each: Decimal | None, other: Callable[[], Decimal]
) -> None:
    if not days:
        return
    amount = each if each is not None else other()
    bill.add(label, amount * days, f"{yuan(amount)} × {plain(days)}天")


def _no_income() -> Decimal:
    raise FactError(
        "还不知道“每天少收入多少”。没有固定收入的，按最近三年的平均收入折成每天", "day_income"
    )
