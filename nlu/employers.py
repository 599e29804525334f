"""Who owes the wages: a company, a site, a named boss, as people name them."""

from __future__ import annotations

import re

#: What an employer is called when the resident cannot name it; the sum does not need a name.
UNNAMED = "名称不详的用人单位"

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁"
    "魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎"
    "易常武乔贺赖龚文"
)
_PLACE = (
    r"(?:有限公司|劳务公司|建筑公司|装修公司|公司|施工队|工程队|装修队|工地|工厂|砖厂|鞋厂|服装厂|厂|"
    r"饭店|酒店|餐馆|饭馆|火锅店|理发店|超市|合作社|养殖场|农场|项目部|学校|医院|店)"
)
_BOSS = r"(?:老板|包工头|工头|班组长|经理|总|师傅|队长)"
_NAMED_PLACE = re.compile(
    rf"(?:在|给|帮|跟着|是|叫|去)([\u4e00-\u9fffA-Za-z0-9]{{1,14}}?{_PLACE})(?!里?的?老板|老板)"
)
_COMPANY = re.compile(r"(?:^|[，。；！？、,\s])([\u4e00-\u9fffA-Za-z0-9]{2,14}?公司)")
_OLD_WANG = re.compile(rf"([老小][{_SURNAMES}])(?=[^板师家乡人时百]|$)")
_BOSS_WANG = re.compile(rf"((?<![老小])[{_SURNAMES}]{_BOSS})")
_BOSS_CALLED = re.compile(
    rf"{_BOSS}(?:的?名字)?(?:叫做?|名叫|是)([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[，。；！？、,\s欠拖不没他我]|$)"
)
_SURNAMED = re.compile(rf"{_BOSS}(?:是)?姓([{_SURNAMES}])")
_OWING_PLACE = re.compile(
    rf"(?:^|[，。；！？、,\s])(?![这那有])([\u4e00-\u9fffA-Za-z0-9]{{1,10}}?{_PLACE})"
    r"(?=(?:也|还|一直)*(?:欠|拖|差|不给|没给|不发|没发))"
)
_PATTERNS = (_BOSS_CALLED, _BOSS_WANG, _OLD_WANG, _NAMED_PLACE, _OWING_PLACE, _COMPANY)

_LEAD = re.compile(
    r"^(?:嗯+|哦|啊|呃|那个|就是|是|他们?|欠我钱的|欠钱的|欠我的|老板|包工头|工头|公司|单位|名字|"
    r"名|叫做?|的)+(?=[\u4e00-\u9fffA-Za-z])[，,]?"
)
_TAIL = re.compile(
    r"(?:欠的|欠我的|欠我|不给我|不给|拖欠的|他们|吧|啊|呀|呢|咯|的|了|，|。|,|\s)+$"
)
_UNKNOWN = re.compile(
    r"不知道|不晓得|不清楚|不认识|不记得|记不得|忘了|忘记|没有?名|说不上来|搞不清|不好说|不想说"
)
_A_FIGURE = re.compile(
    r"(?:一个月|每个?月|月薪|月?工资|一天|每天|是|欠了?|拖了?|差不多|大概)*"
    r"[\d零一二两三四五六七八九十百千万半.]+(?:多|来)?(?:块钱|块|元|个月|个半月|年|天)?"
)
_LONGEST_NAME = 30


def find_employer(text: str) -> str | None:
    """An employer named inside a story; a bare 老板 or 公司 is nobody yet.

    >>> [find_employer(t) for t in ("跟着王老板干活", "老板姓李一直拖", "我在县城工地干了半年")]
    ['王老板', '李老板', '县城工地']
    >>> find_employer("老板不给钱") is None
    True
    """
    surnamed = _SURNAMED.search(text)
    if surnamed:
        return f"{surnamed[1]}老板"
    for pattern in _PATTERNS:
        found = pattern.search(text)
        if found:
            return found[1]
    return None


def answer_employer(text: str) -> str | None:
    """The employer in an answer to 谁欠您工资; `UNNAMED` for 不知道, None if it names nobody.

    >>> answer_employer("欠我钱的是刘麻子"), answer_employer("不晓得叫啥"), answer_employer("？？")
    ('刘麻子', '名称不详的用人单位', None)
    """
    if _UNKNOWN.search(text):
        return UNNAMED
    named = find_employer(text)
    if named:
        return named
    bare = _TAIL.sub("", _LEAD.sub("", text.strip()))
    readable = re.search(r"[\u4e00-\u9fffA-Za-z]", bare) and not _A_FIGURE.fullmatch(bare)
    return bare if readable and len(bare) <= _LONGEST_NAME else None
