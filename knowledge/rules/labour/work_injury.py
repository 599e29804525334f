"""Work injury (工伤): what the law gives for each grade of disability."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.errors import FactError
from knowledge.rules.inputs import choice, day, money, number, yes_no
from knowledge.rules.labour.own_wage import bounded_wage, insured, local_average, own_wage
from knowledge.rules.laws import SOCIAL_INSURANCE, WORK_INJURY
from knowledge.rules.local_wages import AVERAGE, local_wage
from knowledge.rules.parameters import Value
from knowledge.rules.types import Figure, Given, Result, Rule
from knowledge.rules.wording import money_figure, plain, yuan
from knowledge.types import ArticleRef

_MEDICAL, _JOB = "injury_medical_subsidy_months", "injury_job_subsidy_months"
# 工伤保险条例 第三十五条至第三十七条: grade -> months of own wage, once.
_ONCE = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}
# Grade -> share of own wage, every month.
_MONTHLY = {1: 90, 2: 85, 3: 80, 4: 75, 5: 70, 6: 60}
_ARTICLES = {**dict.fromkeys(range(1, 5), "第三十五条"), 5: "第三十六条", 6: "第三十六条"}
_CARE = {"none": 0, "part": 30, "most": 40, "full": 50}  # 第三十四条
_TEXT_STARTS = date(2011, 7, 1)  # 社会保险法; the grades of the older text were others
_GRADES = {str(n): f"{c}级" for n, c in zip(range(1, 11), "一二三四五六七八九十", strict=True)}


@dataclass(frozen=True, kw_only=True)
class Injury:
    """What the resident tells."""

    grade: str = choice("伤残等级", _GRADES, proof=("劳动能力鉴定结论书", "工伤认定决定书"))
    own_wage: Decimal = own_wage()
    injured_on: date = day(
        "受伤的日期", how="出事那天，比如 2026-03-01。", proof=("病历", "报警记录")
    )
    left: bool = yes_no(
        "是不是已经或者打算离开单位",
        default=False,
        how="五级到十级离开单位的，另有两笔一次性补助。",
    )
    leave_months: Decimal = number(
        "停工治疗的月数",
        "个月",
        most=24,
        default=Decimal(0),
        how="停工留薪期，一般不超过十二个月，特殊情况经确认最多再延长十二个月。",
        proof=("诊断证明", "病假条", "停工留薪期确认书"),
    )
    full_wage: Decimal | None = money(
        "受伤前的月工资", "元/月", most=1_000_000, default=None, how="停工期间单位应当照发的工资。"
    )
    care: str = choice(
        "生活护理",
        {
            "none": "不需要",
            "part": "部分不能自理",
            "most": "大部分不能自理",
            "full": "完全不能自理",
        },
        default="none",
        proof=("劳动能力鉴定结论书",),
    )
    insured: bool = insured()
    local_average: Decimal | None = local_average()


def work_injury(facts: Injury, given: Given) -> Result:
    """Benefits for a grade: once, every month, on leaving, and for the time of treatment.

    Source: 工伤保险条例 第三十三条至第三十七条, 第六十二条, 第六十四条;
    社会保险法 第三十八条, 第三十九条, 第四十一条.

    Raises:
        FactError: the injury lies in the future or before the present text, or no local average
            wage is known.
    """
    if not _TEXT_STARTS <= facts.injured_on <= given.today:
        raise FactError(
            "“受伤的日期”要在2011年7月1日以后、今天以前；更早的适用当时的标准，请问律师",
            "injured_on",
        )
    average, used = local_wage(facts.local_average, AVERAGE, facts.injured_on, given)
    if average is None:
        raise FactError("还不知道“统筹地区上年度职工月平均工资”，请填当地公布的数", "local_average")
    grade = int(facts.grade)
    wage, notes = bounded_wage(facts.own_wage, average)
    figures = [
        money_figure("一次性伤残补助金", wage * _ONCE[grade], f"{yuan(wage)} × {_ONCE[grade]}个月"),
        *_monthly(grade, wage),
        *_leave(facts),
        *_nursing(facts.care, average),
    ]
    leaving, tables = _leaving(facts, grade, average, given)
    return Result(
        on=facts.injured_on,
        summary=_summary(facts),
        figures=(*figures, *leaving),
        citations=_citations(facts, grade),
        uncertain=(*notes, *_uncertain(facts, grade)),
        steps=(
            "单位要在事故发生之日起三十日内申请工伤认定；单位不申请的，您或者家里人在一年内可以自己申请。",
            "伤情稳定后申请劳动能力鉴定，定伤残等级。",
        ),
        parameters=(*used, *tables),
    )


def _monthly(grade: int, wage: Decimal) -> list[Figure]:
    if grade not in _MONTHLY:
        return []
    share = _MONTHLY[grade]
    label = "每月伤残津贴" if grade <= 4 else "单位难以安排工作时的每月伤残津贴"
    return [money_figure(label, wage * share / 100, f"{yuan(wage)} × {share}%")]


def _leave(facts: Injury) -> list[Figure]:
    if not (facts.leave_months and facts.full_wage):
        return []
    how = f"{yuan(facts.full_wage)} × {plain(facts.leave_months)}个月"
    return [money_figure("停工留薪期的工资", facts.full_wage * facts.leave_months, how)]


def _nursing(care: str, average: Decimal) -> list[Figure]:
    share = _CARE[care]
    if not share:
        return []
    return [money_figure("每月生活护理费", average * share / 100, f"{yuan(average)} × {share}%")]


def _leaving(
    facts: Injury, grade: int, average: Decimal, given: Given
) -> tuple[list[Figure], tuple[Value, ...]]:
    """The two sums for leaving, whose months each province fixes."""
    if not facts.left or grade < 5:
        return [], ()
    figures, tables = [], []
    for name, label in ((_MEDICAL, "一次性工伤医疗补助金"), (_JOB, "一次性伤残就业补助金")):
        value = given.parameters.on(name, facts.injured_on)
        months = (value.table or {})[str(grade)]
        how = f"{yuan(average)} × {plain(months)}个月"
        figures.append(money_figure(label, average * months, how))
        tables.append(value)
    return figures, tuple(tables)


def _summary(facts: Injury) -> str:
    who = "工伤保险基金和单位分别支付" if facts.insured else "单位没缴工伤保险，由单位支付"
    return f"{_GRADES[facts.grade]}伤残可以得到下面这些，{who}。医疗费、住院伙食补助另算。"


def _citations(facts: Injury, grade: int) -> tuple[ArticleRef, ...]:
    refs = [
        ArticleRef(SOCIAL_INSURANCE, "第三十八条"),
        ArticleRef(SOCIAL_INSURANCE, "第三十九条"),
        ArticleRef(WORK_INJURY, _ARTICLES.get(grade, "第三十七条")),
        ArticleRef(WORK_INJURY, "第六十四条", paragraph=2),
        ArticleRef(WORK_INJURY, "第十七条"),
    ]
    refs += [ArticleRef(WORK_INJURY, "第三十三条")] if facts.leave_months else []
    refs += [ArticleRef(WORK_INJURY, "第三十四条")] if facts.care != "none" else []
    if not facts.insured:
        refs += [
            ArticleRef(SOCIAL_INSURANCE, "第四十一条"),
            ArticleRef(WORK_INJURY, "第六十二条", paragraph=2),
        ]
    return tuple(refs)


def _uncertain(facts: Injury, grade: int) -> tuple[str, ...]:
    notes = ["伤残等级以劳动能力鉴定结论为准；各地还有调整，以社保经办机构核定的为准。"]
    if grade in _MONTHLY:
        notes.append("伤残津贴低于当地最低工资标准的，要补足差额。")
    if facts.left and grade < 5:
        notes.append("一级到四级保留劳动关系、退出工作岗位，没有离开单位的两笔补助。")
    if not facts.insured:
        notes.append("单位不付的，可以要求工伤保险基金先行支付，再由基金向单位追偿。")
    return tuple(notes)


RULE: Rule[Injury] = Rule(
    name="work_injury",
    title="工伤待遇",
    topic="劳动",
    about="工伤定了伤残等级，一次性的、按月的各有多少。",
    facts=Injury,
    work_out=work_injury,
    needs=(AVERAGE, _MEDICAL, _JOB),
)
