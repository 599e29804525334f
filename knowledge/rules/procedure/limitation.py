"""Limitation (诉讼时效、仲裁时效): until which day a court or arbitrators protect a claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day
from knowledge.rules.laws import (
    CIVIL_CODE,
    CODE_STARTS,
    INSURANCE,
    LABOUR_ARBITRATION,
    LAND_ARBITRATION,
    PRODUCT_QUALITY,
    STATE_COMPENSATION,
)
from knowledge.rules.periods import add_months
from knowledge.rules.procedure.time_limits import (
    BY_CIVIL_CODE,
    LastDay,
    Period,
    last_day,
    limit_figures,
    said,
)
from knowledge.rules.types import Given, Result, Rule
from knowledge.rules.wording import chinese_date
from knowledge.types import ArticleRef

_LONGEST_YEARS = 20  # 民法典 第一百八十八条第二款
_KNOWN = "知道或者应当知道权利受到损害以及对方是谁的那天"
_SUE = "向人民法院起诉"
_GENERAL = ArticleRef(CIVIL_CODE, "第一百八十八条")

_PERIODS = {
    "general": Period(
        "一般的民事纠纷（欠款、合同、人身损害等）",
        _KNOWN,
        _SUE,
        (_GENERAL,),
        CODE_STARTS,
        years=3,
        notes=("借条写了还款日的，从还款日的第二天算；没写的，从要钱时给的宽限期满了算。",),
    ),
    "installments": Period(
        "约好分期还的同一笔债",
        "最后一期到期的那天",
        _SUE,
        (ArticleRef(CIVIL_CODE, "第一百八十九条"), _GENERAL),
        CODE_STARTS,
        years=3,
    ),
    "abused_minor": Period(
        "未成年时遭受性侵害的赔偿",
        "满十八周岁的那天",
        _SUE,
        (ArticleRef(CIVIL_CODE, "第一百九十一条"), _GENERAL),
        CODE_STARTS,
        years=3,
        notes=("请先联系12355青少年服务热线、110或者法律援助，有人帮您。",),
    ),
    "life_insurance": Period(
        "人寿保险的保险金",
        "知道或者应当知道保险事故的那天",
        _SUE,
        (ArticleRef(INSURANCE, "第二十六条", paragraph=2),),
        date(2015, 4, 24),
        years=5,
    ),
    "insurance": Period(
        "人寿保险以外的保险赔偿",
        "知道或者应当知道保险事故的那天",
        _SUE,
        (ArticleRef(INSURANCE, "第二十六条", paragraph=1),),
        date(2015, 4, 24),
        years=2,
    ),
    "product": Period(
        "产品有缺陷造成的损害",
        "知道或者应当知道权益受到损害的那天",
        _SUE,
        (ArticleRef(PRODUCT_QUALITY, "第四十五条"),),
        date(2018, 12, 29),
        years=2,
        notes=("产品交付最初消费者满十年的，一般不能再要求赔偿，没过明示的安全使用期的除外。",),
    ),
    "state_compensation": Period(
        "国家赔偿",
        "知道或者应当知道被侵犯的那天",
        "申请国家赔偿",
        (ArticleRef(STATE_COMPENSATION, "第三十九条"),),
        date(2013, 1, 1),
        years=2,
        notes=("被羁押等限制人身自由的时间不算在内。",),
    ),
    "labour": Period(
        "劳动争议仲裁",
        "知道或者应当知道权利被侵害的那天",
        "申请劳动争议仲裁",
        (ArticleRef(LABOUR_ARBITRATION, "第二十七条", paragraph=1),),
        date(2008, 5, 1),
        years=1,
        notes=("还在单位上班的，要拖欠的工资不受这一年限制。",),
    ),
    "labour_wages": Period(
        "离职以后要拖欠的工资",
        "劳动关系终止的那天",
        "申请劳动争议仲裁",
        (ArticleRef(LABOUR_ARBITRATION, "第二十七条", paragraph=4),),
        date(2008, 5, 1),
        years=1,
    ),
    "land": Period(
        "农村土地承包经营纠纷仲裁",
        "知道或者应当知道权利被侵害的那天",
        "申请土地承包仲裁",
        (ArticleRef(LAND_ARBITRATION, "第十八条"),),
        date(2010, 1, 1),
        years=2,
    ),
}
_INTERRUPTED = {
    CIVIL_CODE: (ArticleRef(CIVIL_CODE, "第一百九十五条"),),
    LABOUR_ARBITRATION: (ArticleRef(LABOUR_ARBITRATION, "第二十七条", paragraph=2),),
}
_WITHOUT = {
    "support": "要抚养费、赡养费、扶养费",
    "stop_harm": "要求停止侵害、排除妨碍、消除危险",
    "house": "房子、土地等不动产的权利人要求返还",
}


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What the resident tells."""

    kind: str = choice("是什么事", {code: p.label for code, p in _PERIODS.items()} | _WITHOUT)
    since: date = day(
        "从哪天算",
        how="一般填知道权利受损害、也知道是谁的那天；分期的填最后一期；离职要工资的填离职那天。",
        proof=("借条、合同上的日期", "病历、报警记录", "离职证明"),
    )
    interrupted: date | None = day(
        "最近一次要过钱或者对方答应过的日期",
        default=None,
        how="要过债、对方同意还、起诉或者申请过仲裁的，填最近一次；没有不填。",
        proof=("催款短信和微信", "快递底单", "对方签字的还款承诺", "受理通知书"),
    )
    harmed: date | None = day(
        "权利受到损害的日期", default=None, how="早就受了损害、后来才知道的填；最长保护二十年。"
    )


