"""Death at work (因工死亡): what the law gives the family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money, whole, yes_no
from knowledge.rules.labour.own_wage import bounded_wage, insured, local_average, own_wage
from knowledge.rules.laws import SOCIAL_INSURANCE, WORK_INJURY
from knowledge.rules.local_wages import AVERAGE, NATIONAL_INCOME, local_wage
from knowledge.rules.parameters import Value
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_FUNERAL_MONTHS, _INCOME_YEARS = 6, 20  # 第三十九条第一款第（一）项、第（三）项
_SPOUSE, _OTHERS, _ALONE = 40, 30, 10  # per cent of the own wage a month, 第（二）项
_TEXT_STARTS = date(2011, 7, 1)  # 社会保险法, as for injuries


@dataclass(frozen=True, kw_only=True)
class Death:
    """What the family tells."""

    died_on: date = day("去世的日期", how="比如 2026-03-01。", proof=("死亡证明", "工伤认定决定书"))
    own_wage: Decimal = own_wage()
    when: str = choice(
        "什么情况下去世",
        {
            "at_work": "因工当场去世，或者停工治疗期间因伤去世",
            "later": "一级到四级，治疗期满以后去世",
        },
        default="at_work",
    )
    spouse: bool = yes_no(
        "配偶靠他（她）生活、又没有劳动能力", default=False, proof=("结婚证", "劳动能力鉴定结论")
    )
    others: int = whole(
        "其他靠他（她）生活、没有劳动能力的亲属",
        "人",
        most=20,
        default=0,
        how="比如未成年子女、年老的父母，按人数填。",
        proof=("户口簿", "亲属关系证明"),
    )
    alone: int = whole(
        "上面这些人里，孤寡老人或者孤儿有几位",
        "人",
        most=21,
        default=0,
        how="没有就填0；每人每月多给一成。",
        proof=("村（居）委会证明",),
    )
    insured: bool = insured()
    local_average: Decimal | None = local_average()
    national_income: Decimal | None = money(
        "上一年度全国城镇居民人均可支配收入",
        "元/年",
        default=None,
        how="国家统计局公布；不填用本机录入的数。",
    )


def work_death(facts: Death, given: Given) -> Result:
    """Funeral subsidy, the family's monthly pension, and the sum paid once.

    Source: 工伤保险条例 第三十九条, 第六十二条第二款, 第六十四条第二款; 社会保险法 第三十八条,
    第四十一条.

    Raises:
        FactError: the day lies in the future or before the present text, more are alone than
            there are relatives, or a public figure is not known.
    """
    _check(facts, given)
    average, used = local_wage(facts.local_average, AVERAGE, facts.died_on, given)
    if average is None:
        raise FactError("还不知道“统筹地区上年度职工月平均工资”，请填当地公布的数", "local_average")
    once, used_once = _once(facts, given)
    wage, notes = bounded_wage(facts.own_wage, average)
    how = f"{yuan(average)} × {_FUNERAL_MONTHS}个月"
    return Result(
        on=facts.died_on,
        summary=_summary(facts),
        figures=(
            money_figure("丧葬补助金", average * _FUNERAL_MONTHS, how),
            *_pension(facts, wage),
            *once,
        ),
        citations=_citations(facts),
        uncertain=(*notes, *_uncertain(facts)),
        steps=(
            "单位要在事故发生之日起三十日内申请工伤认定；单位不申请的，近亲属在一年内可以自己申请。",
            "认定以后，带死亡证明、亲属关系证明到社保经办机构申领。",
        ),
        parameters=(*used, *used_once),
    )


def _check(facts: Death, given: Given) -> None:
    if not _TEXT_STARTS <= facts.died_on <= given.today:
        raise FactError(
            "“去世的日期”要在2011年7月1日以后、今天以前；更早的适用当时的标准，请问律师", "died_on"
        )
    if facts.alone > facts.others + facts.spouse:
        raise FactError("孤寡老人或者孤儿的人数不能比亲属的人数还多", "alone")


def _once(facts: Death, given: Given) -> tuple[tuple[Figure, ...], tuple[Value, ...]]:
    """Twenty years of the national income; not for a death after the time of treatment."""
    if facts.when == "later":
        return (), ()
    income, used = local_wage(facts.national_income, NATIONAL_INCOME, facts.died_on, given)
    if income is None:
        raise FactError(
            "还不知道“上一年度全国城镇居民人均可支配收入”，请填国家统计局公布的数",
            "national_income",
        )
    how = f"{yuan(income)} × {_INCOME_YEARS}倍"
    return (money_figure("一次性工亡补助金", income * _INCOME_YEARS, how),), used


def _pension(facts: Death, wage: Decimal) -> tuple[Figure, ...]:
    """Shares of the own wage a month; together not more than the wage."""
    share = _SPOUSE * facts.spouse + _OTHERS * facts.others + _ALONE * facts.alone
    if not share:
        return ()
    paid = min(share, 100)
    how = f"{yuan(wage)} × {plain(Decimal(paid))}%"
    if share > paid:
        how += f"（各人合计{share}%，不能超过本人工资）"
    return (money_figure("每月供养亲属抚恤金（合计）", wage * paid / 100, how),)


def _summary(facts: Death) -> str:
    who = "从工伤保险基金领取" if facts.insured else "单位没缴工伤保险，由单位支付"
    return f"职工因工去世，近亲属可以得到下面这些，{who}。"


def _citations(facts: Death) -> tuple[ArticleRef, ...]:
    refs = [
        ArticleRef(WORK_INJURY, "第三十九条", paragraph=3 if facts.when == "later" else 1),
        ArticleRef(WORK_INJURY, "第六十四条", paragraph=2),
        ArticleRef(WORK_INJURY, "第十七条"),
        ArticleRef(SOCIAL_INSURANCE, "第三十八条"),
    ]
    if not facts.insured:
        refs += [
            ArticleRef(SOCIAL_INSURANCE, "第四十一条"),
            ArticleRef(WORK_INJURY, "第六十二条", paragraph=2),
        ]
    return tuple(refs)


def _uncertain(facts: Death) -> tuple[str, ...]:
    notes = [
        "哪些亲属可以领抚恤金、各领多少，由社保经办机构核定；这里给的是合计。",
        "抚恤金会随当地职工平均工资、生活费用调整。",
    ]
    if facts.when == "later":
        notes.append("治疗期满以后去世的，没有一次性工亡补助金。")
    if not facts.insured:
        notes.append("单位不付的，可以要求工伤保险基金先行支付，再由基金向单位追偿。")
    return tuple(notes)


RULE: Rule[Death] = Rule(
    name="work_death",
    title="工亡待遇",
    topic="劳动",
    about="家人因工去世，丧葬补助、供养亲属抚恤金和一次性工亡补助各有多少。",
    facts=Death,
    work_out=work_death,
    needs=(AVERAGE, NATIONAL_INCOME),
)
