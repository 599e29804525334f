"""Danger first; risky questions never released; harmless look-alikes left alone."""

from __future__ import annotations

import pytest

from api.core.risks import alarm, risks, wants_human

URGENT = {
    "我老公正在打我 救命": "110",
    "他拿着菜刀要砍我": "110",
    "我老公又打我了，拿着刀": "110",
    "隔壁的提着斧头冲过来了": "110",
    "我不想活了 钱都被骗光了": "110",
    "欠了一屁股债 活着没意思 想喝农药": "110",
    "工友爬上塔吊讨薪不下来": "110",
    "再不给工资我就上楼顶跳给他们看": "110",
    "我娃儿不见了 放学就没回来": "110",
    "有人让我把钱转到安全账户": "96110",
    "客服现在叫我开屏幕共享说要退款": "96110",
}
HARMLESS = [
    "公司拖欠工资怎么办",
    "离婚彩礼退不退",
    "他自杀了 保险公司赔不赔",
    "活儿累得想死 能要加班费吗",
    "小时候孩子被拐过 现在找到了怎么上户口",
    "前年老公打过我",
    "邻居的树挡光",
    "老板让我转账还货款",
    "我要起诉他",
    "跳广场舞太吵",
    "邻居家的树根把我家院墙顶裂了",
    "我要去仲裁，帮我转",
    "上班时候突发心梗死了算不算工伤",
    "买的饲料过了两个月才发现不对",
    "转院路上人没了，救护车上没有氧气",
    "野猪糟蹋玉米，我想拉电线",
    "楼上漏水，把我屋顶棚泡垮了，他不认账",
    "老板扣我身份证不让走",
    "被人打伤了能要多少赔偿",
    "遭打断肋骨，轻伤还是轻微伤",
    "孩子出生证明丢了怎么补",
    "我爷爷生前写了一张纸条，老屋给我",
    "孩子打完预防针第二天高烧抽筋",
    "电影里有人站在塔吊上要工钱，真有这种事吗",
    "消防演练我们学校让娃喊救命",
    "假如有人拿着刀进来，店主要负什么责",
    "六年前他拿刀砍过我，现在能再告吗",
    "爬塔吊讨薪违反治安管理处罚法哪一条",
]
HELD = {
    "我弟弟被抓了 关在看守所": "涉及刑事追究或者羁押",
    "我儿子昨晚被派出所抓了，说是帮人转钱": "涉及刑事追究或者羁押",
    "酒驾要判几年": "涉及刑事追究或者羁押",
    "上诉期只剩三天了": "时效可能马上届满",
    "仲裁时效快过了": "时效可能马上届满",
    "我儿子十二岁的孩子在学校被打": "涉及未成年当事人",
    "我今年16岁 厂里不给工资": "涉及未成年当事人",
    "老公喝醉了就打我": "涉及暴力",
    "我们二十多个工人的工资都没发": "可能是群体性事件",
    "村里三十几户村民的地都被占了": "可能是群体性事件",
}


@pytest.mark.parametrize(("words", "number"), URGENT.items())
def test_danger_brings_the_right_number_first(words: str, number: str) -> None:
    found = alarm(words)
    assert found and found.numbers[0].number == number


@pytest.mark.parametrize("words", HARMLESS)
def test_harmless_words_raise_no_alarm(words: str) -> None:
    assert alarm(words) is None


@pytest.mark.parametrize(("words", "kind"), HELD.items())
def test_risky_questions_are_named(words: str, kind: str) -> None:
    assert kind in risks(words)


@pytest.mark.parametrize(
    "words", ["公司拖欠工资怎么办", "我家五口人怎么分地", "借条没写日期有效吗"]
)
def test_plain_questions_have_no_risk(words: str) -> None:
    assert risks(words) == ()


@pytest.mark.parametrize("words", ["转人工", "我要找真人", "不要机器人", "能不能跟律师通话"])
def test_a_person_is_asked_for(words: str) -> None:
    assert wants_human(words)


@pytest.mark.parametrize("words", ["律师费谁出", "人工湖淹死人谁负责", "要找证人吗"])
def test_a_person_is_not_asked_for(words: str) -> None:
    assert not wants_human(words)
