"""Wages owed (拖欠工资): what is owed, and what may be added when an order to pay is ignored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import money, number, words
from knowledge.rules.laws import LABOUR_ARBITRATION, LABOUR_CONTRACT
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_LEAST, _MOST = Decimal("0.5"), Decimal(1)  # 劳动合同法 第八十五条


@dataclass(frozen=True, kw_only=True)
class WagesOwed:
    """What the resident tells."""

    monthly_wage: Decimal = money(
        "月工资",
        "元/月",
        most=1_000_000,
        how="说好的一个月工资，比如 5000。",
        proof=("劳动合同", "工资条", "银行或微信转账记录", "微信聊天", "欠条"),
    )
    months: Decimal = number(
        "拖欠的月数",
        "个月",
        least="0.01",
        most=600,
        how="欠了几个月，可以有小数，比如 1.5。",
        proof=("考勤", "工友证言", "工地出入证", "工作服和工牌"),
    )
    paid: Decimal = money(
        "已经付过的", least=0, default=Decimal(0), how="这几个月里已经拿到手的钱，没有就不填。"
    )
    employer: str = words("谁欠的", default="对方", how="老板的称呼或者单位名字，可以不填。")


def wage_arrears(facts: WagesOwed, given: Given) -> Result:
    """Wages owed and the additional compensation (加付赔偿金).

    Source: 劳动合同法 第三十条, 第八十五条第一项; 劳动争议调解仲裁法 第二十七条第四款.

    Raises:
        FactError: nothing is owed any more.
    """
    due = facts.monthly_wage * facts.months
    owed = due - facts.paid
    if owed <= 0:
        raise FactError(
            f"按您说的应得{yuan(due)}，已经付了{yuan(facts.paid)}，算下来没有欠；请再核对一下",
            "paid",
        )
    counted = f"每月{yuan(facts.monthly_wage)} × {plain(facts.months)}个月"
    counted += f" - 已付{yuan(facts.paid)}" if facts.paid else ""
    return Result(
        on=given.today,
        summary=f"按您说的，{facts.employer}欠您{yuan(owed)}。劳动行政部门责令限期支付后"
        "仍不支付的，还可以责令按应付金额百分之五十以上百分之一百以下加付赔偿金。",
        figures=(
            money_figure("拖欠的工资", owed, counted),
            money_figure(
                "可以加付的赔偿金", owed * _LEAST, f"{yuan(owed)} × 50%到100%", owed * _MOST
            ),
        ),
        citations=(
            ArticleRef(LABOUR_CONTRACT, "第三十条"),
            ArticleRef(LABOUR_CONTRACT, "第八十五条"),
            ArticleRef(LABOUR_ARBITRATION, "第二十七条", paragraph=4),
        ),
        steps=(
            "先到劳动保障监察机构投诉，请他们责令限期支付。",
            "也可以依法向当地人民法院申请支付令，或者申请劳动争议仲裁。",
        ),
        uncertain=(
            "这个数按您说的月工资和月数算，没有算加班费。",
            "加付赔偿金要先有责令限期支付、逾期还不付；不是一欠就有。",
            "离开单位的，要在劳动关系终止之日起一年内申请仲裁，别拖。",
            "如果是给个人帮忙干活、不算劳动关系，不适用加付赔偿金，请问律师。",
        ),
    )


RULE = Rule(
    name="wage_arrears",
    title="拖欠工资",
    topic="劳动",
    about="算一算老板欠了多少工钱，逾期不付还可以要求加付多少。",
    facts=WagesOwed,
    work_out=wage_arrears,
)
