"""Periods that run from a paper received (上诉、起诉、复议、申请执行): the last day to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day
from knowledge.rules.procedure.appeal_periods import COUNTING, PERIODS
from knowledge.rules.procedure.time_limits import last_day, limit_figures, said
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import chinese_date


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What the resident tells."""

    kind: str = choice("要办什么", {code: p.label for code, p in PERIODS.items()})
    received: date = day(
        "从哪天算",
        how="一般填收到文书（签收）那天，或者事情发生、知道的那天。",
        proof=("送达回证", "快递签收记录", "文书上的日期", "信封"),
    )


def appeal(facts: Paper, given: Given) -> Result:
    """The last day to appeal, sue, object or apply.

    Source: the article named by each kind; for counting 民事诉讼法 第八十五条,
    刑事诉讼法 第一百零五条, 民法典 第二百零一条至第二百零三条.

    Raises:
        FactError: the date lies in the future or before the law that is held.
    """
    period = PERIODS[facts.kind]
    if facts.received > given.today:
        raise FactError("这个日期还没有到，请看看日期", "received")
    if facts.received < period.since:
        raise FactError(
            f"{chinese_date(period.since)}以前的，要看当时的法律，这里没有收录；请问律师",
            "received",
        )
    ends = period.ends(facts.received, given.workday)
    last = last_day(ends, given.workday, fixed=period.fixed)
    counting, notes = COUNTING[period.refs[0].law]
    return Result(
        on=given.today,
        summary=said(f"{period.act}的期限", last.day, given.today),
        figures=limit_figures("最后一天", facts.received, period.length, last, given.today),
        citations=(*period.refs, *counting),
        uncertain=(
            f"从“{period.starts}”之日起算，当天不算；以文书上写的和法院、机关告诉您的为准。",
            *period.notes,
            *notes,
            *last.notes,
        ),
        steps=(
            "不要等到最后一天；寄的话留好快递底单。",
            "把收到文书的日期记下来，信封、签收记录留着。",
        ),
        due=last.day,
    )


RULE: Rule[Paper] = Rule(
    name="appeal_period",
    title="上诉、起诉、复议的期限",
    topic="期限",
    about="收到判决、裁决、处罚决定，最晚哪天要上诉、起诉或者申请复议。",
    facts=Paper,
    work_out=appeal,
)
