"""The periods that run from a paper received, each with its article and how it is counted."""

from __future__ import annotations

from datetime import date

from knowledge.rules.laws import (
    ADMIN_LITIGATION,
    ADMIN_REVIEW,
    CIVIL_CODE,
    CIVIL_PROCEDURE,
    CRIMINAL_PROCEDURE,
    LABOUR_ARBITRATION,
    LAND_ARBITRATION,
    TRAFFIC_PROCEDURE,
    WORK_INJURY,
)
from knowledge.rules.procedure.time_limits import BY_CIVIL_CODE, Period
from knowledge.types import ArticleRef

_CIVIL = date(2023, 9, 1)
_ADMIN = date(2017, 7, 1)
_REVIEW = date(2024, 1, 1)
_CRIMINAL = (
    "刑事案件请马上联系律师或者法律援助。",
    "在押的，期限不因节假日延长，这里按不延长算；没有在押的，最后一天是节假日的才顺延。",
)
_COURT = (ArticleRef(CIVIL_PROCEDURE, "第八十五条"), ArticleRef(CIVIL_PROCEDURE, "第八十六条"))
_COURT_NOTES = (
    "诉讼文书在期满前交邮的，不算过期。",
    "因为不可抗拒的事由等耽误了的，障碍消除后十日内可以申请顺延，准不准由法院决定。",
)
#: How a law's periods are counted, and what else holds for them.
COUNTING: dict[str, tuple[tuple[ArticleRef, ...], tuple[str, ...]]] = {
    CIVIL_PROCEDURE: (_COURT, _COURT_NOTES),
    ADMIN_LITIGATION: ((ArticleRef(ADMIN_LITIGATION, "第一百零一条"), *_COURT), _COURT_NOTES),
    ADMIN_REVIEW: ((ArticleRef(ADMIN_REVIEW, "第八十八条"), _COURT[0]), ()),
    CRIMINAL_PROCEDURE: ((ArticleRef(CRIMINAL_PROCEDURE, "第一百零五条"),), ()),
    TRAFFIC_PROCEDURE: ((ArticleRef(TRAFFIC_PROCEDURE, "第一百一十二条"),), ()),
    LABOUR_ARBITRATION: (BY_CIVIL_CODE, ()),
    LAND_ARBITRATION: (BY_CIVIL_CODE, ()),
    WORK_INJURY: (BY_CIVIL_CODE, ("条例没有写休假日怎么算，这里比照民法典；请尽早办。",)),
    CIVIL_CODE: (BY_CIVIL_CODE, ()),
}


def _ref(law: str, article: str, paragraph: int | None = None) -> tuple[ArticleRef, ...]:
    return (ArticleRef(law, article, paragraph),)


