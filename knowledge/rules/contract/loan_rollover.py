"""Interest rolled into a new IOU (利滚利): what counts as principal, and the most to be due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.contract.loan_caps import LPR, NEW_STARTS, OLD_LAST, protection
from knowledge.rules.inputs import day, money, number
from knowledge.rules.laws import CIVIL_CODE, PRIVATE_LENDING
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_YEAR = Decimal(365)


@dataclass(frozen=True, kw_only=True)
class Rollover:
    """What the resident tells."""

    first_principal: Decimal = money(
        "最初借的钱", how="第一次借款实际拿到的本金。", proof=("最早的借条", "转账记录")
    )
    first_lent_on: date = day("最初借款的日子", how="第一次拿到钱那天。", proof=("转账记录",))
    first_rate: Decimal = number(
        "最初约定的年利率", "%", most=1000, how="月息二分就是年利率 24。", proof=("最早的借条",)
    )
    rolled_on: date = day("换新欠条的日子", how="把利息加进本金、换新欠条那天。", proof=("新借条",))
    new_amount: Decimal = money("新欠条上的金额", how="换了欠条以后写的数。", proof=("新借条",))
    new_rate: Decimal = number("新欠条的年利率", "%", most=1000, how="没写利息就填 0。")
    due_on: date = day("新欠条到期的日子", how="说好还钱那天。")


def loan_rollover(facts: Rollover, given: Given) -> Result:
    """Principal that counts after rolling over, and the cap on all that is due at the end.

    Source: 民间借贷规定 第二十七条; until 2020-08-19 2015年规定第二十八条, the same with 24 %.

    Raises:
        FactError: the dates are out of order, or the loan lies under the old and the new rules.
    """
    _check(facts, given.today)
    guard = protection(facts.first_lent_on, _sued(facts, given.today), given.parameters)
    top = guard.cap(facts.due_on)
    kept = min(facts.first_rate, top.percent)
    before, after = (
        (facts.rolled_on - facts.first_lent_on).days,
        (facts.due_on - facts.rolled_on).days,
    )
    rolled = _grown(facts.first_principal, kept, before)
    grown = _how(facts.first_principal, kept, before)
    principal = min(facts.new_amount, rolled)
    later = min(facts.new_rate, top.percent)
    claimed = _grown(principal, later, after)
    most = _grown(facts.first_principal, top.percent, before + after)
    can_claim = min(claimed, most)
    return Result(
        on=given.today,
        summary=f"新欠条写的是{yuan(facts.new_amount)}，其中{yuan(principal)}算本金；"
        f"到期最多可以要回{yuan(can_claim)}。",
        figures=(
            money_figure("可以算作后期本金的", principal, f"{grown}，和新欠条比取小的"),
            money_figure("按新欠条到期的本息", claimed, _how(principal, later, after)),
            money_figure(
                "本息的上限", most, _how(facts.first_principal, top.percent, before + after)
            ),
            money_figure("最多可以要回", can_claim, "上面两项取小的"),
            Figure("受保护的最高年利率", top.percent, "%", top.how),
        ),
        citations=_citations(facts),
        uncertain=_uncertain(facts, cut=facts.first_rate > kept),
        steps=("把前后几张欠条、转账记录按时间排好，算清哪些是本金、哪些是利息。",),
        parameters=top.used,
    )


def _grown(principal: Decimal, percent: Decimal, days: int) -> Decimal:
    return principal + principal * percent / 100 * days / _YEAR


def _how(principal: Decimal, percent: Decimal, days: int) -> str:
    return f"{yuan(principal)} + {yuan(principal)} × {plain(percent)}% × {days}天 ÷ 365"


def _is_old(facts: Rollover) -> bool:
    return facts.first_lent_on < NEW_STARTS


def _sued(facts: Rollover, today: date) -> date:
    return OLD_LAST if _is_old(facts) else today


def _check(facts: Rollover, today: date) -> None:
    if facts.first_lent_on > today:
        raise FactError("“最初借款的日子”还没有到，请看看日期", "first_lent_on")
    if facts.rolled_on <= facts.first_lent_on:
        raise FactError("“换新欠条的日子”要在最初借款以后，请看看日期", "rolled_on")
    if facts.due_on < facts.rolled_on:
        raise FactError("“新欠条到期的日子”比换欠条还早，请看看日期", "due_on")
    if facts.new_amount < facts.first_principal:
        raise FactError(
            "新欠条比最初借的还少，没有把利息加进本金，请用“民间借贷”计算", "new_amount"
        )
    if _is_old(facts) and facts.due_on > OLD_LAST:
        raise FactError(
            "这笔借款跨过了2020年8月20日新旧规定的分界，利滚利要分段看，这里算不了，请问律师",
            "first_lent_on",
        )


def _uncertain(facts: Rollover, *, cut: bool) -> tuple[str, ...]:
    over = ("前期的利率超过了上限，超过的部分不能算进本金。",) if cut else ()
    old = ("这笔借款都在2020年8月19日以前，按当时的规定计算。",) if _is_old(facts) else ()
    return (
        *over,
        *old,
        "中间还过钱的，这里没有减；新欠条到期以后的逾期利息另算。",
        "换过好几次欠条的，每一次的利率都要看，请带上全部欠条问律师。",
    )


def _citations(facts: Rollover) -> tuple[ArticleRef, ...]:
    changed = (ArticleRef(PRIVATE_LENDING, "第三十一条", paragraph=2),) if _is_old(facts) else ()
    return (
        ArticleRef(CIVIL_CODE, "第六百八十条"),
        ArticleRef(PRIVATE_LENDING, "第二十五条"),
        ArticleRef(PRIVATE_LENDING, "第二十七条"),
        *changed,
    )


RULE: Rule[Rollover] = Rule(
    name="loan_rollover",
    title="利滚利",
    topic="债权债务",
    about="利息加进本金换了新欠条，哪些算本金，最多能要多少。",
    facts=Rollover,
    work_out=loan_rollover,
    needs=(LPR,),
)
