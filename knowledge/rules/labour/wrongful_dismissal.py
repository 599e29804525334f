"""Compensation for wrongful dismissal (违法解除赔偿金): twice the severance pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.rules.labour.severance import CITED, RULES_START, Leaving, check_dates, count
from knowledge.rules.laws import LABOUR_ARBITRATION, LABOUR_CONTRACT, LABOUR_CONTRACT_RULES
from knowledge.rules.local_wages import AVERAGE, MINIMUM
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import money_figure, yuan
from knowledge.types import ArticleRef

_ARBITRATION_STARTS = date(2008, 5, 1)
_TIMES = 2  # 劳动合同法 第八十七条


@dataclass(frozen=True, kw_only=True)
class Dismissal(Leaving):
    """What the resident tells."""


def wrongful_dismissal(facts: Dismissal, given: Given) -> Result:
    """Twice the severance pay, counted from the first day of work.

    Source: 劳动合同法 第四十七条, 第四十八条, 第八十七条;
    劳动合同法实施条例 第二十五条, 第二十七条.

    Raises:
        FactError: the dates contradict each other or lie before the law.
    """
    check_dates(facts, given.today)
    made = count(facts, facts.started, given)
    amount = made.amount * _TIMES
    refs = [
        ArticleRef(LABOUR_CONTRACT, "第八十七条"),
        ArticleRef(LABOUR_CONTRACT, "第四十八条"),
        CITED,
    ]
    if facts.ended >= _ARBITRATION_STARTS:
        refs.append(ArticleRef(LABOUR_ARBITRATION, "第二十七条", paragraph=1))
    if facts.ended >= RULES_START:
        refs.append(ArticleRef(LABOUR_CONTRACT_RULES, "第二十五条"))
    return Result(
        on=facts.ended,
        summary=f"如果确实是违法解除或者终止，单位该付赔偿金{yuan(amount)}。",
        figures=(money_figure("违法解除赔偿金", amount, f"{made.how} × {_TIMES}"),),
        citations=(*refs, *made.refs),
        uncertain=(
            *made.notes,
            "是不是违法解除，要看单位有没有法定理由、程序对不对，由仲裁和法院认定。",
            "也可以不要赔偿金，要求继续上班（继续履行劳动合同）；两样选一样。",
            "拿了赔偿金，就不再另付经济补偿。",
        ),
        steps=(
            "留好解除通知、聊天记录、录音，写明单位是用什么理由辞退的。",
            "自知道权利被侵害之日起一年内申请劳动争议仲裁。",
        ),
        parameters=made.parameters,
    )


RULE: Rule[Dismissal] = Rule(
    name="wrongful_dismissal",
    title="违法解除赔偿金",
    topic="劳动",
    about="被单位违法辞退，可以要多少赔偿金。",
    facts=Dismissal,
    work_out=wrongful_dismissal,
    needs=(AVERAGE, MINIMUM),
)
