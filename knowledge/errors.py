"""Errors of the knowledge package.

KnowledgeError
├── CorpusMissing      the statutes have not been fetched or indexed yet
├── IndexMissing       the search index is absent, or belongs to another corpus
├── WeightsInvalid     the encoder's packed weights cannot be read
├── ReferenceInvalid   a text is not a citation of an article
├── LawUnknown         no law of that name is held
├── ArticleUnknown     the law is held, the article is not in it
├── ArticleNotInForce  the article exists but not on the date asked for
├── FaqInvalid         an FAQ entry breaks its own rules
├── ParametersInvalid  a file of dated values lacks a unit, a day or a source
├── RuleUnknown        no rule of that name
└── FactError          a rule was given a fact it cannot calculate with
"""

from __future__ import annotations

from datetime import date


class KnowledgeError(Exception):
    """Base of every error this package raises on purpose."""


class CorpusMissing(KnowledgeError):
    """The statutes are not where they should be."""


class IndexMissing(KnowledgeError):
    """The search index is absent or was built from another corpus."""


class WeightsInvalid(KnowledgeError):
    """The packed encoder weights are cut short or of another format."""


class ReferenceInvalid(KnowledgeError):
    """A text could not be read as a citation."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"无法识别的法条引用：{text!r}；应形如《中华人民共和国民法典》第一千零七十九条"
        )
        self.text = text


class LawUnknown(KnowledgeError):
    """No law of that name is held."""

    def __init__(self, law: str) -> None:
        super().__init__(f"法规库中没有《{law}》")
        self.law = law


class ArticleUnknown(KnowledgeError):
    """The law is held, but it has no such article."""

    def __init__(self, law: str, number: str) -> None:
        super().__init__(f"《{law}》没有{number}")
        self.law, self.number = law, number


class ArticleNotInForce(KnowledgeError):
    """The article exists, but not on the date asked for."""

    def __init__(self, law: str, number: str, on: date) -> None:
        super().__init__(f"《{law}》{number}在{on.year}年{on.month}月{on.day}日不具有效力")
        self.law, self.number, self.on = law, number, on


class FaqInvalid(KnowledgeError):
    """An FAQ file or entry breaks its own rules."""


class ParametersInvalid(KnowledgeError):
    """A file of dated values cannot be used."""


class RuleUnknown(KnowledgeError):
    """No rule of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有叫“{name}”的计算工具")
        self.name = name


class FactError(KnowledgeError):
    """A rule was given a fact it cannot calculate with; `field` names the input at fault."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
