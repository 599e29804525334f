"""Wages owed (拖欠工资): what is owed, and what may be added when an order to pay is ignored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from knowledge.errors import FactError
from knowledge.types import ArticleRef

_CONTRACT_LAW = "中华人民共和国劳动合同法"
_ARBITRATION_LAW = "中华人民共和国劳动争议调解仲裁法"
_MOST_MONTHLY = Decimal(1_000_000)
_MOST_MONTHS = Decimal(600)


@dataclass(frozen=True)
class WagesOwed:
    """What is owed, in yuan, and the least and most that may come on top."""

    owed: Decimal
    added_least: Decimal
    added_most: Decimal
    explained: str = ""
    steps: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    citations: tuple[ArticleRef, ...] = ()


def wage_arrears(monthly_wage: Decimal, months: Decimal) -> WagesOwed:
    """Wages owed and the additional compensation (加付赔偿金).

    Args:
        monthly_wage: yuan a month, > 0.
        months: months unpaid, > 0; halves are allowed.

    Raises:
        FactError: a fact is not positive or beyond belief.

    Source: 劳动合同法 第三十条, 第八十五条第一项.

    >>> found = wage_arrears(Decimal(5000), Decimal(3))
    >>> found.owed, found.added_least, found.added_most
    (Decimal('15000'), Decimal('7500.0'), Decimal('15000'))
    """
    if not 0 < monthly_wage <= _MOST_MONTHLY:
        raise FactError(f"月工资{monthly_wage}元不对，请说每月多少元，比如“每月五千”")
    if not 0 < months <= _MOST_MONTHS:
        raise FactError(f"拖欠{months}个月不对，请说欠了几个月，比如“三个月”")
    owed = monthly_wage * months
    return WagesOwed(owed, owed * Decimal("0.5"), owed)


def wage_arrears_from(facts: Mapping[str, str]) -> WagesOwed:
    """The same from the facts of a finished form, explained for the resident.

    Raises:
        FactError: a fact is missing, no number, or out of range.
    """
    monthly, months = _number(facts, "monthly_wage", "月工资"), _number(facts, "months", "欠薪月数")
    found = wage_arrears(monthly, months)
    employer = str(facts.get("employer") or "对方")
    explained = (
        f"按您说的，{employer}欠您：每月{_yuan(monthly)}元 × {months.normalize():f}个月"
        f" = {_yuan(found.owed)}元。\n"
        f"如果劳动行政部门责令限期支付后仍不支付，还可以责令按应付金额的百分之五十以上百分之一百以下加付赔偿金，"
        f"也就是{_yuan(found.added_least)}元到{_yuan(found.added_most)}元。"
    )
    return WagesOwed(
        found.owed,
        found.added_least,
        found.added_most,
        explained,
        steps=(
            "先到劳动保障监察机构投诉，请他们责令限期支付。",
            "也可以依法向当地人民法院申请支付令，或者申请劳动争议仲裁。",
        ),
        evidence=(
            "能证明干过活的：合同、考勤、工友证言、工地出入证",
            "能证明工钱多少的：工资条、转账记录、微信聊天、欠条",
        ),
        uncertain=(
            "这个数按您说的月工资和月数算，没有算加班费、已经付过的部分；已付的要减掉。",
            "离开单位的，要在劳动关系终止之日起一年内申请仲裁，别拖。",
            "如果是给个人帮忙干活、不算劳动关系，不适用加付赔偿金，请问律师。",
        ),
        citations=(
            ArticleRef(_CONTRACT_LAW, "第三十条"),
            ArticleRef(_CONTRACT_LAW, "第八十五条"),
            ArticleRef(_ARBITRATION_LAW, "第二十七条", paragraph=4),
        ),
    )


def _number(facts: Mapping[str, str], name: str, label: str) -> Decimal:
    try:
        return Decimal(str(facts[name]))
    except (KeyError, InvalidOperation) as error:
        raise FactError(f"还不知道{label}") from error


def _yuan(amount: Decimal) -> str:
    """12345.50 -> 12,345.5; whole yuan without a decimal point."""
    rounded = amount.quantize(Decimal("0.01"))
    whole = rounded == rounded.to_integral_value()
    return f"{rounded:,.0f}" if whole else f"{rounded:,.2f}"
