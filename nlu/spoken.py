"""Spoken words as one writes them, and what of them must be read back before it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlu.errors import NumberUnreadable
from nlu.money import Money, find_money
from nlu.numerals import read_number

_DIGIT = "零〇一二三四五六七八九"
_NUMBER = rf"[{_DIGIT}十百千两\d]{{1,8}}"
_BEFORE = "我你他她的说问想是按照据在看查有了那"  # words before the name of a law
_ARTICLE = re.compile(
    rf"(?P<law>(?:(?![{_BEFORE}])[㐀-鿿]){{1,24}}?(?:法典|法|条例|规定|办法|解释))(?:的|里面?的?|上的?)?"
    rf"第?(?P<number>{_NUMBER})条(?P<of>之[一二三四五六七八九十])?"
)
_DATE = re.compile(
    rf"(?:(?P<year>[{_DIGIT}\d]{{4}}|今|去|前)年的?)?(?P<month>[{_DIGIT}十\d]{{1,3}})月份?的?"
    rf"(?P<day>[{_DIGIT}十\d]{{1,3}})[号日]"
)
_FILLERS = re.compile(r"(?:(?:嗯|呃|额|那个那个|就是就是)[，、]?)+")
_STUTTER = re.compile(r"(我|他|她|你|老板|就|这个|那个)\1{2,}")
_UNITS = ("", "十", "百", "千")


@dataclass(frozen=True)
class ReadBack:
    """Something exact that was heard: `kind` is amount, date or article; `says` is for reading."""

    kind: str
    heard: str
    says: str


def tidy(text: str) -> str:
    """Leave out hesitation and write numbers of articles the official way.

    >>> tidy("嗯那个民法典一千零七十九条说的离婚")
    '那个民法典第一千零七十九条说的离婚'
    >>> tidy("劳动合同法第85条，我我我想问")
    '劳动合同法第八十五条，我想问'
    >>> tidy("这栋楼有二十条电线")
    '这栋楼有二十条电线'
    """
    plain = _STUTTER.sub(r"\1", _FILLERS.sub("", text))
    if not plain.strip("，。？！、 "):
        return text  # 嗯 alone is a yes
    return _ARTICLE.sub(_official, plain)


def read_back(text: str) -> tuple[ReadBack, ...]:
    """Amounts, dates and articles in a text, in the order they were said.

    >>> [r.says for r in read_back("去年三月五号借了两万块，民法典第六百七十五条")]
    ['去年3月5日', '20,000元', '民法典第六百七十五条']
    """
    sums = ((m.start, "amount", text[m.start : m.end], _yuan(m)) for m in find_money(text))
    days = ((m.start(), "date", m[0], _day(m)) for m in _DATE.finditer(text))
    articles = ((m.start(), "article", m[0], m[0]) for m in _ARTICLE.finditer(text))
    found = sorted(row for row in (*sums, *days, *articles) if row[3])
    return tuple(ReadBack(kind, heard, says) for _, kind, heard, says in found)


def article_number(number: int) -> str:
    """A number as articles carry it.

    >>> [article_number(n) for n in (9, 10, 18, 20, 105, 110, 1079, 1200)]
    ['九', '十', '十八', '二十', '一百零五', '一百一十', '一千零七十九', '一千二百']
    """
    digits = str(number)
    text = ""
    for place, digit in enumerate(digits):
        unit = _UNITS[len(digits) - place - 1]
        if digit != "0":
            text += _DIGIT.replace("〇", "")[int(digit)] + unit
        elif not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text[1:] if 10 <= number < 20 else text


def _official(match: re.Match[str]) -> str:
    try:
        number = int(read_number(match["number"]))
    except NumberUnreadable:
        return match[0]
    if not 0 < number < 10_000:
        return match[0]
    return f"{match['law']}第{article_number(number)}条{match['of'] or ''}"


def _yuan(money: Money) -> str:
    yuan = money.yuan
    about = "大约" if money.about else ""
    return f"{about}{yuan:,}元"


def _day(match: re.Match[str]) -> str:
    try:
        month, day = int(read_number(match["month"])), int(read_number(match["day"]))
    except NumberUnreadable:
        return ""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return ""
    year = match["year"] or ""
    if len(year) == 4:
        year = "".join(str(_DIGIT.replace("〇", "").find(c)) if c in _DIGIT else c for c in year)
    return f"{year}年{month}月{day}日" if year else f"{month}月{day}日"