#: What is to be done, by the code the resident chooses.
PERIODS = {
    "civil_judgment": Period(
        "不服民事一审判决，上诉",
        "判决书送达",
        "上诉",
        _ref(CIVIL_PROCEDURE, "第一百七十一条", 1),
        _CIVIL,
        days=15,
    ),
    "civil_ruling": Period(
        "不服民事一审裁定，上诉",
        "裁定书送达",
        "上诉",
        _ref(CIVIL_PROCEDURE, "第一百七十一条", 2),
        _CIVIL,
        days=10,
    ),
    "retrial": Period(
        "对生效的民事判决、裁定申请再审",
        "判决、裁定发生法律效力",
        "申请再审",
        _ref(CIVIL_PROCEDURE, "第二百一十六条"),
        _CIVIL,
        months=6,
        notes=("有新证据、伪造证据等情形的，从知道或者应当知道之日起六个月。",),
    ),
    "enforcement": Period(
        "申请法院强制执行",
        "文书规定的履行期最后一日；没规定的，文书生效",
        "申请执行",
        _ref(CIVIL_PROCEDURE, "第二百五十条"),
        _CIVIL,
        years=2,
        notes=("要过、对方答应过的，执行时效重新计算。",),
    ),
    "payment_order": Period(
        "对支付令提出异议",
        "收到支付令",
        "清偿债务或者书面提出异议",
        _ref(CIVIL_PROCEDURE, "第二百二十七条", 2),
        _CIVIL,
        days=15,
    ),
    "labour_award": Period(
        "不服劳动仲裁裁决，起诉",
        "收到裁决书",
        "起诉",
        (
            ArticleRef(LABOUR_ARBITRATION, "第四十八条"),
            ArticleRef(LABOUR_ARBITRATION, "第五十条"),
        ),
        date(2008, 5, 1),
        days=15,
        notes=("终局裁决只有劳动者可以起诉，单位要另走申请撤销的路。",),
    ),
    "labour_award_set_aside": Period(
        "单位申请撤销终局的劳动仲裁裁决",
        "收到裁决书",
        "申请撤销裁决",
        _ref(LABOUR_ARBITRATION, "第四十九条", 1),
        date(2008, 5, 1),
        days=30,
    ),
    "land_award": Period(
        "不服土地承包仲裁裁决，起诉",
        "收到裁决书",
        "起诉",
        _ref(LAND_ARBITRATION, "第四十八条"),
        date(2010, 1, 1),
        days=30,
    ),
    "admin_review": Period(
        "对行政行为申请行政复议",
        "知道或者应当知道该行政行为",
        "申请行政复议",
        _ref(ADMIN_REVIEW, "第二十条", 1),
        _REVIEW,
        days=60,
        notes=("没告知复议权利和期限的，从知道这些之日起算，但从知道行政行为内容之日起最长一年。",),
    ),
    "admin_suit": Period(
        "直接提起行政诉讼",
        "知道或者应当知道作出行政行为",
        "起诉",
        _ref(ADMIN_LITIGATION, "第四十六条", 1),
        _ADMIN,
        months=6,
    ),
    "admin_suit_after_review": Period(
        "不服行政复议决定，起诉",
        "收到复议决定书",
        "起诉",
        _ref(ADMIN_LITIGATION, "第四十五条"),
        _ADMIN,
        days=15,
    ),
    "admin_judgment": Period(
        "不服行政一审判决，上诉",
        "判决书送达",
        "上诉",
        _ref(ADMIN_LITIGATION, "第八十五条"),
        _ADMIN,
        days=15,
    ),
    "admin_ruling": Period(
        "不服行政一审裁定，上诉",
        "裁定书送达",
        "上诉",
        _ref(ADMIN_LITIGATION, "第八十五条"),
        _ADMIN,
        days=10,
    ),
    "criminal_judgment": Period(
        "不服刑事一审判决，上诉",
        "接到判决书",
        "上诉",
        _ref(CRIMINAL_PROCEDURE, "第二百三十条"),
        date(2018, 10, 26),
        days=10,
        fixed=True,
        notes=_CRIMINAL,
    ),
    "criminal_ruling": Period(
        "不服刑事一审裁定，上诉",
        "接到裁定书",
        "上诉",
        _ref(CRIMINAL_PROCEDURE, "第二百三十条"),
        date(2018, 10, 26),
        days=5,
        fixed=True,
        notes=_CRIMINAL,
    ),
    "injury_by_employer": Period(
        "单位申请工伤认定",
        "事故伤害发生或者诊断为职业病",
        "申请工伤认定",
        _ref(WORK_INJURY, "第十七条", 1),
        date(2011, 1, 1),
        days=30,
        notes=("单位不申请的，职工或者家里人可以自己申请，期限是一年。",),
    ),
    "injury_by_worker": Period(
        "自己申请工伤认定",
        "事故伤害发生或者诊断为职业病",
        "申请工伤认定",
        _ref(WORK_INJURY, "第十七条", 2),
        date(2011, 1, 1),
        years=1,
    ),
    "injury_grade": Period(
        "不服劳动能力鉴定结论，申请再次鉴定",
        "收到鉴定结论",
        "申请再次鉴定",
        _ref(WORK_INJURY, "第二十六条"),
        date(2011, 1, 1),
        days=15,
    ),
    "traffic_review": Period(
        "对交通事故认定申请复核",
        "事故认定书送达",
        "书面申请复核",
        _ref(TRAFFIC_PROCEDURE, "第七十一条", 1),
        date(2018, 5, 1),
        workdays=3,
    ),
    "legacy": Period(
        "接受遗赠",
        "知道受遗赠",
        "表示接受",
        _ref(CIVIL_CODE, "第一千一百二十四条", 2),
        date(2021, 1, 1),
        days=60,
        notes=("到期没有表示的，视为放弃。这个期限不能中断、延长。",),
    ),
    "marriage_illness": Period(
        "婚前隐瞒重大疾病，请求撤销婚姻",
        "知道或者应当知道",
        "请求撤销婚姻",
        _ref(CIVIL_CODE, "第一千零五十三条", 2),
        date(2021, 1, 1),
        years=1,
        notes=("这个期限不能中断、延长。",),
    ),
}
