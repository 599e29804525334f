"""Limits of a probation period (试用期): how long, at what wage, and what an illegal one costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, money, number
from knowledge.rules.laws import LABOUR_CONTRACT
from knowledge.rules.local_wages import MINIMUM, local_wage
from knowledge.rules.parameters import Value
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

# Contract of at least so many months -> longest probation in months (劳动合同法 第十九条第一款).
_LIMITS = ((36, 6), (12, 2), (3, 1))
_OPEN_ENDED = 6
_WAGE_SHARE = Decimal("0.8")  # 劳动合同法 第二十条
_CONTRACT = ("劳动合同", "录用通知")


@dataclass(frozen=True, kw_only=True)
class Probation:
    """What the resident tells."""

    contract: str = choice(
        "合同种类",
        {
            "fixed": "有固定期限",
            "open": "无固定期限",
            "task": "以完成一定工作任务为期限",
            "part_time": "非全日制用工",
        },
        proof=_CONTRACT,
    )
    contract_months: Decimal | None = number(
        "合同期限",
        "个月",
        least="0.1",
        most=600,
        default=None,
        how="有固定期限的填，一年填 12，三年填 36。",
    )
    probation_months: Decimal = number(
        "约定的试用期", "个月", most=120, how="合同写的试用期有几个月；没有填 0。", proof=_CONTRACT
    )
    served_months: Decimal = number(
        "已经过了的试用期", "个月", most=120, default=Decimal(0), how="试用期实际已经过了几个月。"
    )
    full_wage: Decimal | None = money(
        "转正后的月工资", "元/月", most=1_000_000, default=None, how="试用期满以后约定的月工资。"
    )
    probation_wage: Decimal | None = money(
        "试用期的月工资", "元/月", most=1_000_000, default=None, how="试用期每月实际拿多少。"
    )


def probation(facts: Probation, given: Given) -> Result:
    """The longest probation allowed, the damages for an illegal one served, and the least wage.

    Source: 劳动合同法 第十九条, 第二十条, 第七十条, 第八十三条.

    Raises:
        FactError: a fixed-term contract without its length, or more served than agreed.
    """
    longest, why = _longest(facts)
    if facts.served_months > facts.probation_months:
        raise FactError("“已经过了的试用期”比约定的还长，请再看一下", "served_months")
    over = max(facts.probation_months - longest, Decimal(0))
    illegal = max(facts.served_months - longest, Decimal(0))
    figures = [Figure("试用期最长", Decimal(longest), "个月", why)]
    if over:
        how = f"{plain(facts.probation_months)}个月 - {longest}个月"
        figures.append(Figure("超过的部分", over, "个月", how))
    if illegal and facts.full_wage:
        how = f"{yuan(facts.full_wage)} × 已过的超期{plain(illegal)}个月"
        figures.append(money_figure("单位该付的赔偿金", facts.full_wage * illegal, how))
    wage, minimum = _wage(facts, given)
    part_time = facts.contract == "part_time"
    return Result(
        on=given.today,
        summary=_summary(over, longest, illegal, facts),
        figures=(*figures, *wage),
        citations=(
            ArticleRef(LABOUR_CONTRACT, "第七十条" if part_time else "第十九条"),
            *((ArticleRef(LABOUR_CONTRACT, "第八十三条"),) if over else ()),
            *((ArticleRef(LABOUR_CONTRACT, "第二十条"),) if wage else ()),
        ),
        uncertain=(
            "同一个单位和同一个人只能约定一次试用期，换岗、续签再约定的不算数。",
            "合同只写了试用期的，试用期不成立，那段时间就是合同期限。",
            "试用期工资低于本单位同岗位最低档工资的，要看单位的工资档次，这里没有比。",
        ),
        steps=("要求单位改正；不改的，向劳动保障监察机构投诉或者申请劳动争议仲裁。",),
        parameters=minimum,
    )


def _longest(facts: Probation) -> tuple[int, str]:
    match facts.contract:
        case "open":
            return _OPEN_ENDED, "无固定期限的劳动合同，不得超过六个月"
        case "task":
            return 0, "以完成一定工作任务为期限的，不得约定试用期"
        case "part_time":
            return 0, "非全日制用工不得约定试用期"
    months = facts.contract_months
    if months is None:
        raise FactError("还不知道“合同期限”。一年填 12，三年填 36", "contract_months")
    for least, longest in _LIMITS:
        if months >= least:
            return longest, f"合同{plain(months)}个月，满{least}个月的一档，不得超过{longest}个月"
    return 0, f"合同{plain(months)}个月，不满三个月，不得约定试用期"


def _summary(over: Decimal, longest: int, illegal: Decimal, facts: Probation) -> str:
    if not over:
        return f"约定的试用期没有超过法律规定的最长{longest}个月。"
    told = f"约定的试用期超过了法律规定，最长只能{longest}个月。" if longest else "不得约定试用期。"
    if illegal and facts.full_wage is None:
        told += "填上转正后的月工资，就能算出单位该付的赔偿金。"
    return told


def _wage(facts: Probation, given: Given) -> tuple[tuple[Figure, ...], tuple[Value, ...]]:
    """The least wage of the probation, and by how much the wage paid falls short of it."""
    if facts.full_wage is None:
        return (), ()
    minimum, used = local_wage(None, MINIMUM, given.today, given)
    share = facts.full_wage * _WAGE_SHARE
    least, how = share, f"{yuan(facts.full_wage)} × 80%"
    if minimum is not None and minimum > share:
        least, how = minimum, f"{how}低于当地最低工资标准，按最低工资标准"
    figures = [money_figure("试用期工资最低", least, how)]
    paid = facts.probation_wage
    if paid is not None and paid < least:
        short = money_figure("试用期每月少发的工资", least - paid, f"{yuan(least)} - {yuan(paid)}")
        figures.append(short)
    return tuple(figures), used if least == minimum else ()


RULE: Rule[Probation] = Rule(
    name="probation",
    title="试用期",
    topic="劳动",
    about="试用期最长多久，约定长了单位要赔多少，工资最低多少。",
    facts=Probation,
    work_out=probation,
    needs=(MINIMUM,),
)
