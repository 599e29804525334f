"""Severance pay (经济补偿) and compensation for wrongful dismissal (违法解除赔偿金)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import day, money
from knowledge.rules.laws import LABOUR_CONTRACT, LABOUR_CONTRACT_RULES
from knowledge.rules.local_wages import AVERAGE, MINIMUM, local_wage
from knowledge.rules.parameters import Value
from knowledge.rules.periods import months_and_days
from knowledge.rules.types import Given
from knowledge.rules.wording import plain, yuan
from knowledge.types import ArticleRef

LAW_STARTS = date(2008, 1, 1)  # 劳动合同法 第九十八条
RULES_START = date(2008, 9, 18)
_CAP_TIMES, _CAP_YEARS = 3, Decimal(12)  # 劳动合同法 第四十七条第二款


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """What both rules need to know."""

    started: date = day(
        "上班第一天",
        how="进这个单位的日子，比如 2020-03-01。",
        proof=("劳动合同", "入职登记", "社保缴费记录", "最早的工资条"),
    )
    ended: date = day(
        "在职最后一天",
        how="解除或者终止那天，比如 2026-06-30。",
        proof=("解除或终止通知书", "离职证明", "最后的考勤"),
    )
    monthly_wage: Decimal = money(
        "离职前十二个月的平均工资",
        "元/月",
        most=1_000_000,
        how="应得的工资，包括奖金、津贴和补贴；不满十二个月按实际月数平均。",
        proof=("最近十二个月的工资条", "银行流水", "个人所得税记录"),
    )
    local_average: Decimal | None = money(
        "当地上年度职工月平均工资",
        "元/月",
        default=None,
        how="知道当地公布的数就填；不填用本机录入的数。",
    )
    local_minimum: Decimal | None = money(
        "当地最低工资标准", "元/月", default=None, how="知道就填；不填用本机录入的数。"
    )


@dataclass(frozen=True)
class Count:
    """Months of wages to be paid (`months`) at `base` yuan, and how that came about."""

    months: Decimal
    base: Decimal
    how: str
    notes: tuple[str, ...]
    refs: tuple[ArticleRef, ...]
    parameters: tuple[Value, ...]

    @property
    def amount(self) -> Decimal:
        """Yuan."""
        return self.months * self.base


def check_dates(facts: Leaving, today: date) -> None:
    """Refuse dates that contradict each other or the law's reach.

    Raises:
        FactError: the end lies before the start, too far ahead, or before the law took effect.
    """
    if facts.ended < facts.started:
        raise FactError("“在职最后一天”比“上班第一天”还早，请看看日期", "ended")
    if facts.started > today:
        raise FactError("“上班第一天”还没有到，请看看日期", "started")
    if facts.ended < LAW_STARTS:
        raise FactError("2008年1月1日劳动合同法施行以前离职的，要按当时的规定算，请问律师", "ended")


def month_wages(first: date, last: date) -> Decimal:
    """Months of wages for the time served, both days counted.

    Source: 劳动合同法 第四十七条第一款.

    >>> month_wages(date(2024, 1, 1), date(2024, 6, 29))
    Decimal('0.5')
    >>> month_wages(date(2024, 1, 1), date(2024, 6, 30))
    Decimal('1')
    """
    months, days = months_and_days(first, last)
    years, rest = divmod(months, 12)
    half = Decimal("0.5") if (rest or days) else Decimal(0)
    return years + (Decimal(1) if rest >= 6 else half)


def count(facts: Leaving, first: date, given: Given) -> Count:
    """How many months' wages at which base, counting from `first`.

    Source: 劳动合同法 第四十七条; 劳动合同法实施条例 第二十七条 (the minimum wage as a floor).
    """
    months, base = month_wages(first, facts.ended), facts.monthly_wage
    average, by_average = local_wage(facts.local_average, AVERAGE, facts.ended, given)
    minimum, by_minimum = local_wage(facts.local_minimum, MINIMUM, facts.ended, given)
    notes: tuple[str, ...] = ()
    refs: tuple[ArticleRef, ...] = ()
    if average is None:
        notes = ("不知道当地上年度职工月平均工资，没有比较三倍封顶；工资高的请问当地标准。",)
    elif base > average * _CAP_TIMES:
        base = average * _CAP_TIMES
        notes = (f"您的工资高于当地职工月平均工资{yuan(average)}的三倍，按三倍{yuan(base)}计算。",)
        if months > _CAP_YEARS:
            months = _CAP_YEARS
            notes += ("年限最高不超过十二年，按十二年计算。",)
    if minimum is not None and base < minimum:
        base = minimum
        notes += (f"平均工资低于当地最低工资标准，按最低工资{yuan(minimum)}计算。",)
    if facts.ended >= RULES_START:
        refs = (ArticleRef(LABOUR_CONTRACT_RULES, "第二十七条"),)
    used = by_minimum if base == minimum else ()
    how = f"{yuan(base)} × {plain(months)}个月"
    return Count(months, base, how, notes, refs, (*by_average, *used))


CITED = ArticleRef(LABOUR_CONTRACT, "第四十七条")
