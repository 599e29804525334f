"""Liquidated damages (违约金): from where a court may cut them, and when they may be raised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import day, money, yes_no
from knowledge.rules.laws import (
    CIVIL_CODE,
    CIVIL_CODE_TIMING,
    CODE_STARTS,
    CONTRACT_INTERPRETATION,
    OLD_CONTRACT_INTERPRETATION,
)
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, yuan
from knowledge.types import ArticleRef

_OLD_STARTS = date(2009, 5, 13)  # 合同法解释（二）施行
_LIMIT = Decimal("1.3")  # 超过造成损失的百分之三十


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """What the resident tells."""

    agreed: Decimal = money(
        "约定的违约金", how="按合同算出来的违约金总数。", proof=("合同", "补充协议")
    )
    breached_on: date = day(
        "违约的日子", how="对方或者您没有按合同做的那天。", proof=("催告函", "聊天记录")
    )
    loss: Decimal | None = money(
        "因为违约造成的损失",
        least=0,
        default=None,
        how="实际损失，加上合同履行后可以得到的利益；说不准就不填。",
        proof=("付款凭证", "另行购买的合同和发票", "停工损失单据"),
    )
    malicious: bool = yes_no(
        "违约的一方是不是恶意违约", default=False, how="明知故犯、故意坑人的填“是”。"
    )


def liquidated_damages(facts: Penalty, given: Given) -> Result:
    """Where the agreed sum stands against the loss.

    Source: 民法典 第五百八十四条, 第五百八十五条; 合同编通则解释 第六十四条, 第六十五条; before
    2021: 合同法解释（二）第二十九条.

    Raises:
        FactError: the day lies in the future or before the rules known.
    """
    if facts.breached_on > given.today:
        raise FactError("“违约的日子”还没有到，请看看日期", "breached_on")
    if facts.breached_on < _OLD_STARTS:
        raise FactError(
            "2009年5月13日以前违约的，按更早的规定，这里算不了，请问律师", "breached_on"
        )
    old = facts.breached_on < CODE_STARTS
    return Result(
        on=given.today,
        summary=_summary(facts, old=old),
        figures=_figures(facts),
        citations=_citations(old=old),
        uncertain=_uncertain(facts, old=old),
        steps=(
            "嫌高的一方要在诉讼、仲裁里提出来并举证；嫌低的一方也要举证证明损失。",
            "先把合同、付款、损失的单据按时间排好，再和对方商量一个数。",
        ),
    )


def _summary(facts: Penalty, *, old: bool) -> str:
    if facts.loss is None:
        return (
            f"约定的违约金是{yuan(facts.agreed)}。高不高要和损失比："
            "超过损失百分之三十的，一般算过分高。"
        )
    if facts.agreed > facts.loss * _LIMIT:
        if facts.malicious and not old:
            return "违约金超过了损失的百分之三十，但是恶意违约的一方请求减少，人民法院一般不支持。"
        return "违约金超过了损失的百分之三十，一般算过分高，违约的一方可以请求适当减少。"
    if facts.agreed < facts.loss:
        return "违约金比损失低，守约的一方可以请求增加。"
    return "违约金没有超过损失的百分之三十，一般不算过分高。"


def _figures(facts: Penalty) -> tuple[Figure, ...]:
    agreed = money_figure("约定的违约金", facts.agreed, "合同约定")
    if facts.loss is None:
        return (agreed,)
    limit = facts.loss * _LIMIT
    figures = [agreed, money_figure("一般不算过高的界线", limit, f"{yuan(facts.loss)} × 130%")]
    if facts.agreed > limit:
        how = f"{yuan(facts.agreed)} - {yuan(limit)}"
        figures.append(money_figure("超过界线的部分", facts.agreed - limit, how))
    if facts.agreed < facts.loss:
        how = f"损失{yuan(facts.loss)} - 违约金{yuan(facts.agreed)}"
        figures.append(money_figure("可以请求增加的", facts.loss - facts.agreed, how))
    return tuple(figures)


def _citations(*, old: bool) -> tuple[ArticleRef, ...]:
    if old:
        return (
            ArticleRef(CIVIL_CODE_TIMING, "第一条", paragraph=2),
            ArticleRef(CIVIL_CODE_TIMING, "第二十条"),
            ArticleRef(OLD_CONTRACT_INTERPRETATION, "第二十九条", paragraph=2),
        )
    return (
        ArticleRef(CIVIL_CODE, "第五百八十五条"),
        ArticleRef(CIVIL_CODE, "第五百八十四条"),
        ArticleRef(CONTRACT_INTERPRETATION, "第六十四条"),
        ArticleRef(CONTRACT_INTERPRETATION, "第六十五条"),
    )


def _uncertain(facts: Penalty, *, old: bool) -> tuple[str, ...]:
    notes = []
    if old:
        notes.append("违约在2021年1月1日以前，适用当时的合同法和司法解释。")
    if facts.loss is None:
        notes.append("还不知道损失有多少，没法比较。")
    notes.append(
        "百分之三十是一般的尺度；法院还要看合同履行的情况、双方的过错等，减到多少没有固定的数。"
    )
    notes.append("借款合同的违约金另有上限，请用“民间借贷”计算；定金和违约金只能选一样。")
    notes.append("迟延履行的违约金付了以后，还应当继续履行。")
    return tuple(notes)


RULE: Rule[Penalty] = Rule(
    name="liquidated_damages",
    title="违约金",
    topic="债权债务",
    about="合同里约定的违约金是高了还是低了，能不能请求调整。",
    facts=Penalty,
    work_out=liquidated_damages,
)
