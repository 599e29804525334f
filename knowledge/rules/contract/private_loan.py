"""Private lending (民间借贷): principal, interest and lateness, up to what the law protects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.contract.loan_caps import (
    LPR,
    NEW_STARTS,
    OLD_VOID,
    Protection,
    Rate,
    protection,
)
from knowledge.rules.contract.loan_interest import Interest, interest
from knowledge.rules.inputs import choice, day, money, number
from knowledge.rules.laws import CIVIL_CODE, PRIVATE_LENDING
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import chinese_date, money_figure, plain, yuan
from knowledge.types import ArticleRef

_AGREED = {"rate": "写明了利率", "free": "没有约定利息", "unclear": "说了有利息，但没说清多少"}
_PER = {"year": "年利率", "month": "月利率"}
_NONE = Interest(Decimal(0), "没有可以主张的利息")


@dataclass(frozen=True, kw_only=True)
class Loan:
    """What the resident tells."""

    principal: Decimal = money(
        "借条上的金额", how="借条、欠条上写的数，比如 100000。", proof=("借条", "欠条", "借款合同")
    )
    lent_on: date = day(
        "借款那天",
        how="钱到借款人手里的日子，比如 2024-03-01。",
        proof=("转账记录", "收条"),
    )
    agreed: str = choice("利息的约定", _AGREED, proof=("借条", "聊天记录"))
    rate: Decimal | None = number(
        "约定的利率", "%", most=1000, default=None, how="写明了利率的填，月息二分填 2、选月利率。"
    )
    rate_per: str = choice("利率是按年还是按月", _PER, default="year")
    received: Decimal | None = money(
        "实际拿到的钱",
        default=None,
        how="先扣了利息、少给了钱的填；拿足了不用填。",
        proof=("转账记录",),
    )
    due_on: date | None = day("说好还钱的日子", default=None, how="没有约定还款日的不填。")
    until: date | None = day("利息算到哪天", default=None, how="不填就算到今天。")
    overdue_rate: Decimal | None = number(
        "约定的逾期年利率",
        "%",
        most=1000,
        default=None,
        how="专门说好过期以后按多少算的才填，要年利率。",
    )
    fees_rate: Decimal = number(
        "违约金和其他费用折成的年利率",
        "%",
        most=1000,
        default=Decimal(0),
        how="过期以后除了利息还要收的违约金、手续费，合每年百分之几。",
    )
    paid: Decimal = money(
        "已经还的钱", least=0, default=Decimal(0), how="连本带利一共还了多少。", proof=("还款记录",)
    )
    between: str = choice(
        "双方是什么人", {"people": "个人和个人", "other": "有一方是单位"}, default="people"
    )
    sued_on: date | None = day("起诉的日子", default=None, how="还没起诉的不填，按今天算。")


def private_loan(facts: Loan, given: Given) -> Result:
    """What may be claimed on a private loan up to a day.

    Days are counted without the first and with the last, 365 to a year.

    Source: 民法典 第六百七十条, 第六百七十六条, 第六百八十条; 民间借贷规定 第二十四条至第二十九条,
    第三十一条.

    Raises:
        FactError: dates or amounts contradict each other, the interest cannot be made out, or the
            loan is older than the rules known.
    """
    until, sued = facts.until or given.today, facts.sued_on or given.today
    _check(facts, until, sued, given.today)
    guard = protection(facts.lent_on, sued, given.parameters)
    principal = facts.principal if facts.received is None else facts.received
    rate = _yearly(facts)
    term_ends = min(until, facts.due_on) if facts.due_on else until
    term = _term(principal, facts.lent_on, term_ends, rate, guard)
    late = _late(principal, facts, until, rate, guard)
    due = principal + term.amount + late.amount
    if facts.paid > due:
        raise FactError(
            f"按您说的已经还了{yuan(facts.paid)}，比受法律保护的本息{yuan(due)}还多，可能还多了；"
            "请带上转账记录问律师",
            "paid",
        )
    top = guard.cap(until)
    used = tuple(dict.fromkeys((*top.used, *term.used, *late.used)))
    return Result(
        on=given.today,
        summary=f"算到{chinese_date(until)}，受法律保护的本金和利息一共{yuan(due - facts.paid)}。",
        figures=(
            money_figure("本金", principal, _principal_how(facts)),
            money_figure("借期内的利息", term.amount, term.how),
            *_late_figure(facts, late),
            money_figure("一共可以要回", due - facts.paid, _sum_how(principal, term, late, facts)),
            Figure("受保护的最高年利率", top.percent, "%", top.how),
        ),
        citations=_citations(facts, guard),
        uncertain=_uncertain(facts, guard, rate, cut=term.cut or late.cut),
        steps=(
            "先和对方对账，让对方签字确认还欠多少。",
            "对方没有异议又不还的，可以申请支付令；有争议的，向人民法院起诉。",
        ),
        evidence=("借款的合意和钱的交付都要有证据：借条加转账记录最稳妥。",),
        parameters=used,
    )


def _check(facts: Loan, until: date, sued: date, today: date) -> None:
    if facts.lent_on > today:
        raise FactError("“借款那天”还没有到，请看看日期", "lent_on")
    if until < facts.lent_on:
        raise FactError("“利息算到哪天”比借款那天还早，请看看日期", "until")
    if facts.due_on and facts.due_on < facts.lent_on:
        raise FactError("“说好还钱的日子”比借款那天还早，请看看日期", "due_on")
    if not facts.lent_on <= sued <= today:
        raise FactError("“起诉的日子”要在借款以后、今天以前，请看看日期", "sued_on")
    if facts.received is not None and facts.received > facts.principal:
        raise FactError("“实际拿到的钱”比借条上的金额还多，请再核对一下", "received")


def _yearly(facts: Loan) -> Decimal | None:
    """The agreed rate, per cent a year; None where none may be claimed for the term."""
    if facts.agreed == "rate":
        if facts.rate is None:
            raise FactError("还不知道“约定的利率”。比如年利率百分之十就填 10", "rate")
        return facts.rate * 12 if facts.rate_per == "month" else facts.rate
    if facts.agreed == "unclear" and facts.between == "other":
        raise FactError(
            "有单位参加的借款，利息没说清的，由人民法院结合合同内容、交易习惯和市场报价利率确定，"
            "没有固定的算法，请问律师",
            "agreed",
        )
    return None


def _term(
    principal: Decimal, lent_on: date, ends: date, rate: Decimal | None, guard: Protection
) -> Interest:
    if rate is None:
        return _NONE
    agreed = Rate(rate, "约定的利率")
    return interest(principal, lent_on, ends, lambda _end: agreed, guard)


def _late(
    principal: Decimal, facts: Loan, until: date, rate: Decimal | None, guard: Protection
) -> Interest:
    """Interest for lateness, with penalties and fees, from the day after the due day on."""
    if facts.due_on is None or until <= facts.due_on:
        return _NONE
    agreed = facts.overdue_rate if facts.overdue_rate is not None else rate
    first_late = facts.due_on + timedelta(days=1)

    def claimed(end: date) -> Rate:
        base = guard.late(end, first_late) if agreed is None else Rate(agreed, "约定")
        return Rate(base.percent + facts.fees_rate, base.how, base.used)

    return interest(principal, facts.due_on, until, claimed, guard)


def _late_figure(facts: Loan, late: Interest) -> tuple[Figure, ...]:
    if late is _NONE:
        return ()
    label = "逾期的利息和费用" if facts.fees_rate else "逾期的利息"
    return (money_figure(label, late.amount, late.how),)


def _principal_how(facts: Loan) -> str:
    if facts.received is None or facts.received == facts.principal:
        return "借条上的金额"
    return f"借条上{yuan(facts.principal)}，实际只拿到"


def _sum_how(principal: Decimal, term: Interest, late: Interest, facts: Loan) -> str:
    named = ("本金", principal), ("利息", term.amount), ("逾期利息", late.amount)
    parts = [f"{name}{yuan(amount)}" for name, amount in named if amount]
    return " + ".join(parts) + (f" - 已还{yuan(facts.paid)}" if facts.paid else "")


def _citations(facts: Loan, guard: Protection) -> tuple[ArticleRef, ...]:
    code = [ArticleRef(CIVIL_CODE, "第六百八十条")]
    rules = ["第二十四条" if facts.agreed != "rate" else "第二十五条"]
    if facts.received is not None:
        code.append(ArticleRef(CIVIL_CODE, "第六百七十条"))
        rules.append("第二十六条")
    if facts.due_on:
        code.append(ArticleRef(CIVIL_CODE, "第六百七十六条"))
        rules.append("第二十八条")
    if facts.fees_rate:
        rules.append("第二十九条")
    if facts.paid:
        code.append(ArticleRef(CIVIL_CODE, "第五百六十一条"))
    if guard.lent_on < NEW_STARTS:
        rules.append("第三十一条")
    return (*code, *(ArticleRef(PRIVATE_LENDING, article) for article in rules))


def _uncertain(
    facts: Loan, guard: Protection, rate: Decimal | None, *, cut: bool
) -> tuple[str, ...]:
    notes = ["约定的利率超过了受保护的上限，超过的部分不算。"] if cut else []
    if guard.lent_on < NEW_STARTS:
        notes.append(
            "2020年8月20日以前借的钱，到2020年8月19日为止按当时（2015年）的规定，"
            "年利率24%以内的受保护；以后的按起诉时一年期LPR的四倍封顶。"
        )
        if rate is not None and rate > OLD_VOID:
            notes.append("当时已经付了的利息，超过年利率36%的部分可以要求退还。")
    if facts.due_on is None:
        notes.append("没约定还款日的，先催对方在合理期限内还；催过还不还，才有逾期的利息。")
    if facts.paid:
        notes.append(
            "还钱没说是本金还是利息的，先抵费用和利息，再抵本金；分几次还的，以逐笔计算为准。"
        )
    if facts.agreed == "unclear":
        notes.append("个人之间利息没说清的，当作没有利息。")
    notes.append(
        f"按一年365天计算；{plain(facts.principal)}元里如有以前的利息，请用“利滚利”再算一次。"
    )
    notes.append("职业放贷、套取贷款转借、借钱去做违法的事等，合同无效，不能这样算。")
    return tuple(notes)


RULE: Rule[Loan] = Rule(
    name="private_loan",
    title="民间借贷的本金和利息",
    topic="债权债务",
    about="借出去的钱，本金、利息、逾期利息一共能要回多少，利率上限是多少。",
    facts=Loan,
    work_out=private_loan,
    needs=(LPR,),
)
