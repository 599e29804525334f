"""Parse and print the citation of one article: 《…》第…条(之…)(第…款)(第…项)."""

from __future__ import annotations

import re

from knowledge.citations.folding import fold_with_origins
from knowledge.errors import ReferenceInvalid
from knowledge.numbers import from_chinese, to_chinese
from knowledge.types import ArticleRef

NUMERAL = "(?:[0-9]{1,6}|[零〇一二两三四五六七八九十百千]{1,9})"
# A few decisions are divided into 条目一, 条目二 ..., or are one text without numbers.
_REF = re.compile(
    r"(?:《(?P<law>.+)》|(?P<bare>[^《》]+?))"
    rf"(?:条目(?P<entry>{NUMERAL})|(?P<whole>全文)|第(?P<article>{NUMERAL})条)"
    rf"(?:之(?P<sub>{NUMERAL}))?"
    rf"(?:第(?P<paragraph>{NUMERAL})款)?"
    rf"(?:第\(?(?P<item>{NUMERAL})\)?项)?\n*"
)


def article_number(number: int, sub: int | None = None) -> str:
    """The official number of an article.

    >>> article_number(47), article_number(133, 1)
    ('第四十七条', '第一百三十三条之一')
    """
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")


def parse_ref(text: str) -> ArticleRef:
    """Read one citation, with Chinese or Arabic numerals of any width and blanks anywhere.

    Raises:
        ReferenceInvalid: text is anything else than one citation.

    >>> parse_ref("《中华人民共和国刑法》第 133 条之一第一款第（二）项")
    ArticleRef(law='中华人民共和国刑法', article='第一百三十三条之一', paragraph=1, item=2)
    """
    folded = fold_with_origins(text)
    match = _REF.fullmatch(folded.text)
    if not match:
        raise ReferenceInvalid(text)
    law = folded.words(*match.span("law" if match["law"] else "bare")).strip()
    try:
        return ArticleRef(
            law=law,
            article=_article(match),
            paragraph=_positive(match["paragraph"]),
            item=_positive(match["item"]),
        )
    except ValueError as error:
        raise ReferenceInvalid(text) from error


def print_ref(ref: ArticleRef) -> str:
    """Write a citation the way courts do.

    >>> print_ref(ArticleRef("中华人民共和国民法典", "第一千零七十九条", paragraph=3, item=2))
    '《中华人民共和国民法典》第一千零七十九条第三款第（二）项'
    """
    text = f"《{ref.law}》{ref.article}"
    if ref.paragraph:
        text += f"第{to_chinese(ref.paragraph)}款"
    if ref.item:
        text += f"第（{to_chinese(ref.item)}）项"
    return text


def _article(match: re.Match[str]) -> str:
    if match["whole"]:
        return "全文"
    number = from_chinese(match["entry"] or match["article"])
    official = article_number(number, _positive(match["sub"]))
    return f"条目{to_chinese(number)}" if match["entry"] else official


def _positive(text: str | None) -> int | None:
    if text is None:
        return None
    number = from_chinese(text)
    to_chinese(number)  # raises for 第零款, which nobody can print again
    return number
