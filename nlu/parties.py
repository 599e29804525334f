"""Who stands where to the teller, and in which township: 我老公, 隔壁邻居, 县城, 青石镇."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: How people call each other -> the relationship in standard words.
_RELATIONS = {
    "配偶": "老公|老婆|丈夫|妻子|爱人|婆娘|媳妇|堂客|屋里人|男人(?=打|不|在|跟)|孩子他[爸妈]",
    "前配偶": "前夫|前妻|前老公|前老婆",
    "恋人": "男朋友|女朋友|对象|未婚夫|未婚妻|前男友|前女友",
    "父母": "我?爸爸?|我?妈妈?|父亲|母亲|老汉儿?|爹|娘(?!家)|爸妈|父母|双亲",
    "子女": "儿子|女儿|闺女|孩子|娃儿?|细伢|崽|小孩|仔",
    "公婆岳父母": "公公|婆婆|岳父|岳母|丈母娘|老丈人|公婆",
    "儿媳女婿": "儿媳妇?|女婿",
    "兄弟姐妹": "哥哥?|弟弟?|姐姐?|妹妹?|兄弟|姐妹|老表",
    "祖父母": "爷爷|奶奶|外公|外婆|姥姥|姥爷",
    "亲戚": "叔叔?|伯伯|姑姑?|舅舅?|姨|侄[子女]|外甥女?|亲戚|堂[哥弟姐妹]|表[哥弟姐妹]",
    "邻居": "邻居|隔壁|楼上|楼下|对门",
    "用人单位": "老板|公司|单位|厂里|厂子|包工头|工头|老细|东家",
    "同事": "同事|工友|工人",
    "房东": "房东|二房东",
    "租客": "租客|租户|房客",
    "商家": "商家|店家|卖家|网店|超市|4s店|4S店",
    "朋友": "朋友|同学|老乡|战友|闺蜜",
    "村委会": "村委会?|村里|大队|生产队|村干部|村长|村支书",
    "医院": "医院|卫生院|诊所|医生",
    "债务人": "欠我钱的|借钱的人|老赖",
}
_PATTERN = re.compile(
    "|".join(f"(?P<r{place}>{words})" for place, words in enumerate(_RELATIONS.values()))
)
_NAMES = tuple(_RELATIONS)
_NEGATION = re.compile(
    r"(?:没有?|没得|冇得?|不|未|并非|不是|从没|从未|别|无)(?:[^，。！？；,]{0,3})$"
)
_PLACE_TAIL = "镇乡村街道社区县市组"


def relations(text: str) -> tuple[str, ...]:
    """Relationships of the people named in a text, in order, each once.

    >>> relations("我老公的前妻把孩子带走了，隔壁都看见了")
    ('配偶', '前配偶', '子女', '邻居')
    """
    found = (match.lastgroup for match in _PATTERN.finditer(text))
    return tuple(dict.fromkeys(_NAMES[int(name[1:])] for name in found if name))


def is_negated(text: str, start: int) -> bool:
    """Whether what begins at `start` is denied right before: 没签, 不是三个月.

    >>> is_negated("老板没跟我签合同", 5), is_negated("老板跟我签了合同", 4)
    (True, False)
    """
    return bool(_NEGATION.search(text[:start]))


def find_place(text: str, names: Iterable[str]) -> str | None:
    """The first of a county's places named in a text, its last character optional.

    >>> find_place("我在青石上班", ("青石镇", "白水乡")), find_place("在外地", ("青石镇",))
    ('青石镇', None)
    """
    best: tuple[int, str] | None = None
    for name in names:
        short = name.rstrip(_PLACE_TAIL)
        at = text.find(name)
        if at < 0 and len(short) > 1:
            at = text.find(short)
        if at >= 0 and (best is None or at < best[0]):
            best = (at, name)
    return best[1] if best else None
