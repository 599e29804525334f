"""Child support (抚养费): the usual range by income, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money, whole, yes_no
from knowledge.rules.laws import CIVIL_CODE, FAMILY_INTERPRETATION
from knowledge.rules.periods import add_months, months_and_days
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import date_figure, money_figure, plain, yuan
from knowledge.types import ArticleRef

_LEAST, _MOST, _MOST_MANY = Decimal("0.2"), Decimal("0.3"), Decimal("0.5")  # 第四十九条第二款
_ADULT, _WORKING = 18, 16  # 第五十三条
_INCOME = {
    "fixed": "有固定收入",
    "varying": "没有固定收入，知道一年大概挣多少",
    "missing": "没有经济收入，或者人找不到",
}


@dataclass(frozen=True, kw_only=True)
class Support:
    """What the resident tells."""

    income_kind: str = choice("付抚养费的一方收入怎么样", _INCOME)
    income: Decimal | None = money(
        "收入",
        most=100_000_000,
        default=None,
        how="有固定收入的填每月总收入；没有固定收入的填一年总收入或者同行业的年平均收入。",
        proof=("工资流水", "纳税记录", "社保缴费记录", "经营流水"),
    )
    children: int = whole(
        "要付抚养费的孩子", "个", least=1, most=20, how="这一方一共要负担几个孩子的抚养费。"
    )
    born_on: date = day("孩子的生日", how="几个孩子的，填最小的那个。", proof=("出生证", "户口本"))
    earning: bool = yes_no(
        "孩子是不是主要靠自己的劳动收入生活",
        default=False,
        how="满十六岁、能自己养活自己的填“是”。",
    )


def child_support(facts: Support, given: Given) -> Result:
    """Yuan a month as a range, and the last day of paying.

    Source: 民法典 第一千零八十五条; 婚姻家庭编解释（一）第四十九条, 第五十一条, 第五十三条.

    Raises:
        FactError: the child is grown, the income is unknown, or there is none to take a share of.
    """
    ends = add_months(facts.born_on, _ADULT * 12)
    _check(facts, ends, given.today)
    if facts.earning and given.today >= add_months(facts.born_on, _WORKING * 12):
        return _stopped(given.today)
    monthly, how = _monthly(facts)
    many = facts.children > 1
    least, most = monthly * _LEAST, monthly * (_MOST_MANY if many else _MOST)
    share = "20%到50%" if many else "20%到30%"
    label = f"{facts.children}个孩子每月一共" if many else "每月抚养费"
    return Result(
        on=given.today,
        summary=f"一般{label}{yuan(least)}到{yuan(most)}，付到孩子十八周岁。",
        figures=(
            money_figure(label, least, f"{how} × {share}", most),
            date_figure("付到", ends, "孩子满十八周岁那天"),
            *(() if many else (_total(given.today, ends, least, most),)),
        ),
        citations=(
            ArticleRef(CIVIL_CODE, "第一千零八十五条"),
            ArticleRef(CIVIL_CODE, "第一千零六十七条"),
            ArticleRef(FAMILY_INTERPRETATION, "第四十二条"),
            ArticleRef(FAMILY_INTERPRETATION, "第四十九条"),
            ArticleRef(FAMILY_INTERPRETATION, "第五十条"),
            ArticleRef(FAMILY_INTERPRETATION, "第五十三条"),
        ),
        uncertain=_uncertain(facts),
        steps=(
            "先商量，商量好了写进离婚协议；商量不成的，由人民法院判决。",
            "孩子上学、生病花得多了，或者原来的数不够当地生活的，可以另行起诉要求增加。",
        ),
    )


def _check(facts: Support, ends: date, today: date) -> None:
    if facts.born_on > today:
        raise FactError("“孩子的生日”还没有到，请看看日期", "born_on")
    if today >= ends:
        raise FactError(
            "孩子已经满十八周岁，一般不再付抚养费；还在读高中以下学校，或者因为身体等原因不能独立生活的，"
            "可以要求，请问律师",
            "born_on",
        )
    if facts.income_kind == "missing":
        raise FactError(
            "没有经济收入或者人找不到的，没有比例可算，可以用这一方的财物折抵抚养费，请问律师",
            "income_kind",
        )
    if facts.income is None:
        raise FactError("还不知道“收入”。有固定收入的填每月总收入，没有的填一年总收入", "income")


def _monthly(facts: Support) -> tuple[Decimal, str]:
    income = facts.income or Decimal(0)
    if facts.income_kind == "fixed":
        return income, f"月总收入{yuan(income)}"
    return income / 12, f"年收入{yuan(income)} ÷ 12"


def _total(today: date, ends: date, least: Decimal, most: Decimal) -> Figure:
    months, days = months_and_days(today, ends)
    months += 1 if days > 1 else 0
    how = f"（{yuan(least)}到{yuan(most)}） × {plain(months)}个月"
    return money_figure("付到十八周岁一共", least * months, how, most * months)


def _stopped(today: date) -> Result:
    return Result(
        on=today,
        summary="孩子满十六周岁，主要靠自己的劳动收入生活、能维持当地一般生活水平的，父母可以停止付抚养费。",
        figures=(money_figure("每月抚养费", Decimal(0), "可以停止给付"),),
        citations=(ArticleRef(FAMILY_INTERPRETATION, "第五十三条", paragraph=2),),
        uncertain=("还在上学、挣得不够生活的，不能停。",),
    )


def _uncertain(facts: Support) -> tuple[str, ...]:
    notes = ["数额看孩子的实际需要、父母的负担能力和当地的生活水平；有特殊情况可以提高或者降低。"]
    if facts.children > 1:
        notes.append("负担两个以上孩子的，比例可以适当提高，一般不超过月总收入的百分之五十。")
    if facts.earning:
        notes.append("孩子还没满十六周岁，不能因为有收入就停付。")
    notes.append("抚养费包括生活费、教育费、医疗费等；一般按月付，有条件的可以一次付清。")
    return tuple(notes)


RULE: Rule[Support] = Rule(
    name="child_support",
    title="抚养费",
    topic="婚姻家庭",
    about="离婚或者分开以后，孩子的抚养费一般每月多少，付到什么时候。",
    facts=Support,
    work_out=child_support,
)
