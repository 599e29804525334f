"""Every form of the dialogue. A new one is an entry here and an intent in bot/data/nlu."""

from __future__ import annotations

from nlu.forms.types import Form, Kind, Option, Slot

EMPLOYER = Slot(
    "employer",
    "谁欠的",
    Kind.EMPLOYER,
    "是谁欠您的工钱？说老板的称呼或者单位名字就行。",
    "没听明白是谁欠的。说老板的称呼或者单位名字就行，比如“王老板”“县里的鑫源公司”，"
    "不知道也可以说“不知道”。",
    optional=True,
)
MONTHLY_WAGE = Slot(
    "monthly_wage",
    "一个月的工资",
    Kind.MONEY,
    "说好的工钱一个月多少？比如“每月五千”。",
    "没听出一个月是多少钱。请说个数，比如“五千”“每月4500”。",
    unit="元",
    least=300,
    most=200_000,
)
MONTHS = Slot(
    "months",
    "欠了几个月",
    Kind.MONTHS,
    "一共欠了您几个月？比如“三个月”“半年”。",
    "没听出欠了多久。请说几个月，比如“三个月”“一年半”。",
    unit="个月",
    most=240,
)
STARTED = Slot(
    "started",
    "上班第一天",
    Kind.DAY,
    "您是哪天开始在这里上班的？记得大概也行，比如“2023年3月”“去年正月十六”。",
    "没听出是哪天开始上班的。请说年月，比如“2023年3月1号”。",
    cue=r"从|自从|(?<![日号])(?:入职|上班|进厂|进公司|开始)(?:时间|的?日子)?(?:是|在)?",
    after=r"(?:开始|就)?(?:入职|进厂|进的?厂|来的|到厂|上的?班|开始干|去上班|进公司|就在|开始的)",
)
ENDED = Slot(
    "ended",
    "在职最后一天",
    Kind.DAY,
    "最后一天上班是哪天？比如“上个月20号”。",
    "没听出最后一天是哪天。请说年月日，比如“2026年6月30号”。",
    cue=r"到|(?:离职|辞退|开除)(?:时间|的?日子)?(?:是|在)",
    after=r"(?:被|把我|就)?(?:辞退|开除|炒|辞职|离职|离开|不让我?上班|赶走|裁|走的|走人|不干)",
    last_day=True,
)
_WORK = ("ask_labour", "ask_injury", "ask_social_security", "ask_legal_aid")
_GRADES = "一二三四五六七八九十"


def _grade_words(place: int) -> str:
    return rf"(?<![十\d]){_GRADES[place - 1]}级|(?<!\d){place}级|^{_GRADES[place - 1]}$|^{place}$"


