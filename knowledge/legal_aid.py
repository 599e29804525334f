"""Legal aid (法律援助): may this person have it? Read article by article, never decided here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from knowledge.errors import FactError
from knowledge.types import ArticleRef

_LAW = "中华人民共和国法律援助法"
_URGENT_DAYS = 7
_ADULT, _ELDERLY, _OLDEST = 18, 60, 130
_MOST_INCOME = Decimal(10_000_000)


class Matter(StrEnum):
    """What help is wanted for; the order is that of 第三十一条."""

    STATE_COMPENSATION = "state_compensation"
    SOCIAL_BENEFITS = "social_benefits"
    PENSION = "pension"
    MAINTENANCE = "maintenance"
    WAGES = "wages"
    INCAPACITY = "incapacity"
    WORK_INJURY = "work_injury"
    OTHER_INJURY = "other_injury"
    ENVIRONMENT = "environment"
    CRIMINAL = "criminal"
    RETRIAL = "retrial"
    OTHER = "other"


#: Words for a form, and the 项 of 第三十一条 each falls under.
MATTERS: dict[Matter, tuple[str, int | None]] = {
    Matter.WAGES: ("要回拖欠的工钱，或者确认劳动关系", 5),
    Matter.WORK_INJURY: ("工伤赔偿", 7),
    Matter.OTHER_INJURY: ("交通事故、食品药品、医疗事故造成的人身损害赔偿", 7),
    Matter.MAINTENANCE: ("要赡养费（养老人）、抚养费（养孩子）、扶养费（夫妻之间）", 4),
    Matter.SOCIAL_BENEFITS: ("要社会保险待遇或者社会救助", 2),
    Matter.PENSION: ("要抚恤金", 3),
    Matter.STATE_COMPENSATION: ("要国家赔偿", 1),
    Matter.INCAPACITY: ("家人不能辨认自己的行为，请法院认定无民事行为能力或者限制民事行为能力", 6),
    Matter.ENVIRONMENT: ("环境污染、生态破坏的损害赔偿", 8),
    Matter.CRIMINAL: ("家人或者自己被追究刑事责任", None),
    Matter.RETRIAL: ("案子判过了，法院决定再审（重新审）或者检察院抗诉", None),
    Matter.OTHER: ("别的事", None),
}


class Exemption(StrEnum):
    """第三十二条: whose means are not looked at; the order is the law's."""

    HERO = "hero"
    BRAVERY = "bravery"
    ACQUITTED = "acquitted"
    ABUSED = "abused"


EXEMPTIONS: dict[Exemption, str] = {
    Exemption.HERO: "英雄烈士的近亲属，为维护英雄烈士的人格权益",
    Exemption.BRAVERY: "见义勇为的，讨自己该得的民事权益",
    Exemption.ACQUITTED: "再审改判无罪，请求国家赔偿",
    Exemption.ABUSED: "遭受虐待、遗弃或者家庭暴力，讨自己该得的权益",
}


class Verdict(StrEnum):
    """What the articles amount to on the facts told."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    MISSING = "missing"
    ASK = "ask"


class Outcome(StrEnum):
    """Whether one article's condition is met."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class AidFacts:
    """What the resident told; None means not told. Money is yuan a month per head of household."""

    matter: Matter | None = None
    exemptions: tuple[Exemption, ...] = ()
    age: int | None = None
    disabled: bool = False
    no_fixed_income: bool = False
    on_relief: bool = False
    migrant_worker: bool = False
    income: Decimal | None = None
    limit_ends_on: date | None = None
    needs_preservation: bool = False


@dataclass(frozen=True)
class IncomeLimit:
    """The standard of hardship set by the province (第三十四条), from a day on."""

    since: date
    yuan: Decimal
    source: str
    demo: bool = False


@dataclass(frozen=True)
class CountyAidRules:
    """What the law leaves to others: the standard, and further cases by regulation."""

    income_limits: tuple[IncomeLimit, ...]
    further_matters: tuple[str, ...] = ()

    def limit(self, on: date) -> IncomeLimit | None:
        """The standard that holds on the date."""
        held = [limit for limit in self.income_limits if limit.since <= on]
        return max(held, key=lambda limit: limit.since) if held else None


@dataclass(frozen=True)
class Finding:
    """What one article says about the facts."""

    ref: ArticleRef
    outcome: Outcome
    says: str


