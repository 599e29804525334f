"""Shares of an estate without a will (法定继承)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.family.estate_shares import Group, Share, shares
from knowledge.rules.inputs import day, money, whole, words, yes_no
from knowledge.rules.laws import (
    CIVIL_CODE,
    CIVIL_CODE_TIMING,
    CODE_STARTS,
    INHERITANCE_INTERPRETATION,
)
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, yuan
from knowledge.types import ArticleRef

_OLD_STARTS = date(1985, 10, 1)
_MOST_HEIRS = 50


@dataclass(frozen=True, kw_only=True)
class Estate:
    """What the resident tells."""

    died_on: date = day("去世的日子", how="被继承人去世那天。", proof=("死亡证明", "户口注销证明"))
    own: Decimal = money(
        "去世的人个人的财产",
        least=0,
        default=Decimal(0),
        how="婚前财产等只归他个人的，值多少钱。",
        proof=("房产证", "存款单", "股票账户"),
    )
    shared: Decimal = money(
        "夫妻共同财产",
        least=0,
        default=Decimal(0),
        how="结婚后两个人挣下的，一共值多少钱（包括归配偶的一半）；夫妻对财产有约定的按约定。",
        proof=("房产证", "存款单", "购买合同"),
    )
    debts: Decimal = money(
        "去世的人要还的债和税", least=0, default=Decimal(0), how="由他负担的部分。", proof=("借条",)
    )
    spouse: bool = yes_no("配偶还在不在", proof=("结婚证",))
    children: int = whole(
        "在世的子女",
        "个",
        most=_MOST_HEIRS,
        default=0,
        how="包括非婚生、养子女、有扶养关系的继子女。",
    )
    dead_children: str = words(
        "先去世的子女，每一支有几个孩子",
        default="",
        how="比如大儿子先走了留下2个孩子、二女儿先走了留下1个，填“2、1”；没有孩子的不算。",
    )
    parents: int = whole(
        "在世的父母", "个", most=4, default=0, how="包括养父母、有扶养关系的继父母。"
    )
    in_laws: int = whole(
        "尽了主要赡养义务的丧偶儿媳、女婿", "个", most=10, default=0, how="没有的不填。"
    )
    unborn: int = whole("还没出生的孩子", "个", most=5, default=0, how="配偶怀着的胎儿。")
    siblings: int = whole(
        "在世的兄弟姐妹", "个", most=_MOST_HEIRS, default=0, how="上面的人一个都没有时才用得着。"
    )
    dead_siblings: str = words(
        "先去世的兄弟姐妹，每一支有几个孩子", default="", how="写法和上面一样，比如“2、1”。"
    )
    grandparents: int = whole("在世的祖父母、外祖父母", "个", most=4, default=0, how="没有的不填。")
    will: bool = yes_no("有没有遗嘱或者遗赠扶养协议", default=False)
    dependent: bool = yes_no(
        "继承人里有没有缺乏劳动能力又没有生活来源的", default=False, how="比如重病、残疾、年幼的。"
    )


def inheritance(facts: Estate, given: Given) -> Result:
    """The estate after the spouse's half and the debts, by head within the first order held.

    Source: 民法典 第一千一百二十七条至第一千一百三十条, 第一千一百五十三条, 第一千一百五十五条,
    第一千一百五十九条至第一千一百六十一条; 时间效力规定 第一条, 第十四条.

    Raises:
        FactError: the day is out of reach, the property does not fit, or nothing is left.
    """
    _check(facts, given.today)
    old = facts.died_on < CODE_STARTS
    net = facts.own + facts.shared / 2 - facts.debts
    if net <= 0:
        raise FactError(
            "先还债和税以后没有剩下遗产可分；继承人只在分到的遗产范围内还债，不用自己掏钱", "debts"
        )
    first = shares(_first(facts))
    second = () if first else shares(_second(facts, old=old))
    found = first or second
    return Result(
        on=given.today,
        summary=_summary(found, net, order="第一" if first else "第二"),
        figures=(*_estate_figures(facts, net), *_heirs(found, net)),
        citations=_citations(facts, found, old=old, second=bool(second)),
        uncertain=_uncertain(facts, found, old=old),
        steps=(
            "先查清有没有遗嘱、有哪些财产和债务，再由继承人商量；商量不成的，请人民调解委员会调解或者起诉。",
            "不要的人在分之前书面表示放弃；不表示的，当作接受。",
        ),
    )


def _check(facts: Estate, today: date) -> None:
    if facts.died_on > today:
        raise FactError("“去世的日子”还没有到，请看看日期", "died_on")
    if facts.died_on < _OLD_STARTS:
        raise FactError("1985年10月1日以前去世的，按更早的规定，这里算不了，请问律师", "died_on")
    if not facts.own + facts.shared:
        raise FactError("还不知道有多少财产。请填个人财产或者夫妻共同财产", "own")
    if facts.shared and not facts.spouse:
        raise FactError("配偶不在了就没有夫妻共同财产要分，请都填到个人财产里", "shared")


def _first(facts: Estate) -> list[Group]:
    lines = _lines(facts.dead_children, "dead_children")
    return [
        Group("配偶", int(facts.spouse)),
        Group("每个子女", facts.children, lines, "先去世子女的孩子"),
        Group("每位父母", facts.parents),
        Group("每个尽了主要赡养义务的丧偶儿媳、女婿", facts.in_laws),
        Group("给胎儿保留的", facts.unborn),
    ]


def _second(facts: Estate, *, old: bool) -> list[Group]:
    lines = _lines(facts.dead_siblings, "dead_siblings")
    if old and (facts.siblings or facts.grandparents):
        lines = ()
    return [
        Group("每个兄弟姐妹", facts.siblings, lines, "先去世兄弟姐妹的孩子"),
        Group("每位祖父母、外祖父母", facts.grandparents),
    ]


def _lines(text: str, field: str) -> tuple[int, ...]:
    """Persons of each line from "2、1".

    Raises:
        FactError: it is no list of small numbers.
    """
    parts = [part for part in re.split(r"[、,，;；\s]+", text.strip()) if part]
    if not all(re.fullmatch(r"[1-9]\d?", part) for part in parts) or len(parts) > _MOST_HEIRS:
        raise FactError(f"每一支有几个孩子看不明白：{text}。请用数字和顿号，比如“2、1”", field)
    return tuple(int(part) for part in parts)


def _summary(found: tuple[Share, ...], net: Decimal, *, order: str) -> str:
    if not found:
        return (
            f"没有继承人，遗产{yuan(net)}归国家所有，用于公益事业；"
            "去世的人生前是集体所有制组织成员的，归所在的集体所有制组织。"
        )
    heads = "、".join(f"{s.label}{s.each}" for s in found)
    return f"可以分的遗产是{yuan(net)}，由{order}顺序继承人平均分：{heads}。"


def _estate_figures(facts: Estate, net: Decimal) -> tuple[Figure, ...]:
    half: tuple[Figure, ...] = ()
    if facts.shared:
        half = (money_figure("先分给配偶的一半", facts.shared / 2, f"{yuan(facts.shared)} ÷ 2"),)
    parts = [yuan(facts.own)] if facts.own else []
    parts += [f"{yuan(facts.shared)} ÷ 2"] if facts.shared else []
    how = " + ".join(parts) + (f" - 债和税{yuan(facts.debts)}" if facts.debts else "")
    return (*half, money_figure("可以分的遗产", net, how))


def _heirs(found: tuple[Share, ...], net: Decimal) -> tuple[Figure, ...]:
    if not found:
        return (money_figure("归国家或者集体", net, "没有继承人"),)
    figures = []
    for share in found:
        amount = net * share.each.numerator / share.each.denominator
        each = f"（每人，共{share.persons}人）" if share.persons > 1 else ""
        figures.append(money_figure(share.label, amount, f"{yuan(net)} × {share.each}{each}"))
    return tuple(figures)


def _citations(
    facts: Estate, found: tuple[Share, ...], *, old: bool, second: bool
) -> tuple[ArticleRef, ...]:
    code = ["第一千一百二十七条", "第一千一百三十条"] if found else ["第一千一百六十条"]
    lines = any("支" in share.label for share in found)
    code += ["第一千一百二十八条"] if lines else []
    code += ["第一千一百二十九条"] if facts.in_laws else []
    code += ["第一千一百五十三条"] if facts.shared else []
    code += ["第一千一百五十五条"] if facts.unborn else []
    code += ["第一千一百五十九条", "第一千一百六十一条"] if facts.debts else []
    code += ["第一千一百四十一条", "第一千一百二十三条"] if facts.will else []
    refs = [ArticleRef(CIVIL_CODE, number) for number in code]
    if facts.in_laws:
        refs.append(ArticleRef(INHERITANCE_INTERPRETATION, "第十八条"))
    if old:
        refs.append(ArticleRef(CIVIL_CODE_TIMING, "第一条", paragraph=2))
        refs += [ArticleRef(CIVIL_CODE_TIMING, "第十四条")] if second and lines else []
    return tuple(refs)


def _uncertain(facts: Estate, found: tuple[Share, ...], *, old: bool) -> tuple[str, ...]:
    notes = []
    if facts.will:
        notes.append(
            "有遗嘱、遗赠扶养协议的，先按协议和遗嘱；这里只算没有安排到的部分。"
            "遗嘱要给缺乏劳动能力又没有生活来源的继承人留下必要的份额。"
        )
    if facts.dependent:
        notes.append(
            "生活有特殊困难又缺乏劳动能力的，分的时候要照顾；还债时也要给他留下必要的遗产。"
        )
    if old:
        notes.append("2021年1月1日以前去世的，适用当时的继承法；顺序和平均分是一样的。")
        if facts.dead_siblings:
            notes.append(
                "当时兄弟姐妹的孩子不能代位；只有没有别的继承人、遗产也还没处理完的，才按民法典代位。"
            )
    if found:
        notes.append(
            "一般平均分，可以商量不平均；尽了主要扶养义务或者一起生活的可以多分，有能力却不扶养的少分或者不分。"
        )
    notes.append("放弃继承、丧失继承权的人不要填进来；丧失继承权的人，他的孩子也不能代位。")
    notes.append("孙子女那一代也先去世的，由再下一代代位，请问律师。")
    return tuple(notes)


RULE: Rule[Estate] = Rule(
    name="inheritance",
    title="法定继承的份额",
    topic="继承",
    about="没有遗嘱，家里人各分多少。",
    facts=Estate,
    work_out=inheritance,
)
