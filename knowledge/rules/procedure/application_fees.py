"""Fees for applications to a court (申请费): payment order, preservation, enforcement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money
from knowledge.rules.laws import CIVIL_PROCEDURE_INTERPRETATION, COURT_FEES
from knowledge.rules.procedure.bands import Scale
from knowledge.rules.procedure.court_fees import check_filed, property_fee
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, shown, yuan
from knowledge.types import ArticleRef

_KINDS = {
    "order": "申请支付令",
    "preservation": "申请财产保全",
    "enforcement": "申请强制执行",
    "notice": "申请公示催告",
    "arbitration": "申请撤销仲裁裁决或者认定仲裁协议效力",
}
# 诉讼费用交纳办法 第十四条
_ENFORCEMENT = Scale(
    Decimal(10_000),
    Decimal(50),
    ((10_000, "1.5"), (500_000, "1"), (5_000_000, "0.5"), (10_000_000, "0.1")),
)
_PRESERVATION = Scale(Decimal(1_000), Decimal(30), ((1_000, "1"), (100_000, "0.5")))
_MOST_PRESERVATION = Decimal(5_000)
_FIXED = {"notice": Decimal(100), "arbitration": Decimal(400)}
_WHO = {
    "order": "申请时交；对方没有异议的由对方负担，对方提出异议、支付令失效的由申请人负担，"
    "另行起诉时可以列入诉讼请求。",
    "preservation": "申请时交，由申请人负担；起诉时可以列入诉讼请求。",
    "enforcement": "不用先交，执行以后由被执行人负担。",
    "notice": "申请时交，由申请人负担。",
    "arbitration": "申请时交，最后由败诉方负担。",
}
_WHO_ARTICLE = {
    "order": "第三十六条",
    "preservation": "第三十八条",
    "enforcement": "第三十八条",
    "notice": "第三十七条",
    "arbitration": "第三十八条",
}


@dataclass(frozen=True, kw_only=True)
class Application:
    """What the resident tells."""

    kind: str = choice("申请什么", _KINDS)
    amount: Decimal = money(
        "金额",
        least=0,
        most=Decimal(100_000_000_000),
        default=Decimal(0),
        how="要的钱、要保全或者执行的财产数额；不涉及金额的不填。",
    )
    filed_on: date | None = day("申请的日子", default=None, how="不填按今天算。")


def application_fees(facts: Application, given: Given) -> Result:
    """The fee for an application and who bears it.

    Source: 诉讼费用交纳办法 第十四条, 第二十条, 第三十六条至第三十八条.

    Raises:
        FactError: a payment order without an amount, or a day outside the rules.
    """
    check_filed(facts.filed_on, given.today)
    figure = _fee(facts)
    again = (ArticleRef(CIVIL_PROCEDURE_INTERPRETATION, "第一百九十五条"),)
    return Result(
        on=given.today,
        summary=f"{_KINDS[facts.kind]}，申请费{shown(figure)}。{_WHO[facts.kind]}",
        figures=(figure,),
        citations=(
            ArticleRef(COURT_FEES, "第十四条"),
            ArticleRef(COURT_FEES, "第二十条"),
            ArticleRef(COURT_FEES, _WHO_ARTICLE[facts.kind]),
            *(again if facts.kind == "order" else ()),
        ),
        uncertain=("以法院的交费通知为准；确有困难的，可以申请缓交、减交或者免交。",),
    )


def _fee(facts: Application) -> Figure:
    label = "申请费"
    if facts.kind in _FIXED:
        fee = _FIXED[facts.kind]
        return money_figure(label, fee, "每件")
    if facts.kind == "order":
        if not facts.amount:
            raise FactError("还不知道“金额”。申请支付令要填请求对方给多少钱", "amount")
        fee, how = property_fee(facts.amount)
        return money_figure(label, fee / 3, f"（{how}） × 1/3")
    if facts.kind == "enforcement":
        if not facts.amount:
            return money_figure(label, Decimal(50), "没有执行金额的，每件", Decimal(500))
        return money_figure(label, _ENFORCEMENT.fee(facts.amount), _ENFORCEMENT.how(facts.amount))
    fee, how = _PRESERVATION.fee(facts.amount), _PRESERVATION.how(facts.amount)
    if fee > _MOST_PRESERVATION:
        return money_figure(
            label,
            _MOST_PRESERVATION,
            f"{how} = {yuan(fee)}，超过最高{yuan(_MOST_PRESERVATION)}，只收",
        )
    return money_figure(label, fee, how)


RULE: Rule[Application] = Rule(
    name="application_fees",
    title="支付令、保全、执行的申请费",
    topic="法律援助与公共法律服务",
    about="申请支付令、财产保全、强制执行要交多少。",
    facts=Application,
    work_out=application_fees,
)
