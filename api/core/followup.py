"""A follow-up is asked in the light of the question before it."""

from __future__ import annotations

import re

from api.core.clarify import completes
from api.core.types import Context

_LONGEST = 24
_OPENS = re.compile(
    r"^(那|那么|然后|还有|另外|如果|要是|万一|假如|可是|但是|他|她|它|对方|老板|商家|村里|公司|保险公司|"
    r"这个|这种|多久|多长|多少|要多|需要|要交|要带|要准备|去哪|在哪|到哪|找谁|怎么算|为什么|凭什么|"
    r"不给|不同意|只有|没有?签|没有?合同|没领|过了|干了|出嫁|疫苗)"
)
_PUTS_RIGHT = re.compile(
    r"^(?:我|刚才|不好意思|哦|噢|喔|，|,)*(?:[说讲记搞弄写打]错了?|更正)|^不对[，,]|"
    r"^不是[^，。,]{1,12}[，,]?是(?!不是)[^怎吗？?]*$"
)
_LEANS = re.compile(r"呢[？?。！]?$|^.{0,8}(?:算不算|有份吗|行不行|怎么办)[？?]?$")
_A_MATTER_OF_ITS_OWN = re.compile(
    r"工资|工钱|辞退|工伤|离婚|彩礼|抚养权|宅基地|承包地|押金|假货|手机|继承|遗嘱|借条|车祸|交通事故|"
    r"误诊|医院|罚款|派出所|低保|社保|房东|邻居|法律援助"
)


def in_context(words: str, context: Context) -> str:
    """The words to search with; a short follow-up gets its question put in front.

    >>> in_context("那要多久？", Context(question="公司拖欠工资怎么办"))
    '公司拖欠工资怎么办 那要多久？'
    >>> in_context("没领", Context(question="彩礼能退吗；登记没有："))
    '彩礼能退吗；登记没有：没领'
    >>> in_context("彩礼能要回来吗", Context(question="公司拖欠工资怎么办"))
    '彩礼能要回来吗'
    """
    if completes(words, context):
        return f"{context.question}{words}"
    if context.question and is_followup(words):
        return f"{context.question} {words}"
    return words


def is_followup(words: str) -> bool:
    """Whether the words lean on what was said before.

    >>> is_followup("没领证呢"), is_followup("房东不退押金怎么办")
    (True, False)
    >>> is_followup("不是三个月，是五个月"), is_followup("我记错了，工资是八千")
    (True, True)
    """
    if len(words) <= _LONGEST and _PUTS_RIGHT.search(words):
        return True
    if len(words) > _LONGEST or _A_MATTER_OF_ITS_OWN.search(words):
        return False
    return bool(_OPENS.match(words) or _LEANS.search(words))