@dataclass(frozen=True)
class Opinion:
    """A first look, explained; the decision is the legal-aid agency's."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    missing: tuple[str, ...] = ()
    urgent: bool = False
    same_day: bool = False


def aid_opinion(facts: AidFacts, rules: CountyAidRules, on: date) -> Opinion:
    """Read the facts against the law: urgency and exemptions first, then the matter, then means.

    Raises:
        FactError: a fact is beyond belief.

    Source: 法律援助法 第二十四、二十五、三十一至三十四、四十一、四十二、四十四条.

    >>> rules = CountyAidRules(())
    >>> told = AidFacts(matter=Matter.WAGES, migrant_worker=True, age=40)
    >>> aid_opinion(told, rules, date(2026, 11, 22)).verdict.value
    'eligible'
    """
    _check(facts)
    urgent = _urgent(facts, on)
    exempt, matter, means = _exempt(facts), _matter(facts, rules), _means(facts, rules, on)
    if exempt:
        met = (finding for finding in matter if finding.outcome is Outcome.MET)
        findings = (*urgent, exempt, *met)
    else:
        findings = (*urgent, *matter, *means)
    verdict, missing = _verdict(facts, exempt, matter, means)
    return Opinion(
        verdict,
        findings,
        missing,
        urgent=bool(urgent),
        same_day=is_same_day(facts),
    )


def is_same_day(facts: AidFacts) -> bool:
    """Minors, the elderly (老年人权益保障法第二条), the disabled: this county sees them at once."""
    young_or_old = facts.age is not None and not _ADULT <= facts.age < _ELDERLY
    return facts.disabled or young_or_old


def decide_by(received: datetime) -> datetime:
    """The last moment to decide: seven days from receipt, the day of receipt not counted.

    Source: 法律援助法 第四十三条第一款; 民法典 第二百零一条第一款.

    >>> decide_by(datetime(2026, 11, 23, 10, 0)).isoformat()
    '2026-11-30T23:59:59'
    """
    return _end_of_day(received, 7)


def assign_by(decided: datetime) -> datetime:
    """The last moment to name a lawyer: three days from the decision.

    Source: 法律援助法 第四十三条第一款.
    """
    return _end_of_day(decided, 3)


def _end_of_day(start: datetime, days: int) -> datetime:
    return datetime.combine(start.date() + timedelta(days), time(23, 59, 59), start.tzinfo)


def _check(facts: AidFacts) -> None:
    if facts.age is not None and not 0 <= facts.age <= _OLDEST:
        raise FactError(f"年龄{facts.age}不对，请填周岁，例如45")
    if facts.income is not None and not 0 <= facts.income <= _MOST_INCOME:
        raise FactError(f"收入{facts.income}元不对，请填家里每人每月多少元，例如1200")


def _urgent(facts: AidFacts, on: date) -> tuple[Finding, ...]:
    found = []
    if facts.limit_ends_on and 0 <= (facts.limit_ends_on - on).days < _URGENT_DAYS:
        left = (facts.limit_ends_on - on).days
        says = f"离时效或者期限届满只剩{left}天，不足七日，法律援助机构可以决定先帮您办，手续后补。"
        found.append(Finding(_ref("四十四", 1, 1), Outcome.MET, says))
    if facts.needs_preservation:
        says = "需要立即申请财产保全、证据保全或者先予执行，机构可以决定先帮您办，手续后补。"
        found.append(Finding(_ref("四十四", 1, 2), Outcome.MET, says))
    return tuple(found)


def _exempt(facts: AidFacts) -> Finding | None:
    for number, exemption in enumerate(Exemption, start=1):
        if exemption in facts.exemptions:
            says = f"您属于“{EXEMPTIONS[exemption]}”，申请时不受经济困难条件的限制。"
            return Finding(_ref("三十二", item=number), Outcome.MET, says)
    return None


def _matter(facts: AidFacts, rules: CountyAidRules) -> tuple[Finding, ...]:
    matter = facts.matter
    if matter is None:
        return (Finding(_ref("三十一"), Outcome.UNKNOWN, "还不知道您要办的是哪类事。"),)
    if matter is Matter.CRIMINAL:
        return _criminal(facts)
    words, item = MATTERS[matter]
    if matter is Matter.RETRIAL:
        says = "人民法院决定、裁定再审或者人民检察院抗诉的，因经济困难没有请律师，可以申请。"
        return (Finding(_ref("三十三"), Outcome.MET, says),)
    if item:
        return (Finding(_ref("三十一", item=item), Outcome.MET, f"“{words}”在可以申请的事项里。"),)
    says = "您说的事不在法律列明的八类里；法律、法规、规章还规定了别的情形的，也可以申请。"
    if rules.further_matters:
        says += f"本地还包括：{'、'.join(rules.further_matters)}。"
    return (Finding(_ref("三十一", item=9), Outcome.UNKNOWN, says),)


def _criminal(facts: AidFacts) -> tuple[Finding, ...]:
    says = "犯罪嫌疑人、被告人因经济困难或者其他原因没有委托辩护人的，本人和近亲属都可以申请。"
    found = [Finding(_ref("二十四"), Outcome.MET, says)]
    if facts.age is not None and facts.age < _ADULT:
        says = "未成年人没有委托辩护人的，办案机关应当通知法律援助机构指派律师，不用自己申请。"
        found.append(Finding(_ref("二十五", 1, 1), Outcome.MET, says))
    return tuple(found)


def _means(facts: AidFacts, rules: CountyAidRules, on: date) -> tuple[Finding, ...]:
    unchecked = _unchecked(facts)
    if unchecked:
        return (unchecked,)
    limit = rules.limit(on)
    if limit is None:
        says = "经济困难的标准由省级政府定，本系统还没有录入，请问法律援助中心。"
        return (Finding(_ref("三十四"), Outcome.UNKNOWN, says),)
    since = f"{limit.since.year}年{limit.since.month}月{limit.since.day}日"
    standard = f"家庭人均每月{limit.yuan:f}元以下（{limit.source}，{since}起）"
    if facts.income is None:
        says = f"还不知道您家的收入。本地标准：{standard}。"
        return (Finding(_ref("三十四"), Outcome.UNKNOWN, says),)
    if facts.income <= limit.yuan:
        says = (
            f"您家每人每月{facts.income:f}元，在标准以内：{standard}。"
            "要如实说明经济困难状况，可以签个人诚信承诺，或者由机构联网查。"
        )
        return (Finding(_ref("四十一"), Outcome.MET, says),)
    says = f"您家每人每月{facts.income:f}元，高于标准：{standard}。"
    return (Finding(_ref("三十四"), Outcome.UNMET, says),)


def _unchecked(facts: AidFacts) -> Finding | None:
    """第四十二条: who need not have their means verified, on proof of who they are."""
    if facts.no_fixed_income and is_same_day(facts):
        says = "无固定生活来源的未成年人、老年人、残疾人，有材料证明的，不用再查家里困不困难。"
        return Finding(_ref("四十二", item=1), Outcome.MET, says)
    if facts.on_relief:
        says = "社会救助、司法救助或者优抚对象，有材料证明的，不用再查家里困不困难。"
        return Finding(_ref("四十二", item=2), Outcome.MET, says)
    if facts.migrant_worker and facts.matter in (Matter.WAGES, Matter.WORK_INJURY):
        says = "进城务工人员要工钱或者要工伤赔偿，有材料证明的，不用再查家里困不困难。"
        return Finding(_ref("四十二", item=3), Outcome.MET, says)
    return None


def _verdict(
    facts: AidFacts,
    exempt: Finding | None,
    matter: tuple[Finding, ...],
    means: tuple[Finding, ...],
) -> tuple[Verdict, tuple[str, ...]]:
    if exempt:
        return Verdict.ELIGIBLE, ()
    if facts.matter in (Matter.CRIMINAL, Matter.OTHER):
        return Verdict.ASK, ()
    missing = []
    if facts.matter is None:
        missing.append("要办的是哪类事")
    if means[0].outcome is Outcome.UNMET:
        return Verdict.NOT_ELIGIBLE, tuple(missing)
    if means[0].outcome is Outcome.UNKNOWN:
        missing.append("家里每人每月的收入，或者能免予核查的身份")
    met = not missing and matter[0].outcome is Outcome.MET
    return (Verdict.ELIGIBLE if met else Verdict.MISSING), tuple(missing)


def _ref(number: str, paragraph: int | None = None, item: int | None = None) -> ArticleRef:
    return ArticleRef(_LAW, f"第{number}条", paragraph, item)
