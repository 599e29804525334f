"""Deposits (定金): what counts, who loses it, and what must be returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money, number, yes_no
from knowledge.rules.laws import (
    CIVIL_CODE,
    CIVIL_CODE_TIMING,
    CODE_STARTS,
    CONTRACT_INTERPRETATION,
    OLD_SECURITY_INTERPRETATION,
)
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_OLD_STARTS = date(2000, 12, 13)  # 担保法解释施行
_SHARE = Decimal("0.2")  # 民法典 第五百八十六条第二款
_BREACH = {
    "giver": "交钱的一方",
    "receiver": "收钱的一方",
    "both": "双方都严重违约",
    "nobody": "不可抗力，谁也不怪",
}
_NAMES = {"deposit": "写明是定金", "other": "订金、押金、保证金，没说是定金"}


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """What the resident tells."""

    paid: Decimal = money("实际交的钱", how="交出去多少。", proof=("收据", "转账记录"))
    price: Decimal = money("合同总价", how="房价、货款等主合同的金额。", proof=("合同",))
    named: str = choice("收据、合同上的写法", _NAMES, proof=("收据", "合同"))
    breach: str = choice("谁违约", _BREACH, proof=("聊天记录", "催告函"))
    signed_on: date = day("交钱那天", how="交定金的日子。", proof=("收据",))
    performed: Decimal = number(
        "合同已经履行了多少",
        "%",
        most=100,
        default=Decimal(0),
        how="一点没履行不填；履行了一半、对方也收下的填 50。",
    )
    defeated: bool = yes_no(
        "违约是不是让合同目的落空", default=True, how="只是小毛病、合同还能办成的填“否”。"
    )
    loss: Decimal | None = money(
        "实际损失", least=0, default=None, how="损失比定金多的填，可以另外要。"
    )
    penalty: Decimal | None = money(
        "合同还约定的违约金", default=None, how="既有定金又有违约金的填，只能选一样。"
    )


def deposit(facts: Deposit, given: Given) -> Result:
    """What the payer gets back or the other side owes.

    Source: 民法典 第五百八十六条至第五百八十八条; 合同编通则解释 第六十七条, 第六十八条; before
    2021: 担保法解释 第一百一十八条, 第一百二十条至第一百二十二条.

    Raises:
        FactError: the day lies in the future or before the rules known.
    """
    if facts.signed_on > given.today:
        raise FactError("“交钱那天”还没有到，请看看日期", "signed_on")
    if facts.signed_on < _OLD_STARTS:
        raise FactError(
            "2000年12月13日以前交的定金，按更早的规定，这里算不了，请问律师", "signed_on"
        )
    old = facts.signed_on < CODE_STARTS
    top = facts.price * _SHARE
    counts = min(facts.paid, top)
    if reason := _no_penalty(facts):
        figures: tuple[Figure, ...] = (money_figure("退还或者抵作价款", facts.paid, "按原数"),)
        summary = f"{reason}，不适用定金罚则。"
    else:
        figures, summary = _penalty(facts, counts)
        how = f"{yuan(facts.paid)}和合同总价{yuan(facts.price)} × 20%比，取小的"
        figures = (money_figure("算作定金的", counts, how), *figures)
    return Result(
        on=given.today,
        summary=summary,
        figures=figures,
        citations=_citations(facts, old=old),
        uncertain=_uncertain(facts, old=old, over=facts.paid > top),
        steps=("先书面催对方履行，写明期限；对方明确不履行的，留好证据再要求定金罚则。",),
    )


def _no_penalty(facts: Deposit) -> str:
    """Why the deposit is neither lost nor doubled; empty when it is."""
    if facts.named == "other":
        return "没有写明是定金，只能按原数主张"
    if facts.breach == "nobody":
        return "因为不可抗力不能履行"
    if facts.breach == "both":
        return "双方都有让合同目的落空的违约"
    return "" if facts.defeated else "违约没有让合同目的落空"


def _penalty(facts: Deposit, counts: Decimal) -> tuple[tuple[Figure, ...], str]:
    undone = 100 - facts.performed
    at_stake = counts * undone / 100
    how = yuan(counts) + (f" × 没履行的{plain(undone)}%" if facts.performed else "")
    figures = []
    if facts.breach == "giver":
        back = facts.paid - at_stake
        summary = f"交钱的一方违约，{yuan(at_stake)}定金不能要回。"
        figures.append(money_figure("不能要回的定金", at_stake, how))
        figures.append(money_figure("可以要回", back, f"{yuan(facts.paid)} - {yuan(at_stake)}"))
    else:
        total = facts.paid + at_stake
        summary = f"收钱的一方违约，定金双倍返还，一共要还{yuan(total)}。"
        figures.append(money_figure("双倍返还多出来的一份", at_stake, how))
        figures.append(
            money_figure("一共应当返还", total, f"{yuan(facts.paid)} + {yuan(at_stake)}")
        )
    return (*figures, *_beyond(facts, at_stake)), summary


def _beyond(facts: Deposit, at_stake: Decimal) -> tuple[Figure, ...]:
    """The loss above the deposit, and the other choice where a penalty was agreed too."""
    figures = []
    if facts.loss is not None and facts.loss > at_stake:
        how = f"{yuan(facts.loss)} - {yuan(at_stake)}"
        figures.append(money_figure("还可以请求赔偿的损失", facts.loss - at_stake, how))
    if facts.penalty is not None:
        figures.append(money_figure("改选违约金", facts.penalty, "合同约定"))
    return tuple(figures)


def _citations(facts: Deposit, *, old: bool) -> tuple[ArticleRef, ...]:
    if old:
        articles = {"第一百二十一条"}
        articles |= {"第一百一十八条"} if facts.named == "other" else set()
        articles |= {"第一百二十二条"} if facts.breach == "nobody" else set()
        articles |= {"第一百二十条"} if facts.performed or not facts.defeated else set()
        return (
            ArticleRef(CIVIL_CODE_TIMING, "第一条", paragraph=2),
            *(ArticleRef(OLD_SECURITY_INTERPRETATION, number) for number in sorted(articles)),
        )
    special = facts.performed or facts.breach in ("both", "nobody")
    refs = [ArticleRef(CIVIL_CODE, "第五百八十六条"), ArticleRef(CIVIL_CODE, "第五百八十七条")]
    if facts.penalty is not None or facts.loss is not None:
        refs.append(ArticleRef(CIVIL_CODE, "第五百八十八条"))
    refs.append(ArticleRef(CONTRACT_INTERPRETATION, "第六十七条"))
    refs += [ArticleRef(CONTRACT_INTERPRETATION, "第六十八条")] if special else []
    return tuple(refs)


def _uncertain(facts: Deposit, *, old: bool, over: bool) -> tuple[str, ...]:
    notes = []
    if old:
        notes.append("定金在2021年1月1日以前交的，适用当时的担保法和司法解释。")
    if over:
        notes.append("超过合同总价百分之二十的部分不产生定金的效力，按预付款处理。")
    if facts.penalty is not None:
        notes.append("定金和违约金只能选一样，哪样多、哪样好证明就选哪样。")
    if facts.named == "other":
        notes.append(
            "名字不叫定金、但是合同里写明了不履行就不退或者双倍退的，可能算定金，请带合同问律师。"
        )
    notes.append("合同写明可以用定金作代价解除合同的（解约定金），按合同办。")
    notes.append("按原数主张时，对方有损失的，可以另外要求赔偿。")
    return tuple(notes)


RULE: Rule[Deposit] = Rule(
    name="deposit",
    title="定金",
    topic="债权债务",
    about="交了定金对方反悔，或者自己不想要了，能拿回多少。",
    facts=Deposit,
    work_out=deposit,
)
