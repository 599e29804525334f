"""Who pays for a traffic accident (交通事故): compulsory insurance first, then by blame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money, number, yes_no
from knowledge.rules.laws import (
    CIVIL_CODE,
    CIVIL_CODE_TIMING,
    CODE_STARTS,
    COMPULSORY_INSURANCE,
    ROAD_SAFETY,
    TRAFFIC_DAMAGES,
    TRAFFIC_PROCEDURE,
)
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_LIMITS, _FAULTLESS = "compulsory_limits", "compulsory_limits_faultless"
_NO_FAULT_MOST = Decimal(10)  # 道路交通安全法 第七十六条第一款第二项
_KINDS = {"harm": "交强险赔死亡伤残", "medical": "交强险赔医疗费用", "property": "交强险赔财产损失"}


@dataclass(frozen=True, kw_only=True)
class Accident:
    """What the resident tells."""

    happened_on: date = day("出事的日子", how="事故发生那天。", proof=("事故认定书",))
    victim: str = choice(
        "受害的一方是", {"walker": "行人、骑车的（非机动车）", "vehicle": "机动车"}
    )
    share: Decimal = number(
        "对方机动车承担的比例",
        "%",
        most=100,
        how="全部责任填 100，没有责任填 0；主要、次要责任的比例由双方商量或者法院定。",
        proof=("事故认定书",),
    )
    medical: Decimal = money(
        "医疗类的损失",
        least=0,
        default=Decimal(0),
        how="医药费、诊疗费、住院费、住院伙食补助费、后续治疗费、整容费、营养费合计。",
        proof=("医疗费票据",),
    )
    harm: Decimal = money(
        "死亡伤残类的损失",
        least=0,
        default=Decimal(0),
        how="误工、护理、交通费、残疾或死亡赔偿金、丧葬费、被扶养人生活费、精神抚慰金合计。",
    )
    property_loss: Decimal = money(
        "财产损失", least=0, default=Decimal(0), how="修车、物品等。", proof=("修理发票", "定损单")
    )
    insured: bool = yes_no("对方有没有买交强险", default=True)
    commercial: Decimal = money(
        "对方商业三者险的保额", least=0, default=Decimal(0), how="没有买或者不知道的不填。"
    )
    deliberate: bool = yes_no("受害人是不是故意去撞机动车", default=False)


@dataclass(frozen=True)
class _Split:
    """What the compulsory insurance pays of each kind, and what is left."""

    paid: dict[str, Decimal]
    figures: tuple[Figure, ...]
    rest: Decimal


def traffic_accident(facts: Accident, given: Given) -> Result:
    """What the insurers and the other side pay.

    Source: 道路交通安全法 第七十六条; 民法典 第一千二百零八条, 第一千二百一十三条;
    机动车交通事故责任强制保险条例 第二十一条至第二十三条; 道路交通事故损害赔偿解释 第十三条,
    第十五条, 第十六条, 第十九条.

    Raises:
        FactError: no loss was named, or the day lies in the future.
    """
    losses = {"harm": facts.harm, "medical": facts.medical, "property": facts.property_loss}
    if facts.happened_on > given.today:
        raise FactError("“出事的日子”还没有到，请看看日期", "happened_on")
    if not sum(losses.values()):
        raise FactError("还没有填损失。请先用“人身损害赔偿”把各项算出来再填", "harm")
    if facts.deliberate and facts.victim == "walker":
        return _deliberate(given.today)
    value = given.parameters.on(_LIMITS if facts.share else _FAULTLESS, facts.happened_on)
    split = _insured(facts, losses, value.table or {})
    by_blame, upto, how = _by_blame(facts, split.rest)
    commercial = min(by_blame, facts.commercial)
    total = sum(split.paid.values(), Decimal(0)) + by_blame
    top = None if upto is None else total - by_blame + upto
    figures = [*split.figures]
    if split.rest:
        figures.append(money_figure("交强险以外由机动车一方承担", by_blame, how, upto))
    if commercial:
        how = f"不超过保额{yuan(facts.commercial)}"
        figures.append(money_figure("其中商业三者险赔", commercial, how))
        left = f"{yuan(by_blame)} - {yuan(commercial)}"
        figures.append(money_figure("其中侵权人自己赔", by_blame - commercial, left))
    figures.append(money_figure("一共可以得到", total, "上面两部分相加", top))
    shown = yuan(total) if top is None else f"{yuan(total)}到{yuan(top)}"
    return Result(
        on=given.today,
        summary=f"先由交强险在限额里赔，不够的按责任赔，一共可以得到{shown}。",
        figures=tuple(figures),
        citations=_citations(facts),
        uncertain=_uncertain(facts),
        steps=(
            "报警、报保险，等交警出事故认定书；不服的，认定书送达之日起三日内书面申请复核。",
            "起诉时把对方、交强险和商业险的保险公司都列为被告。",
        ),
        parameters=(value,),
    )


def _insured(facts: Accident, losses: dict[str, Decimal], limits: Mapping[str, Decimal]) -> _Split:
    paid = {kind: min(losses[kind], limits[kind]) for kind in _KINDS}
    who = "" if facts.insured else "（没买交强险，由投保义务人照限额赔）"
    figures = tuple(
        money_figure(
            label, paid[kind], f"损失{yuan(losses[kind])}，限额{yuan(limits[kind])}{who}，取小的"
        )
        for kind, label in _KINDS.items()
        if losses[kind]
    )
    return _Split(paid, figures, sum(losses.values(), Decimal(0)) - sum(paid.values(), Decimal(0)))


def _by_blame(facts: Accident, rest: Decimal) -> tuple[Decimal, Decimal | None, str]:
    """What is due beyond the limits; a range where the car is blameless and the victim walked."""
    if not facts.share and facts.victim == "walker" and rest:
        return Decimal(0), rest * _NO_FAULT_MOST / 100, f"{yuan(rest)} × 不超过10%"
    return rest * facts.share / 100, None, f"{yuan(rest)} × {plain(facts.share)}%"


def _deliberate(today: date) -> Result:
    return Result(
        on=today,
        summary="故意去撞机动车造成的损失，机动车一方和交强险都不赔。",
        figures=(money_figure("一共可以得到", Decimal(0), "故意碰撞机动车"),),
        citations=(
            ArticleRef(ROAD_SAFETY, "第七十六条", paragraph=2),
            ArticleRef(COMPULSORY_INSURANCE, "第二十一条", paragraph=2),
        ),
        uncertain=("是不是故意，要由对方拿出证据证明。",),
    )


def _citations(facts: Accident) -> tuple[ArticleRef, ...]:
    item = 2 if facts.victim == "walker" else 1
    old = (ArticleRef(CIVIL_CODE_TIMING, "第一条", paragraph=2),)
    return (
        ArticleRef(ROAD_SAFETY, "第七十六条", paragraph=1, item=item),
        ArticleRef(CIVIL_CODE, "第一千二百零八条"),
        ArticleRef(CIVIL_CODE, "第一千二百一十三条"),
        ArticleRef(COMPULSORY_INSURANCE, "第二十二条"),
        ArticleRef(COMPULSORY_INSURANCE, "第二十三条"),
        ArticleRef(TRAFFIC_DAMAGES, "第十三条"),
        ArticleRef(TRAFFIC_DAMAGES, "第十五条"),
        ArticleRef(TRAFFIC_DAMAGES, "第十九条"),
        ArticleRef(TRAFFIC_PROCEDURE, "第七十一条"),
        *(() if facts.insured else (ArticleRef(TRAFFIC_DAMAGES, "第十六条"),)),
        *(old if facts.happened_on < CODE_STARTS else ()),
    )


def _uncertain(facts: Accident) -> tuple[str, ...]:
    notes = []
    if not facts.share and facts.victim == "walker":
        notes.append("机动车一方没有过错的，交强险以外承担不超过百分之十。")
    if 0 < facts.share < 100:
        notes.append("主要、同等、次要责任各占多少，法律没有写死，由双方商量或者法院定。")
    if not facts.insured:
        notes.append("对方没买交强险的，可以要求有投保义务的人在交强险限额里赔。")
    if facts.happened_on < CODE_STARTS:
        notes.append("2021年1月1日以前的事故，责任适用当时的法律。")
    notes.append("一次事故伤了几个人的，交强险按各人损失的比例分；这里按一个人算。")
    notes.append("酒后、无证驾驶的，交强险先赔人身损失再找驾驶人追偿，财产损失不赔；商业险看合同。")
    return tuple(notes)


RULE: Rule[Accident] = Rule(
    name="traffic_accident",
    title="交通事故谁来赔",
    topic="交通事故",
    about="损失算出来以后，交强险、商业险、对方各赔多少。",
    facts=Accident,
    work_out=traffic_accident,
    needs=(_LIMITS, _FAULTLESS),
)
