"""Severance pay (经济补偿): whether it is due, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.rules.inputs import choice, money
from knowledge.rules.labour.severance import (
    CITED,
    LAW_STARTS,
    RULES_START,
    Count,
    Leaving,
    check_dates,
    count,
)
from knowledge.rules.laws import LABOUR_CONTRACT, LABOUR_CONTRACT_RULES
from knowledge.rules.local_wages import AVERAGE, MINIMUM
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, yuan
from knowledge.types import ArticleRef

_REASONS = {
    "forced": "单位拖欠工资、不缴社保等，我被迫离职",
    "agreed_by_employer": "单位提出、双方商量好解除",
    "agreed_by_worker": "我提出、双方商量好解除",
    "article_40": "单位以患病、不能胜任或者情况变化为由解除",
    "layoff": "单位裁员",
    "expired": "合同到期，单位不续签或者降低条件",
    "expired_refused": "合同到期，单位维持或提高条件，我不续签",
    "closed": "单位破产、吊销执照、关闭、撤销或者提前解散",
    "resigned": "我自己辞职",
    "fault": "单位说我有过错",
}
# Reason -> (article, paragraph, item) that opens or closes the way to severance pay.
_DUE = {
    "forced": ("第四十六条", 1),
    "agreed_by_employer": ("第四十六条", 2),
    "article_40": ("第四十六条", 3),
    "layoff": ("第四十六条", 4),
    "expired": ("第四十六条", 5),
    "closed": ("第四十六条", 6),
}
_NOT_DUE = {
    "agreed_by_worker": ("第四十六条", "您自己提出、双方商量好解除的，法律没有规定要付经济补偿。"),
    "expired_refused": ("第四十六条", "单位维持或者提高条件续签、您不同意的，没有经济补偿。"),
    "resigned": ("第三十七条", "自己辞职的，法律没有规定要付经济补偿。"),
    "fault": (
        "第三十九条",
        "确有法律规定的过错的，没有经济补偿；单位的理由站不住的，可能是违法解除。",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Severance(Leaving):
    """What the resident tells."""

    reason: str = choice("怎么离开的", _REASONS, proof=("解除通知书", "离职申请", "聊天记录"))
    notice_wage: Decimal | None = money(
        "没提前三十日通知的，上一个月的工资",
        default=None,
        how="只有单位以患病、不能胜任或者情况变化为由解除、又没提前三十日书面通知时才填。",
    )


def severance(facts: Severance, given: Given) -> Result:
    """Severance pay in yuan; nothing where the law gives none for this reason.

    Years before 2008 are left out: for them the rules of that time apply.

    Source: 劳动合同法 第四十条, 第四十六条, 第四十七条, 第九十七条第三款;
    劳动合同法实施条例 第二十条, 第二十七条.

    Raises:
        FactError: the dates contradict each other or lie before the law.
    """
    check_dates(facts, given.today)
    if facts.reason in _NOT_DUE:
        return _nothing(facts)
    made = count(facts, max(facts.started, LAW_STARTS), given)
    article, item = _DUE[facts.reason]
    figures = [money_figure("经济补偿", made.amount, made.how), *_notice(facts)]
    before = facts.started < LAW_STARTS
    refs = [ArticleRef(LABOUR_CONTRACT, article, item=item), CITED]
    refs += [ArticleRef(LABOUR_CONTRACT, "第九十七条", paragraph=3)] if before else []
    refs += [ArticleRef(LABOUR_CONTRACT, "第四十条")] if facts.reason == "article_40" else []
    return Result(
        on=facts.ended,
        summary=f"按您说的，单位该付经济补偿{yuan(made.amount)}。",
        figures=tuple(figures),
        citations=(*refs, *_rules(facts), *made.refs),
        uncertain=_uncertain(made, before, facts),
        steps=(
            "让单位出具解除或者终止劳动合同的证明。",
            "经济补偿在办完工作交接时支付；不付的，向劳动保障监察机构投诉或者申请劳动争议仲裁。",
        ),
        parameters=made.parameters,
    )


def _nothing(facts: Severance) -> Result:
    article, told = _NOT_DUE[facts.reason]
    cited = dict.fromkeys((article, "第四十六条"))
    return Result(
        on=facts.ended,
        summary=told,
        figures=(money_figure("经济补偿", Decimal(0), "没有法律规定的情形"),),
        citations=tuple(ArticleRef(LABOUR_CONTRACT, number) for number in cited),
        uncertain=(
            "如果单位有拖欠工资、不缴社会保险费等情形，又是因为这个离开的，可以要经济补偿；"
            "离开时怎么写、怎么说很要紧，请先问律师。",
        ),
    )


def _notice(facts: Severance) -> list[Figure]:
    if facts.reason != "article_40" or facts.notice_wage is None:
        return []
    return [money_figure("没提前通知的一个月工资", facts.notice_wage, "上一个月的工资")]


def _rules(facts: Severance) -> tuple[ArticleRef, ...]:
    if not _notice(facts) or facts.ended < RULES_START:
        return ()
    return (ArticleRef(LABOUR_CONTRACT_RULES, "第二十条"),)


def _uncertain(made: Count, before: bool, facts: Severance) -> tuple[str, ...]:
    written = "被迫离职要写明是因为单位的哪一条，最好书面通知单位。"
    old = "2008年1月1日以前的年限按当时的规定算，这里没有算进去。"
    return (
        *made.notes,
        *((old,) if before else ()),
        *((written,) if facts.reason == "forced" else ()),
        "非全日制用工终止时没有经济补偿。",
        "单位违法解除的，改用“违法解除赔偿金”算，两样不能都要。",
    )


RULE: Rule[Severance] = Rule(
    name="severance",
    title="经济补偿",
    topic="劳动",
    about="离职了，单位该不该付经济补偿，付多少。",
    facts=Severance,
    work_out=severance,
    needs=(AVERAGE, MINIMUM),
)
