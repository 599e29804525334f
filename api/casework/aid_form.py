"""The legal-aid form: words of a page or of JSON into facts, with a sentence for what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pydantic import BaseModel, Field

from api.casework.aid import Applicant
from api.casework.errors import FormInvalid
from knowledge.legal_aid import AidFacts, Exemption, Matter

_PHONE = re.compile(r"^[0-9+\- ]{7,20}$")
_ID_NUMBER = re.compile(r"^\d{17}[\dXx]$")
_MOST_STORY = 3000


class AidQuestions(BaseModel):
    """What the first page asks; everything may be left open."""

    matter: str = Field("", max_length=32, examples=["wages"])
    exemptions: list[str] = Field(default_factory=list, max_length=8)
    age: str = Field("", max_length=16, examples=["46"])
    disabled: bool = False
    no_fixed_income: bool = False
    on_relief: bool = False
    migrant_worker: bool = False
    income: str = Field("", max_length=16, examples=["1200"])
    limit_ends_on: str = Field("", max_length=16, examples=["2026-12-01"])
    needs_preservation: bool = False

    def facts(self) -> AidFacts:
        """The facts.

        Raises:
            FormInvalid: a field cannot be read; the message says how to write it.
        """
        return AidFacts(
            matter=_matter(self.matter),
            exemptions=tuple(e for e in Exemption if e.value in self.exemptions),
            age=_age(self.age),
            disabled=self.disabled,
            no_fixed_income=self.no_fixed_income,
            on_relief=self.on_relief,
            migrant_worker=self.migrant_worker,
            income=_income(self.income),
            limit_ends_on=_day(self.limit_ends_on),
            needs_preservation=self.needs_preservation,
        )


class AidForm(AidQuestions):
    """The questions with the applicant's own words: the whole application."""

    name: str = Field("", max_length=64)
    phone: str = Field("", max_length=32)
    id_number: str = Field("", max_length=32)
    township: str = Field("", max_length=32)
    address: str = Field("", max_length=200)
    opponent: str = Field("", max_length=200)
    story: str = Field("", max_length=20_000)
    carried: str = Field("", max_length=32)

    def applicant(self) -> Applicant:
        """Who applies.

        Raises:
            FormInvalid: a field that is needed is empty or cannot be right.
        """
        if not self.name.strip():
            raise FormInvalid("请写您的姓名", "name")
        if not _PHONE.match(self.phone.strip()):
            raise FormInvalid("请写能打通的电话，例如13800000000", "phone")
        if self.id_number.strip() and not _ID_NUMBER.match(self.id_number.strip()):
            raise FormInvalid("身份证号应是18位；不想写可以空着，到窗口再出示", "id_number")
        if not self.story.strip():
            raise FormInvalid("请写几句发生了什么事、想要什么", "story")
        if len(self.story) > _MOST_STORY:
            raise FormInvalid(f"事情写得太长：最多{_MOST_STORY}个字，先写最要紧的", "story")
        return Applicant(
            name=self.name.strip(),
            phone=self.phone.strip(),
            story=self.story.strip(),
            id_number=self.id_number.strip().upper(),
            township=self.township.strip(),
            address=self.address.strip(),
            opponent=self.opponent.strip(),
        )


def from_carried(facts: Mapping[str, str]) -> dict[str, str]:
    """What a conversation already told, under the names of this form."""
    known = {name: facts[name] for name in AidForm.model_fields if facts.get(name)}
    if facts.get("employer"):
        known.setdefault("opponent", facts["employer"])
        known.setdefault("matter", Matter.WAGES.value)
    told = facts.get("story") or facts.get("summary", "")
    return known | ({"story": told} if told else {})


def _matter(text: str) -> Matter | None:
    try:
        return Matter(text) if text else None
    except ValueError as error:
        raise FormInvalid("请在列出的事情里选一类", "matter") from error


def _age(text: str) -> int | None:
    words = text.strip().removesuffix("岁").removesuffix("周")
    if words and not (words.isascii() and words.isdigit()):
        raise FormInvalid("年龄请写周岁的数字，例如45", "age")
    return int(words) if words else None


def _income(text: str) -> Decimal | None:
    words = text.replace(",", "").strip().removesuffix("元")
    try:
        amount = Decimal(words) if words else None
    except InvalidOperation as error:
        raise FormInvalid("收入请写数字，家里每人每月多少元，例如1200", "income") from error
    if amount is not None and not amount.is_finite():
        raise FormInvalid("收入请写数字，家里每人每月多少元，例如1200", "income")
    return amount


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise FormInvalid("日期请写成2026-12-01的样子", "limit_ends_on") from error
