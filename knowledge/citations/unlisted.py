"""What stands before 第…条 when it is no name the table knows: another law, or no law at all."""

from __future__ import annotations

import re

_KIND = re.compile(
    r"(?:法典|法|条例|办法|规定|细则|解释|规则|通则|准则|决定|决议|批复|意见|通知|公约|条约)"
    r"(?:\((?:[一二三四五六七八九十]+|试行|暂行|草案)\)|[一二三四五六七八九十])?$"
)
# 方法, 合法, 说法 ...: words that end like the name of a law; 规定 alone names none either.
_PLAIN_WORD = re.compile(
    r"[方做说看用想书司执违合非依立普守手无设没打算写读枉知学懂讲枪家军]法$"
    r"|^(?:规定|办法|解释|规则|决定|决议|意见|通知|法律|公约|条约)$"
)
_NOT_LAW = re.compile(
    r"(?:合同|协议|协议书|章程|规约|民约|(?:业主|村民|居民|文明|小区|管理)公约|手册|制度|判决书?|"
    r"裁定书?|调解书|通知书|承诺书|意见书|约定|须知|守则|声明|遗嘱|保单|条款|方案|纪律|附件.?)$"
)
_HOUSE_RULE = re.compile(r"公司|单位|厂|小区|物业|平台|学校|我们|你们|双方|[甲乙]方|内部")
_STOP = re.compile(
    r"[\n,。;:!?“”\"「」『』~|、]|根据|依据|依照|按照|参照|遵照|违反|触犯|适用|援引|引用|结合|"
    r"符合|属于|以及|或者|同时|(?<!共)和|(?<!数)据|(?<!意)见|看(?!守)|[与及或的是由按依在即像查了]"
)
_LOOKED_AT = 60
_REMARK = re.compile(r"(?:\((?![一二三四五六七八九十]+\)|试行|暂行)[^()]{0,40}\)|的|中|之|里)$")


def name_before(text: str, pos: int) -> str:
    """The words before pos that read like the name of a law; "" if they do not.

    >>> name_before("公司违反劳动保护法第五条", 9), name_before("用下面的方法第一条", 6)
    ('劳动保护法', '')
    """
    before = _REMARK.sub("", text[max(0, pos - _LOOKED_AT) : pos])
    start = 0
    for stop in _STOP.finditer(before):
        if _KIND.search(before, stop.end()):
            start = stop.end()
    name = before[start:]
    if len(name) < 2 or not _KIND.search(name) or _PLAIN_WORD.search(name):
        return ""
    return name


def looks_like_law(title: str) -> bool:
    """Whether a title is that of a law, held or not: 《劳动保护法》 but not 《红楼梦》."""
    return _KIND.search(title) is not None


def is_no_law(title: str) -> bool:
    """Whether a title is that of a contract, a judgment, a handbook.

    >>> is_no_law("房屋租赁合同"), is_no_law("劳动合同法")
    (True, False)
    """
    return _NOT_LAW.search(title) is not None


def is_house_rule(name: str) -> bool:
    """Whether words before 第…条 mean a rule of a firm or a school.

    >>> is_house_rule("公司考勤规定"), is_house_rule("公司法解释三"), is_house_rule("公司法")
    (True, False, False)
    """
    rest = name.replace("公司法", "")
    return _HOUSE_RULE.search(rest) is not None and not rest.endswith("法")


def no_law_before(text: str, pos: int) -> bool:
    """Whether 第…条 at pos is a clause of a contract or the like: 租房合同的第三条."""
    before = _REMARK.sub("", text[max(0, pos - 20) : pos])
    return _NOT_LAW.search(before.rstrip('》”"中里')) is not None
