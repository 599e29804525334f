"""Arbitration fees (仲裁费): labour and land free of charge, commercial by bands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, money
from knowledge.rules.laws import ARBITRATION_FEES, LABOUR_ARBITRATION, LAND_ARBITRATION
from knowledge.rules.procedure.bands import Scale
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import money_figure, yuan
from knowledge.types import ArticleRef

_KINDS = {
    "labour": "劳动争议仲裁",
    "land": "农村土地承包经营纠纷仲裁",
    "commercial": "仲裁委员会的合同、财产仲裁",
}
_FREE = {
    "labour": ArticleRef(LABOUR_ARBITRATION, "第五十三条"),
    "land": ArticleRef(LAND_ARBITRATION, "第五十二条"),
}
# 仲裁委员会仲裁案件受理费表: the least and the most of each band.
_EDGES = (1_000, 50_000, 100_000, 200_000, 500_000, 1_000_000)
_LEAST = Scale(
    Decimal(1_000),
    Decimal(40),
    tuple(zip(_EDGES, ("4", "3", "2", "1", "0.5", "0.25"), strict=True)),
)
_MOST = Scale(
    Decimal(1_000),
    Decimal(100),
    tuple(zip(_EDGES, ("5", "4", "3", "2", "1", "0.5"), strict=True)),
)


@dataclass(frozen=True, kw_only=True)
class Arbitration:
    """What the resident tells."""

    kind: str = choice("什么仲裁", _KINDS)
    amount: Decimal = money(
        "争议金额",
        least=0,
        most=Decimal(100_000_000_000),
        default=Decimal(0),
        how="请求对方给多少钱；劳动、土地仲裁不收费，可以不填。",
    )


def arbitration_fees(facts: Arbitration, given: Given) -> Result:
    """The fee for an arbitration, as a range where the commission fixes it.

    Source: 劳动争议调解仲裁法 第五十三条; 农村土地承包经营纠纷调解仲裁法 第五十二条;
    仲裁委员会仲裁收费办法 第四条, 第五条 and its table.

    Raises:
        FactError: a commercial case without an amount.
    """
    if facts.kind in _FREE:
        return Result(
            on=given.today,
            summary=f"{_KINDS[facts.kind]}不收费，一分钱也不用交。",
            figures=(money_figure("仲裁费", Decimal(0), "依法不收费"),),
            citations=(_FREE[facts.kind],),
            uncertain=("请律师的费用不在里面；请不起的，可以申请法律援助。",),
        )
    if not facts.amount:
        raise FactError("还不知道“争议金额”。请求对方给多少钱，就填多少", "amount")
    least, most = _LEAST.fee(facts.amount), _MOST.fee(facts.amount)
    low, high = _LEAST.how(facts.amount), _MOST.how(facts.amount)
    return Result(
        on=given.today,
        summary=f"案件受理费在{yuan(least)}到{yuan(most)}之间，收到受理通知书后十五日内预交，"
        "原则上最后由败诉的一方承担。",
        figures=(money_figure("仲裁案件受理费", least, f"{low} 到 {high}", most),),
        citations=(
            ArticleRef(ARBITRATION_FEES, "第四条"),
            ArticleRef(ARBITRATION_FEES, "第五条"),
            ArticleRef(ARBITRATION_FEES, "第九条"),
            ArticleRef(ARBITRATION_FEES, "第十五条"),
        ),
        uncertain=(
            "具体标准由仲裁委员会在幅度内定，请看该仲裁委员会公布的收费表。",
            "仲裁员差旅、鉴定、翻译等案件处理费另收。",
            "交不起的，可以向仲裁委员会申请缓交。",
        ),
    )


RULE: Rule[Arbitration] = Rule(
    name="arbitration_fees",
    title="仲裁费",
    topic="法律援助与公共法律服务",
    about="申请仲裁要交多少钱。",
    facts=Arbitration,
    work_out=arbitration_fees,
)