_ALL = (
    Form(
        "wage_arrears",
        "拖欠的工资",
        ("calculate_wage_arrears",),
        "calculate",
        (EMPLOYER, MONTHLY_WAGE, MONTHS),
        {"rule": "wage_arrears"},
        _WORK,
    ),
    Form(
        "overtime",
        "加班费",
        ("calculate_overtime",),
        "calculate",
        (
            MONTHLY_WAGE,
            Slot(
                "workday_hours",
                "平常加班几小时",
                Kind.HOURS,
                "平常上班的日子，超过八小时的部分一共加了多少小时？没有就说“没有”。",
                "没听出平常加班多少小时。请说个数，比如“40小时”，没有就说“没有”。",
                unit="小时",
                optional=True,
                none=r"没有|没加|不加|没上|休息",
                cue=r"(?:平时|平常|工作日|晚上)[^，。,]{0,6}?",
            ),
            Slot(
                "restday_hours",
                "周末加班几小时",
                Kind.HOURS,
                "周末上班、又没补休的，一共多少天或者多少小时？没有就说“没有”。",
                "没听出周末加了多少班。请说“8天”或者“64小时”，没有就说“没有”。",
                unit="小时",
                optional=True,
                none=r"没有|没加|不加|没上|休息",
                cue=r"(?:周末|星期[六天日]|周[六日]|双休日|休息日)[^，。,]{0,6}?",
            ),
            Slot(
                "holiday_hours",
                "法定节假日加班几小时",
                Kind.HOURS,
                "春节、国庆这些法定假日那几天，上了多少天班？没有就说“没有”。",
                "没听出法定假日上了几天班。请说“3天”，没有就说“没有”。",
                unit="小时",
                optional=True,
                none=r"没有|没加|不加|没上|休息",
                cue=r"(?:国庆|春节|五一|元旦|法定|节假日|过年)[^，。,]{0,6}?",
            ),
        ),
        {"rule": "overtime"},
        _WORK,
    ),
    Form(
        "double_wage",
        "没签合同的二倍工资",
        ("calculate_double_wage",),
        "calculate",
        (
            STARTED,
            MONTHLY_WAGE,
            Slot(
                "left",
                "还在不在上班",
                Kind.DAY,
                "现在还在那里上班吗？已经走了的，说最后一天是哪天；还在就说“还在”。",
                "没听出最后一天是哪天。请说年月日；还在上班就说“还在”。",
                optional=True,
                none=r"还在|没走|没离|在职|在干|没有",
                cue=ENDED.cue,
                after=ENDED.after,
                last_day=True,
            ),
        ),
        {"rule": "double_wage"},
        _WORK,
    ),
    Form(
        "severance",
        "经济补偿",
        ("calculate_severance",),
        "calculate",
        (
            Slot(
                "reason",
                "怎么离开的",
                Kind.CHOICE,
                "您是怎么离开的？比如：公司无故辞退、公司提出商量着走、裁员、合同到期不续、"
                "公司欠薪或不交社保我才走、自己辞职。",
                "没听明白是怎么离开的。请说一种：无故辞退、商量着走、裁员、合同到期不续、"
                "被欠薪逼走、公司倒闭、自己辞职。",
                cue=r"辞退|开除|裁|到期|倒闭|关门|辞职|逼|炒|不续|协商|商量",
                options=(
                    Option(
                        "forced",
                        "被迫离职",
                        r"欠薪|拖欠|不(?:给|发)工资|没发工资|[不没](?:有|给)?(?:我)?(?:交|缴)社保|不缴|逼",
                    ),
                    Option("layoff", "裁员", r"裁"),
                    Option("expired_refused", "不愿续签", r"我不(?:想|愿意?|肯)续"),
                    Option("expired", "到期不续", r"到期|期满|不续"),
                    Option("closed", "单位关了", r"倒闭|破产|关门|关停|注销|解散|搬走"),
                    Option("article_40", "患病或不胜任", r"生病|患病|不胜任|不能胜任|医疗期"),
                    Option("agreed_by_worker", "我提出商量", r"我(?:先)?提出?.{0,4}(?:商量|协商)"),
                    Option(
                        "agreed_by_employer", "单位提出商量", r"商量|协商|劝退|好聚好散|让我自己走"
                    ),
                    Option(
                        "unlawful",
                        "无故辞退",
                        r"无故|没(?:有)?(?:理由|原因)|突然|辞退|开除|炒|不要我|赶|不让.{0,3}上班|叫我走|让我走",
                    ),
                    Option("resigned", "自己辞职", r"辞职|自己走|不想干|自离|不干了"),
                ),
            ),
            STARTED,
            ENDED,
            MONTHLY_WAGE,
        ),
        {"rule": "severance"},
        _WORK,
    ),
    Form(
        "work_injury",
        "工伤待遇",
        ("calculate_work_injury",),
        "calculate",
        (
            Slot(
                "grade",
                "伤残等级",
                Kind.CHOICE,
                "劳动能力鉴定定了几级？比如“十级”。还没鉴定就说“不知道”。",
                "没听出是几级。请说一级到十级里的一个，还没鉴定就说“不知道”。",
                cue=r"级",
                options=tuple(
                    Option(str(place), f"{_GRADES[place - 1]}级", _grade_words(place))
                    for place in range(1, 11)
                ),
            ),
            Slot(
                "own_wage",
                "受伤前的月工资",
                Kind.MONEY,
                "受伤前十二个月，平均一个月工资多少？比如“五千”。",
                "没听出一个月是多少钱。请说个数，比如“五千”。",
                unit="元",
                least=300,
                most=200_000,
                cue=r"(?:工资|月薪|每月|一个月)(?:是|大概|平均)?",
            ),
            Slot(
                "injured_on",
                "受伤的日子",
                Kind.DAY,
                "是哪天受的伤？比如“今年3月1号”。",
                "没听出是哪天受的伤。请说年月日，比如“2026年3月1号”。",
                after=r"(?:(?:在|被|上班|干活|做工)[^，。,]{0,8}?)?(?:受伤|受的伤|压断|摔|砸|出的?事|轧|切断|弄断)",
            ),
            Slot(
                "left",
                "离没离开单位",
                Kind.YES_NO,
                "您已经离开或者打算离开这个单位吗？",
                "没听明白。请说“是”或者“不是”。",
                optional=True,
                cue=r"不干了|离职了?|辞职|已经走了|要走",
                after=r"还在(?:上班|厂|公司|那)|没离职",
            ),
            Slot(
                "insured",
                "单位缴没缴工伤保险",
                Kind.YES_NO,
                "单位给您缴了工伤保险没有？",
                "没听明白。请说“缴了”“没缴”，不知道也可以说“不知道”。",
                optional=True,
                cue=r"(?:缴|交|买)了(?:工伤|社保|保险)",
                after=r"没(?:有)?(?:给我)?(?:缴|交|买)(?:工伤|社保|保险)",
            ),
        ),
        {"rule": "work_injury"},
        _WORK,
    ),
    Form(
        "private_loan",
        "借款利息",
        ("calculate_interest",),
        "calculate",
        (
            Slot(
                "principal",
                "借了多少",
                Kind.MONEY,
                "当时借出去（或者借来）多少钱？说实际到手的数。",
                "没听出是多少钱。请说个数，比如“五万”。",
                unit="元",
                least=1,
                cue=r"借(?:了|给|出|走|来|去|款)?[^，。,\d一二两三四五六七八九十]{0,8}|本金(?:是)?",
            ),
            Slot(
                "lent_on",
                "哪天借的",
                Kind.DAY,
                "哪天借的？比如“2024年5月1号”。",
                "没听出是哪天借的。请说年月日，比如“2024年5月1号”。",
                after=r"(?:我)?(?:借|转|打|出借)",
            ),
            Slot(
                "rate",
                "约定的利息",
                Kind.TEXT,
                "利息怎么说的？比如“月息一分五”“年利率12%”，没说过就说“没约定”。",
                "没听明白利息。比如“月息一分五”“年利率12%”，没说过就说“没约定”。",
                optional=True,
                none=r"没(?:有)?(?:约定|说|讲|写)|不要利息|无息",
                cue=r"(?:月息|月利|年息|年利)率?(?:是)?[\d.一二两三四五六七八九十百分点之%厘]+|"
                r"利息(?:是|算)?[\d.一二两三四五六七八九十点]+(?:分半?|厘|个点|%)|"
                r"没(?:有)?(?:约定|说|讲|写)(?:过|好)?利息|不要利息|无息",
            ),
        ),
        {"rule": "private_loan"},
        ("ask_debt", "ask_legal_aid"),
    ),
    Form(
        "legal_aid",
        "法律援助申请",
        ("apply_legal_aid",),
        "legal_aid",
        (
            Slot(
                "matter",
                "为什么事申请",
                Kind.CHOICE,
                "您是为什么事想申请法律援助？比如：要工钱、工伤、赡养费抚养费、"
                "交通事故或医疗受伤、社保低保、刑事案件。",
                "没听明白是哪类事。请说一种：要工钱、工伤、赡养抚养、受伤赔偿、社保低保、刑事案件、别的事。",
                cue=r"工钱|工资|薪|工伤|赡养|抚养|车祸|交通|医疗|社保|低保|抚恤|刑事|被抓",
                options=(
                    Option("work_injury", "工伤", r"工伤|上班.{0,4}受伤|工地.{0,6}(?:摔|砸|伤)"),
                    Option("wages", "要工钱", r"工钱|工资|薪|劳动(?:报酬|关系)|血汗钱"),
                    Option("maintenance", "赡养抚养", r"赡养|抚养|扶养|养老"),
                    Option("other_injury", "人身损害", r"车祸|交通|撞|医疗|食品|药|受伤|打伤|赔偿"),
                    Option("social_benefits", "社保救助", r"社保|低保|保险待遇|救助|五保"),
                    Option("pension", "抚恤金", r"抚恤|救济金"),
                    Option("criminal", "刑事案件", r"刑事|被抓|拘留|判刑|看守所"),
                    Option("other", "别的事", r"别的|其他|其它|离婚|房|地|债|借"),
                ),
            ),
            Slot(
                "age",
                "多大年纪",
                Kind.NUMBER,
                "申请人今年多大年纪？",
                "没听出多大年纪。说个数就行，比如“六十二”。",
                optional=True,
                most=120,
                after=r"周?岁",
            ),
            Slot(
                "income",
                "家里人均收入",
                Kind.MONEY,
                "家里平均每人每月收入大概多少？说不准就说“不知道”。",
                "没听出收入多少。说个大概的数就行，说不准就说“不知道”。",
                unit="元",
                optional=True,
                cue=r"(?:收入|低保金?)(?:是|大概|只有|就)?",
            ),
            Slot(
                "story",
                "事情经过",
                Kind.TEXT,
                "最后，用几句话说说事情经过：谁和谁、什么时候、为什么。",
                "请用几句话说说事情经过。",
            ),
        ),
    ),
    Form(
        "document",
        "法律文书",
        ("make_document",),
        "document",
        (
            Slot(
                "document",
                "要写哪种",
                Kind.CHOICE,
                "您要写哪种？能帮您写：劳动仲裁申请书、欠款起诉状、离婚起诉状、人身损害起诉状、"
                "支付令申请书、欠薪投诉书、人民调解申请书、证据清单、授权委托书。",
                "没听明白是哪种。请说一种：仲裁申请书、欠款起诉状、离婚起诉状、受伤起诉状、"
                "支付令、欠薪投诉书、调解申请书、证据清单、委托书。",
                cue=r"仲裁|起诉|状|支付令|投诉书|调解|证据|委托",
                options=(
                    Option("labour_arbitration", "劳动仲裁申请书", r"仲裁"),
                    Option("payment_order", "支付令申请书", r"支付令"),
                    Option("wage_complaint", "农民工欠薪投诉书", r"投诉"),
                    Option("mediation", "人民调解申请书", r"调解"),
                    Option("evidence_list", "证据清单", r"证据"),
                    Option("power_of_attorney", "授权委托书", r"委托|授权"),
                    Option("aid_application", "法律援助申请表", r"援助"),
                    Option("divorce", "离婚起诉状", r"离婚"),
                    Option("personal_injury", "人身损害起诉状", r"受伤|打伤|人身|撞|咬|车祸"),
                    Option("civil_debt", "欠款起诉状", r"欠|借|钱|债|起诉状?|状子"),
                ),
            ),
            Slot(
                "opponent",
                "对方是谁",
                Kind.TEXT,
                "对方叫什么名字，或者是哪个单位？",
                "请说对方的名字或者单位全称。",
                optional=True,
            ),
            Slot(
                "story",
                "事情经过",
                Kind.TEXT,
                "用几句话说说：什么时候、什么事、您想要什么结果。",
                "请用几句话说说事情经过。",
            ),
        ),
    ),
    Form(
        "refer",
        "转到别处办",
        ("ask_referral",),
        "refer",
        (
            Slot(
                "service",
                "要办哪样",
                Kind.CHOICE,
                "您是想找人民调解、办公证、做司法鉴定，还是申请仲裁？",
                "没听明白。请说一种：调解、公证、司法鉴定、仲裁。",
                cue=r"调解|公证|鉴定|仲裁",
                options=(
                    Option("mediation", "人民调解", r"调解|评理|说和"),
                    Option("notary", "公证", r"公证"),
                    Option("appraisal", "司法鉴定", r"鉴定"),
                    Option("arbitration", "仲裁", r"仲裁"),
                ),
            ),
            Slot(
                "story",
                "为什么事",
                Kind.TEXT,
                "是为什么事？说几句就行。",
                "请说几句是为什么事。",
            ),
        ),
    ),
)

FORMS = {form.name: form for form in _ALL}
STARTS = {intent: form.name for form in _ALL for intent in form.intents}
