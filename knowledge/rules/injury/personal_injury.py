"""Damages for personal injury (人身损害赔偿): every item, and the sum after one's own fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.injury import items
from knowledge.rules.injury.facts import Harm
from knowledge.rules.laws import (
    CIVIL_CODE,
    CIVIL_CODE_TIMING,
    CODE_STARTS,
    MORAL_DAMAGES,
    PERSONAL_INJURY,
)
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

ALIKE_STARTS = date(2022, 5, 1)  # 人身损害解释 第二十四条: town and country alike
_OLD_STARTS = date(2004, 5, 1)
_ARTICLES = {
    "医疗费": "第六条",
    "误工费": "第七条",
    "护理费": "第八条",
    "交通费": "第九条",
    "住院伙食补助费": "第十条",
    "营养费": "第十一条",
    "残疾赔偿金": "第十二条",
    "残疾辅助器具费": "第十三条",
    "丧葬费": "第十四条",
    "死亡赔偿金": "第十五条",
    "被扶养人生活费": "第十七条",
}


def personal_injury(facts: Harm, given: Given) -> Result:
    """The items of damages and their sum.

    Source: 民法典 第一千一百七十三条, 第一千一百七十九条, 第一千一百八十三条; 人身损害解释
    第六条至第二十四条. Before 2022-05-01 town and country had different standards.

    Raises:
        FactError: the dates or facts do not fit together, or no item was named.
    """
    _check(facts, given.today)
    old = facts.happened_on < ALIKE_STARTS
    residence = facts.residence if old else "urban"
    on = facts.judged_on or given.today
    bill = items.Bill(facts, on, residence, given.parameters)
    items.treatment(bill)
    if facts.outcome == "disabled":
        items.disability(bill)
    if facts.outcome == "died":
        items.death(bill)
    if facts.outcome != "hurt":
        items.dependants(bill)
    if not bill.total:
        raise FactError("还没有填任何一项损失，请至少填医疗费、误工、护理中的一项", "medical")
    bound = bill.total * (100 - facts.own_fault) / 100
    total = bound + facts.moral
    return Result(
        on=given.today,
        summary=f"按您说的，各项一共可以主张{yuan(total)}。",
        figures=(*bill.figures, *_sum(facts, bill.total, bound, total)),
        citations=_citations(facts, bill.figures, old=old),
        uncertain=_uncertain(facts, old=old),
        steps=(
            "先治伤，票据、病历、清单都留好；伤情稳定后再做鉴定。",
            "出院后再用的钱，可以等实际发生以后另行起诉。",
        ),
        parameters=tuple({value.name: value for value in bill.used}.values()),
    )


def _check(facts: Harm, today: date) -> None:
    if facts.happened_on > today:
        raise FactError("“出事的日子”还没有到，请看看日期", "happened_on")
    if facts.happened_on < _OLD_STARTS:
        raise FactError("2004年5月1日以前的伤害，这里算不了，请问律师", "happened_on")
    if facts.judged_on and not facts.happened_on <= facts.judged_on <= today:
        raise FactError("“一审法庭辩论结束的日子”要在出事以后、今天以前，请看看日期", "judged_on")
    if facts.outcome == "disabled" and facts.grade is None:
        raise FactError("还不知道“伤残等级”。鉴定意见上写的是几级就填几级", "grade")
    if facts.outcome != "disabled" and facts.grade is not None:
        raise FactError("填了伤残等级，“伤得怎么样”请选“评上了伤残等级”", "outcome")
    if facts.outcome == "hurt" and facts.dependants.strip():
        raise FactError("没有残疾、没有去世的，没有被扶养人生活费，请把那一栏清空", "dependants")


def _sum(facts: Harm, whole: Decimal, bound: Decimal, total: Decimal) -> list[Figure]:
    found = [money_figure("各项合计", whole, "上面各项相加")]
    if facts.own_fault:
        how = f"{yuan(whole)} × （100% - {plain(facts.own_fault)}%）"
        found.append(money_figure("减去自己的责任以后", bound, how))
    if facts.moral:
        found.append(money_figure("精神损害抚慰金", facts.moral, "您主张的数"))
    if facts.own_fault or facts.moral:
        parts = [yuan(bound), *([yuan(facts.moral)] if facts.moral else [])]
        found.append(money_figure("一共可以主张", total, " + ".join(parts)))
    return found


def _citations(facts: Harm, figures: list[Figure], *, old: bool) -> tuple[ArticleRef, ...]:
    refs = [ArticleRef(CIVIL_CODE, "第一千一百七十九条")]
    refs += [ArticleRef(CIVIL_CODE, "第一千一百七十三条")] if facts.own_fault else []
    if facts.moral:
        refs.append(ArticleRef(CIVIL_CODE, "第一千一百八十三条"))
        refs.append(ArticleRef(MORAL_DAMAGES, "第五条"))
    if facts.happened_on < CODE_STARTS:
        refs.append(ArticleRef(CIVIL_CODE_TIMING, "第一条", paragraph=2))
    if not old:
        refs += [ArticleRef(PERSONAL_INJURY, _ARTICLES[figure.label]) for figure in figures]
        refs.append(ArticleRef(PERSONAL_INJURY, "第二十二条"))
    refs.append(ArticleRef(PERSONAL_INJURY, "第二十四条"))
    return tuple(refs)


def _uncertain(facts: Harm, *, old: bool) -> tuple[str, ...]:
    notes = []
    if old:
        notes.append(
            "2022年5月1日以前受的伤，按当时的解释：残疾、死亡赔偿金和被扶养人生活费分城镇、农村两种标准；"
            "农村居民在城镇生活、工作的，有些地方按城镇标准，请问律师。"
        )
    if facts.happened_on < CODE_STARTS:
        notes.append("2021年1月1日以前的伤害，责任适用当时的法律。")
    if facts.outcome == "disabled":
        notes.append("收入实际没有减少，或者等级轻但严重影响就业的，残疾赔偿金可以调整。")
    if facts.dependants.strip():
        notes.append(
            "被扶养人生活费计入残疾赔偿金或者死亡赔偿金；每年加起来不超过一个人的年消费支出。"
        )
    if facts.moral:
        notes.append("精神损害抚慰金没有固定的数，由法院看过错、手段、后果和当地生活水平来定。")
    notes.append("上一年度的标准，按一审法庭辩论结束时的上一统计年度；住处标准更高的可以按更高的。")
    notes.append("在单位上班受的工伤，先按工伤待遇办。")
    return tuple(notes)


RULE: Rule[Harm] = Rule(
    name="personal_injury",
    title="人身损害赔偿",
    topic="人身损害",
    about="被人打伤、撞伤、咬伤了，医疗费、误工费、残疾赔偿金等各能要多少。",
    facts=Harm,
    work_out=personal_injury,
    needs=items.NEEDS,
)
