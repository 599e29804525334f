"""Double wages where no written contract was made (未签书面劳动合同的二倍工资)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import day, money
from knowledge.rules.laws import LABOUR_ARBITRATION, LABOUR_CONTRACT, LABOUR_CONTRACT_RULES
from knowledge.rules.periods import add_months, months_and_days
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import chinese_date, money_figure, plain
from knowledge.types import ArticleRef

_LAW_STARTS = date(2008, 1, 1)  # 劳动合同法 第九十八条
_RULES_START = date(2008, 9, 18)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NoContract:
    """What the resident tells."""

    started: date = day(
        "上班第一天",
        how="开始干活的那天，比如 2025-03-01。",
        proof=("考勤", "工资条", "工牌", "入职登记", "社保记录", "工友证言"),
    )
    monthly_wage: Decimal = money(
        "月工资", "元/月", most=1_000_000, how="没签合同那段时间每月的工资。", proof=("转账记录",)
    )
    signed: date | None = day(
        "补签书面合同的日期", default=None, how="一直没签就不填。", proof=("补签的合同",)
    )
    left: date | None = day("在职最后一天", default=None, how="还在上班就不填。")


def double_wage(facts: NoContract, given: Given) -> Result:
    """The second wage for the months without a written contract: from the second month on, at
    most to the day before a full year.

    Source: 劳动合同法 第十四条第三款, 第八十二条第一款, 第九十七条第二款;
    劳动合同法实施条例 第六条, 第七条.

    Raises:
        FactError: the dates contradict each other or lie in the future.
    """
    _check(facts, given.today)
    start = max(facts.started, _LAW_STARTS)
    first, year = add_months(start, 1), add_months(start, 12)
    ends = [year - _DAY, given.today]
    ends += [facts.signed - _DAY] if facts.signed else []
    ends += [facts.left] if facts.left else []
    last = min(ends)
    full_year = last == year - _DAY
    figure = _figure(facts.monthly_wage, start, last)
    return Result(
        on=max(last, start),
        summary=_summary(figure, first, last, full_year),
        figures=(figure,),
        citations=_citations(facts, full_year, max(last, start)),
        uncertain=(
            "这里算的是二倍工资里还没付的那一倍；正常工资没发的另外要。",
            "从哪天起算，各地可能差一天；不满一个月的部分这里按日历天数折算。",
            "申请仲裁的时效是一年，二倍工资的时效从哪天起算各地做法不同，请尽快申请。",
            "单位书面通知了、您自己不签的，或者非全日制用工的，不适用这个算法，请问律师。",
        ),
        steps=("向劳动争议仲裁委员会申请仲裁，仲裁不收费。",),
    )


def _check(facts: NoContract, today: date) -> None:
    if facts.started > today:
        raise FactError("“上班第一天”还没有到，请看看日期", "started")
    for name, told in (("signed", facts.signed), ("left", facts.left)):
        if told and told < facts.started:
            raise FactError("这个日期比“上班第一天”还早，请看看日期", name)
        if told and told < _LAW_STARTS:
            raise FactError(
                "劳动合同法自2008年1月1日起施行，在那之前没有二倍工资的规定；请问律师", name
            )


def _figure(wage: Decimal, start: date, last: date) -> Figure:
    """Whole months after the first month of work, and the days of a month begun."""
    months, days = months_and_days(start, last)
    if months < 1:
        return money_figure("二倍工资中还没付的一倍", Decimal(0), f"每月{plain(wage)}元 × 0个月")
    length = (add_months(start, months + 1) - add_months(start, months)).days
    months -= 1
    amount = wage * months + wage * days / length
    parts = [f"每月{plain(wage)}元 × {months}个月"] if months or not days else []
    parts += [f"每月{plain(wage)}元 × {days}天 ÷ {length}天"] if days else []
    return money_figure("二倍工资中还没付的一倍", amount, " + ".join(parts))


def _summary(figure: Figure, first: date, last: date, full_year: bool) -> str:
    if last < first:
        return "用工一个月以内签合同，或者一个月以内就离开的，单位不用付二倍工资。"
    told = (
        f"从{chinese_date(first)}到{chinese_date(last)}，单位每月要付二倍工资，"
        f"还没付的一倍是{figure.value:,}元。"
    )
    if full_year:
        told += "满一年还没签的，视为已经订立无固定期限劳动合同。"
    return told


def _citations(facts: NoContract, full_year: bool, on: date) -> tuple[ArticleRef, ...]:
    refs = [
        ArticleRef(LABOUR_CONTRACT, "第八十二条", paragraph=1),
        ArticleRef(LABOUR_CONTRACT, "第十条", paragraph=2),
    ]
    if full_year:
        refs.append(ArticleRef(LABOUR_CONTRACT, "第十四条", paragraph=3))
    if facts.started < _LAW_STARTS:
        refs.append(ArticleRef(LABOUR_CONTRACT, "第九十七条", paragraph=2))
    if on >= _RULES_START:
        refs.append(ArticleRef(LABOUR_CONTRACT_RULES, "第七条" if full_year else "第六条"))
    if on >= date(2008, 5, 1):
        refs.append(ArticleRef(LABOUR_ARBITRATION, "第二十七条", paragraph=1))
    return tuple(refs)


RULE: Rule[NoContract] = Rule(
    name="double_wage",
    title="没签劳动合同的二倍工资",
    topic="劳动",
    about="干了活没签书面劳动合同，单位该多付多少。",
    facts=NoContract,
    work_out=double_wage,
)
