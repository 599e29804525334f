"""Court fees (诉讼费): what a case costs to bring, by kind and amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money, yes_no
from knowledge.rules.laws import CIVIL_PROCEDURE, CIVIL_PROCEDURE_INTERPRETATION, COURT_FEES
from knowledge.rules.procedure.bands import Scale
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, shown, yuan
from knowledge.types import ArticleRef

_STARTS = date(2007, 4, 1)  # 诉讼费用交纳办法 第五十六条
_PROPERTY = Scale(
    Decimal(10_000),
    Decimal(50),
    (
        (10_000, "2.5"), (100_000, "2"), (200_000, "1.5"), (500_000, "1"), (1_000_000, "0.9"),
        (2_000_000, "0.8"), (5_000_000, "0.7"), (10_000_000, "0.6"), (20_000_000, "0.5"),
    ),
)  # 第十三条第一项  # fmt: skip
_DIVORCE = Scale(Decimal(200_000), Decimal(0), ((200_000, "0.5"),))
_PERSON = Scale(Decimal(50_000), Decimal(0), ((50_000, "1"), (100_000, "0.5")))
# Kind -> (label, least, most, scale for the amount): 第十三条第二项至第六项.
_FLAT = {
    "divorce": (50, 300, _DIVORCE),
    "person": (100, 500, _PERSON),
    "other": (50, 100, None),
    "patent": (500, 1000, None),
    "labour": (10, 10, None),
    "admin": (50, 50, None),
    "admin_mark": (100, 100, None),
    "objection": (50, 100, None),
}
_KINDS = {
    "property": "要钱要物的（欠款、赔偿、买卖、继承等）",
    "divorce": "离婚",
    "person": "侵害姓名、名誉、肖像等人格权",
    "other": "其他不要钱的民事案件",
    "patent": "知识产权，没有争议金额",
    "labour": "劳动争议",
    "admin": "告行政机关",
    "admin_mark": "商标、专利、海事行政案件",
    "objection": "管辖权异议不成立",
}
_BEARS = {
    "divorce": "由原告先交，最后由双方商量负担，商量不成由法院决定",
    "objection": "由提出异议的人交",
}
_RANGED = {"divorce", "person", "other", "patent", "objection"}


@dataclass(frozen=True, kw_only=True)
class Lawsuit:
    """What the resident tells."""

    kind: str = choice("什么案件", _KINDS)
    amount: Decimal = money(
        "金额",
        least=0,
        most=Decimal(100_000_000_000),
        default=Decimal(0),
        how="要的钱、赔偿额或者要分的财产总额；没有就不填。",
    )
    summary: bool = yes_no("是不是简易程序", default=False, how="简单的案件一般适用简易程序。")
    settled: bool = yes_no("是不是调解结案或者撤诉", default=False)
    joined: bool = yes_no("是不是反诉，合并审理", default=False)
    filed_on: date | None = day("立案的日子", default=None, how="不填按今天算。")


def court_fees(facts: Lawsuit, given: Given) -> Result:
    """The fee for bringing a case; half of it where the law halves it, once only.

    Source: 诉讼费用交纳办法 第十三条, 第十五条, 第十六条, 第十八条;
    最高人民法院关于适用民事诉讼法的解释 第二百零六条.

    Raises:
        FactError: the amount of a money claim is missing, or the case is older than the rules.
    """
    check_filed(facts.filed_on, given.today)
    full = _full(facts)
    reasons = [article for told, article in _halvings(facts) if told]
    figures = [full]
    if reasons:
        figures.append(_halved(full))
    return Result(
        on=given.today,
        summary=f"{_KINDS[facts.kind].split('（')[0]}案件，案件受理费{shown(figures[-1])}，"
        f"{_BEARS.get(facts.kind, '由原告先交，败诉方最后负担')}。",
        figures=tuple(figures),
        citations=_citations(facts.kind, reasons),
        uncertain=_uncertain(facts, reasons),
        steps=(
            "接到法院交费通知的次日起七日内交。",
            "交不起的，起诉时书面申请缓交、减交或者免交：要赡养费、抚养费的，低保、特困人员等应当免交；"
            "受人身伤害要赔偿的、正在接受法律援助的等应当缓交。",
        ),
    )


def check_filed(filed_on: date | None, today: date) -> None:
    """Refuse a day outside the reach of the present fees.

    Raises:
        FactError: before 2007-04-01 or in the future.
    """
    if filed_on is None:
        return
    if filed_on < _STARTS:
        raise FactError("2007年4月1日以前立案的，按当时的收费办法，请问受理的法院", "filed_on")
    if filed_on > today:
        raise FactError("“立案的日子”还没有到，请看看日期", "filed_on")


def property_fee(amount: Decimal) -> tuple[Decimal, str]:
    """Yuan and formula for a money claim.

    >>> property_fee(Decimal(100_000))[0]
    Decimal('2300.0')
    """
    return _PROPERTY.fee(amount), _PROPERTY.how(amount)


def _full(facts: Lawsuit) -> Figure:
    if facts.kind == "property":
        if not facts.amount:
            raise FactError("还不知道“金额”。要对方给多少钱，就填多少", "amount")
        fee, how = property_fee(facts.amount)
        return money_figure("案件受理费", fee, how)
    least, most, scale = _FLAT[facts.kind]
    more = scale.fee(facts.amount) if scale else Decimal(0)
    how = f"每件{least}元到{most}元" if least != most else f"每件{least}元"
    if scale and more:
        how += " + " + " + ".join(scale.how(facts.amount).split(" + ")[1:])
    upto = Decimal(most) + more if least != most else None
    return money_figure("案件受理费", Decimal(least) + more, how, upto)


def _halvings(facts: Lawsuit) -> tuple[tuple[bool, str], ...]:
    return (
        (facts.summary, "第十六条"),
        (facts.settled, "第十五条"),
        (facts.joined, "第十八条"),
    )


def _halved(full: Figure) -> Figure:
    amount = Decimal(str(full.value))
    if full.upto is None:
        return money_figure("减半以后", amount / 2, f"{yuan(amount)} ÷ 2")
    return money_figure("减半以后", amount / 2, f"（{shown(full)}）÷ 2", full.upto / 2)


def _citations(kind: str, reasons: list[str]) -> tuple[ArticleRef, ...]:
    once = (ArticleRef(CIVIL_PROCEDURE_INTERPRETATION, "第二百零六条"),) if reasons else ()
    return (
        ArticleRef(CIVIL_PROCEDURE, "第一百二十一条"),
        ArticleRef(COURT_FEES, "第十三条"),
        *(ArticleRef(COURT_FEES, article) for article in reasons),
        *once,
        ArticleRef(COURT_FEES, "第二十二条"),
        ArticleRef(COURT_FEES, "第三十三条" if kind == "divorce" else "第二十九条"),
        ArticleRef(COURT_FEES, "第四十五条"),
        ArticleRef(COURT_FEES, "第四十七条"),
    )


def _uncertain(facts: Lawsuit, reasons: list[str]) -> tuple[str, ...]:
    notes = []
    if facts.kind in _RANGED:
        notes.append("幅度内的具体标准由省、自治区、直辖市人民政府定，请问受理的法院。")
    if len(reasons) > 1:
        notes.append("有几种可以减半的情形，也只能减半一次。")
    if facts.kind == "labour":
        notes.append("要工资、劳动报酬的案件，可以不预交案件受理费。")
    notes.append("鉴定费、公告费、律师费不在里面；以法院的交费通知为准。")
    return tuple(notes)


RULE: Rule[Lawsuit] = Rule(
    name="court_fees",
    title="诉讼费",
    topic="法律援助与公共法律服务",
    about="打官司，案件受理费要多少。",
    facts=Lawsuit,
    work_out=court_fees,
)
