"""What is asked of someone hurt, or of the family of someone killed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.rules.inputs import choice, day, money, number, whole, words

_OUTCOMES = {"hurt": "受伤，没有残疾", "disabled": "评上了伤残等级", "died": "去世了"}
_GRADES = {str(n): f"{c}级" for n, c in zip(range(1, 11), "一二三四五六七八九十", strict=True)}
_CARE_DAYS = 20 * 366  # 人身损害解释 第八条第三款


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What the resident tells."""

    happened_on: date = day(
        "出事的日子", how="受伤那天。", proof=("报警记录", "事故认定书", "病历")
    )
    outcome: str = choice("伤得怎么样", _OUTCOMES)
    age: int = whole(
        "年龄",
        "周岁",
        most=130,
        how="评残的填定残那天的周岁，去世的填去世那天的周岁。",
        proof=("身份证",),
    )
    grade: str | None = choice(
        "伤残等级", _GRADES, default=None, proof=("司法鉴定意见书",), how="评上了等级的才填。"
    )
    medical: Decimal = money(
        "医疗费",
        least=0,
        default=Decimal(0),
        how="已经花的合计。",
        proof=("病历", "医疗费票据", "用药清单"),
    )
    work_days: Decimal = number(
        "误工天数",
        "天",
        most=3660,
        default=Decimal(0),
        how="按医院证明；残疾的可以算到定残日前一天。",
        proof=("诊断证明", "请假条"),
    )
    day_income: Decimal | None = money(
        "每天少收入多少",
        "元/天",
        default=None,
        how="有固定收入的按实际少的算，没有的按最近三年平均。",
        proof=("工资流水", "误工证明", "纳税记录"),
    )
    care_days: Decimal = number(
        "护理天数", "天", most=_CARE_DAYS, default=Decimal(0), how="最长不超过二十年。"
    )
    carers: int = whole(
        "护理人数", "人", least=1, most=5, default=1, how="一般是一人，医院有意见的按意见。"
    )
    carer_day: Decimal | None = money(
        "护理的人每天的收入", "元/天", default=None, how="护理的人没有收入的不填，按护工标准算。"
    )
    hospital_days: Decimal = number(
        "住院天数", "天", most=3660, default=Decimal(0), how="住了几天院。", proof=("住院病历",)
    )
    nutrition_days: Decimal = number(
        "需要加强营养的天数", "天", most=3660, default=Decimal(0), how="按医院或者鉴定的意见。"
    )
    transport: Decimal = money(
        "交通费", least=0, default=Decimal(0), how="看病的车费合计。", proof=("正式票据",)
    )
    aids: Decimal = money(
        "残疾辅助器具费",
        least=0,
        default=Decimal(0),
        how="假肢、轮椅等的合理费用。",
        proof=("发票",),
    )
    dependants: str = words(
        "靠受害人扶养的人",
        default="",
        how="写成“5岁2人、70岁3人”：年龄，和一共几个人扶养他；没有的不填。",
    )
    moral: Decimal = money(
        "精神损害抚慰金", least=0, default=Decimal(0), how="想主张多少；没有固定的数，由法院定。"
    )
    own_fault: Decimal = number(
        "受害人自己的责任", "%", most=100, default=Decimal(0), how="自己也有错的，占百分之几。"
    )
    residence: str = choice(
        "城镇还是农村居民",
        {"urban": "城镇", "rural": "农村"},
        default="urban",
        how="2022年5月1日以后出的事不分城乡，不用选。",
    )
    judged_on: date | None = day(
        "一审法庭辩论结束的日子", default=None, how="还没开庭的不填，按今天的标准算。"
    )
