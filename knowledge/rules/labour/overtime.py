"""Overtime pay (加班费): 150, 200 and 300 per cent of the hourly wage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import day, money, number
from knowledge.rules.laws import (
    ANNUAL_LEAVE_RULES,
    LABOUR_CONTRACT,
    LABOUR_INTERPRETATION,
    LABOUR_LAW,
    WAGE_PAYMENT,
)
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_HOURS_A_DAY = 8  # 劳动法 第三十六条
_RATES = (
    ("workday_hours", "工作日延长工作的加班费", Decimal("1.5")),
    ("restday_hours", "休息日加班费", Decimal(2)),
    ("holiday_hours", "法定休假日加班费", Decimal(3)),
)
_RECORDS = ("考勤记录", "排班表", "加班审批单", "下班后的工作聊天记录", "工友证言")
_PAID_DAYS = "paid_days_month"


@dataclass(frozen=True, kw_only=True)
class Overtime:
    """What the resident tells; hours may have decimals."""

    monthly_wage: Decimal = money(
        "月工资",
        "元/月",
        most=1_000_000,
        how="正常上班一个月的工资，不含加班费，比如 5000。",
        proof=("劳动合同", "工资条", "转账记录"),
    )
    workday_hours: Decimal = number(
        "工作日加班的小时数",
        "小时",
        most=20_000,
        default=Decimal(0),
        how="平常上班的日子，每天超过八小时的部分加起来。",
        proof=_RECORDS,
    )
    restday_hours: Decimal = number(
        "休息日加班的小时数",
        "小时",
        most=20_000,
        default=Decimal(0),
        how="周末等休息日上班、又没有安排补休的，一天按八小时算。",
    )
    holiday_hours: Decimal = number(
        "法定休假日加班的小时数",
        "小时",
        most=20_000,
        default=Decimal(0),
        how="元旦、春节、劳动节、国庆节等法定休假日上班的，一天按八小时算；调休的日子不算。",
    )
    paid: Decimal = money("已经付过的加班费", least=0, default=Decimal(0), how="没付过就不填。")
    worked_on: date | None = day(
        "加班的时间", default=None, how="大概哪一天，用来确定用哪一年的标准；不填按今天算。"
    )


def overtime(facts: Overtime, given: Given) -> Result:
    """Overtime pay by kind of day, less what was paid.

    Source: 劳动法 第三十六条, 第四十四条; 工资支付暂行规定 第十三条; monthly paid days: parameter.

    Raises:
        FactError: no hours, all paid already, or no standard is known for that day.
    """
    on = facts.worked_on or given.today
    if not any(getattr(facts, name) for name, _label, _rate in _RATES):
        raise FactError("三种加班的小时数至少要填一种", "workday_hours")
    paid_days = given.parameters.on(_PAID_DAYS, on)
    hourly = facts.monthly_wage / (paid_days.number * _HOURS_A_DAY)
    by_hour = f"{yuan(facts.monthly_wage)} ÷ {plain(paid_days.number)}天 ÷ {_HOURS_A_DAY}小时"
    figures = [money_figure("小时工资", hourly, by_hour)]
    total = Decimal(0)
    for name, label, rate in _RATES:
        hours = getattr(facts, name)
        if hours:
            amount = hourly * rate * hours
            total += amount
            how = f"{by_hour} × {plain(rate * 100)}% × {plain(hours)}小时"
            figures.append(money_figure(label, amount, how))
    owed = total - facts.paid
    if owed <= 0:
        raise FactError(f"算下来应付{yuan(total)}，已经付了{yuan(facts.paid)}，没有少付", "paid")
    less = f" - 已付{yuan(facts.paid)}" if facts.paid else ""
    figures.append(money_figure("还该付的加班费", owed, f"各项合计{yuan(total)}{less}"))
    return Result(
        on=on,
        summary=f"按您说的，至少还该付加班费{yuan(owed)}。",
        figures=tuple(figures),
        citations=(
            ArticleRef(LABOUR_LAW, "第四十四条"),
            ArticleRef(LABOUR_LAW, "第三十六条"),
            ArticleRef(LABOUR_CONTRACT, "第三十一条"),
            ArticleRef(LABOUR_CONTRACT, "第八十五条", item=3),
            *_regulations(on),
        ),
        uncertain=(
            "休息日上班后安排了补休的，那几天不按这个算。",
            "计件、综合计算工时、不定时工时的，算法不同，请问律师。",
            "加班要由您拿出证据；证据在单位手里、单位不拿出来的，由单位承担不利后果。",
            "拿什么工资作基数（合同写的、实际发的、当地规定的），各地有不同做法。",
        ),
        steps=(
            "把考勤、排班、聊天记录拍照存好。",
            "向劳动保障监察机构投诉，或者申请劳动争议仲裁。",
        ),
        parameters=(paid_days,),
    )


def _regulations(on: date) -> tuple[ArticleRef, ...]:
    """Those already in force on the day."""
    held = (
        (date(1995, 1, 1), ArticleRef(WAGE_PAYMENT, "第十三条")),
        (date(2008, 9, 18), ArticleRef(ANNUAL_LEAVE_RULES, "第十一条", paragraph=1)),
        (date(2021, 1, 1), ArticleRef(LABOUR_INTERPRETATION, "第四十二条")),
    )
    return tuple(ref for start, ref in held if on >= start)


RULE: Rule[Overtime] = Rule(
    name="overtime",
    title="加班费",
    topic="劳动",
    about="工作日、休息日、法定休假日加班，分别该付多少。",
    facts=Overtime,
    work_out=overtime,
    needs=(_PAID_DAYS,),
)
