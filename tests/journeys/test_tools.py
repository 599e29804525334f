"""A resident works something out: on the page without script, and by telling the chat."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from api.core import offers
from knowledge.rules.registry import RULES
from tests.running import Running

pytestmark = pytest.mark.slow


def test_on_the_page_without_script(browser: Browser, system: Running) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{system.url}/tools")
    page.get_by_role("link", name="加班费").click()
    page.get_by_label("月工资").fill("4350")
    page.get_by_label("工作日加班的小时数").fill("很久")
    page.get_by_role("button", name="算一算").click()
    expect(page.get_by_role("alert")).to_contain_text("“工作日加班的小时数”看不出是多少")
    page.get_by_label("工作日加班的小时数").fill("10")
    page.get_by_role("button", name="算一算").click()
    result = page.get_by_role("article")
    expect(result).to_contain_text("375元")
    expect(result).to_contain_text("4,350元 ÷ 21.75天 ÷ 8小时 × 150% × 10小时 = 375元")
    result.get_by_text("《中华人民共和国劳动法》第四十四条").click()
    expect(result).to_contain_text("支付不低于工资的百分之一百五十的工资报酬")
    context.close()


def test_by_telling_the_chat(page: Page) -> None:
    log = page.get_by_role("log")
    for words, wanted in (
        ("帮我算算老板欠我多少工资", "谁欠"),
        ("张老板", "一个月"),
        ("每月五千", "几个月"),
        ("三个月", "15,000元"),
    ):
        page.get_by_role("textbox").fill(words)
        page.get_by_role("textbox").press("Enter")
        expect(log).to_contain_text(wanted, timeout=20_000)
    expect(log).to_contain_text("每月5,000元 × 3个月 = 15,000元")
    expect(log).to_contain_text("第八十五条")


# A matter of each calculator, as a resident would ask.
ASKED = {
    "wage_arrears": "公司、老板拖欠工资怎么办？",
    "overtime": "单位天天加班不给加班费，违法吗？",
    "double_wage": "上班没签劳动合同，能要双倍工资吗？",
    "severance": "劳动合同到期，单位不续签，有补偿吗？",
    "wrongful_dismissal": "怀孕了单位要辞退我、降工资，怎么办？",
    "probation": "试用期最长多久？试用期工资可以不给或者少给吗？",
    "work_injury": "单位没交工伤保险，工伤的钱谁出？",
    "work_death": "单位没交工伤保险，工伤的钱谁出？",
    "personal_injury": "被狗咬了，谁来赔？",
    "traffic_accident": "被车撞伤了，赔偿由谁出？保险公司还是司机？",
    "private_loan": "借钱时没说利息，现在能要利息吗？",
    "loan_rollover": "借的钱实在还不上，可以申请延期或者分期吗？",
    "liquidated_damages": "合同里的违约金写得太高，一定要照付吗？",
    "deposit": "交了定金不想要了能退吗？对方反悔要双倍退吗？",
    "child_support": "离婚后孩子归谁？",
    "inheritance": "老人没留遗嘱，遗产该谁来分、怎么分？",
    "court_fees": "想去法院打官司，第一步怎么做？",
    "application_fees": "官司打赢了对方不给钱，怎么申请强制执行？",
    "arbitration_fees": "劳动仲裁怎么申请？要花钱吗？要多久？",
    "limitation": "借条过了三年，是不是就作废要不回来了？",
    "appeal_period": "对政府部门的决定不服，怎么申请行政复议？",
}


def test_every_calculator_is_offered_under_an_answer(page: Page) -> None:
    assert set(ASKED) == set(RULES)
    log, box = page.get_by_role("log"), page.get_by_role("textbox")
    for rule, question in ASKED.items():
        box.fill(question)
        box.press("Enter")
        said = [("button", one.title) for one in offers.in_talk([rule])]
        for role, title in (*said, *(("link", one.title) for one in offers.on_pages([rule]))):
            own = log.get_by_role("article").last.get_by_role(role, name=title)
            expect(own, f"{rule}: {question}").to_be_visible(timeout=20_000)
    box.fill("帮我算算加班费")  # who asks for a sum is not offered it first
    box.press("Enter")
    expect(log).to_contain_text("我来帮您算加班费", timeout=20_000)


def test_from_an_answer_to_the_calculator(page: Page) -> None:
    log, box = page.get_by_role("log"), page.get_by_role("textbox")
    box.fill(ASKED["double_wage"])
    box.press("Enter")
    log.get_by_role("button", name="帮我算二倍工资").click(timeout=20_000)
    expect(log).to_contain_text("我来帮您算", timeout=20_000)
    box.fill("算了，不算了")
    box.press("Enter")
    expect(log).to_contain_text("好的，不算了", timeout=20_000)
    box.fill(ASKED["probation"])
    box.press("Enter")
    log.get_by_role("link", name="算一算：试用期").click(timeout=20_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("试用期")