def limitation(facts: Claim, given: Given) -> Result:
    """The last day to sue or to apply for arbitration.

    Source: 民法典 第一百八十八条至第二百零三条; 保险法 第二十六条; 产品质量法 第四十五条;
    国家赔偿法 第三十九条; 劳动争议调解仲裁法 第二十七条; 农村土地承包经营纠纷调解仲裁法 第十八条.

    Raises:
        FactError: a date lies in the future, or before the law that is held.
    """
    _check(facts, given.today)
    if facts.kind in _WITHOUT:
        return _without(facts.kind, given.today)
    period = _PERIODS[facts.kind]
    start, notes = _start(facts, period, given)
    last, longest = _last(facts, period, start, given)
    what = f"{period.act}的时效"
    length = f"{_LONGEST_YEARS}年" if longest else period.length
    first = facts.harmed if longest and facts.harmed else start
    return Result(
        on=given.today,
        summary=said(what, last.day, given.today),
        figures=limit_figures("最后一天", first, length, last, given.today),
        citations=(
            *period.refs,
            *(_INTERRUPTED.get(period.refs[0].law, ()) if facts.interrupted else ()),
            *BY_CIVIL_CODE,
        ),
        uncertain=(
            f"从“{period.starts}”起算；这一天到底是哪天，双方可能说法不同。",
            *notes,
            *period.notes,
            *last.notes,
            "时效会因为要过债、对方答应过、起诉或者申请仲裁重新计算，也可能因为特殊情况停下来。",
            "过了时效，对方可以拿这个来抗辩；对方愿意给的，照样可以拿。先问律师，别自己放弃。",
        ),
        steps=("不要等到最后一天。要钱时用短信、微信、快递等留得下证据的办法。",),
        due=last.day,
    )


def _check(facts: Claim, today: date) -> None:
    for name in ("since", "interrupted", "harmed"):
        told = getattr(facts, name)
        if told and told > today and not (name == "since" and facts.kind in _AHEAD):
            raise FactError("这个日期还没有到，请看看日期", name)
    if facts.interrupted and facts.interrupted < facts.since:
        raise FactError("这个日期比“从哪天算”还早，不影响时效，可以不填", "interrupted")


#: Kinds whose first day may lie ahead: the last instalment, an eighteenth birthday.
_AHEAD = ("installments", "abused_minor")


def _without(kind: str, today: date) -> Result:
    return Result(
        on=today,
        summary=f"{_WITHOUT[kind]}，不适用诉讼时效，没有最后一天；但越早要，证据越好找。",
        figures=(),
        citations=(ArticleRef(CIVIL_CODE, "第一百九十六条"),),
    )


def _start(facts: Claim, period: Period, given: Given) -> tuple[date, tuple[str, ...]]:
    """From where it is counted: again from an interruption that came in time."""
    if facts.interrupted and facts.interrupted > period.ends(facts.since, given.workday):
        late = (
            f"{chinese_date(facts.interrupted)}时原来的时效已经过了，一般不能重新计算；"
            "对方那时同意履行的，另当别论，请问律师。"
        )
        return _held(facts.since, period), (late,)
    return _held(facts.interrupted or facts.since, period), ()


def _held(start: date, period: Period) -> date:
    if start < period.since:
        raise FactError(
            f"{chinese_date(period.since)}以前起算的，要看当时的法律，这里没有收录；请问律师",
            "since",
        )
    return start


def _last(facts: Claim, period: Period, start: date, given: Given) -> tuple[LastDay, bool]:
    """The last day, and whether it is the longest protection that ends first."""
    ends = period.ends(start, given.workday)
    if facts.harmed and _GENERAL in period.refs:
        longest = add_months(facts.harmed, 12 * _LONGEST_YEARS)
        if longest < ends:
            return last_day(longest, given.workday), True
    return last_day(ends, given.workday), False


RULE: Rule[Claim] = Rule(
    name="limitation",
    title="诉讼时效和仲裁时效",
    topic="期限",
    about="欠款、工伤、承包地这些事，最晚哪天要去起诉或者申请仲裁。",
    facts=Claim,
    work_out=limitation,
)
