"""Who somebody is, for filling a paper: a port, and an adapter that takes what is typed.

An adapter of a county's card reader implements `IdentityReader`. No picture of a face passes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from api.casework.errors import FormInvalid
from nlu.redact import is_identity_number


@dataclass(frozen=True)
class Identity:
    """Name and identity number of who stands there."""

    name: str
    number: str

    @property
    def masked(self) -> str:
        """The number as a screen may show it.

        >>> Identity("张小满", "11010519491231002X").masked
        '110105********002X'
        """
        return f"{self.number[:6]}{'*' * 8}{self.number[-4:]}"

    def facts(self, today: date) -> dict[str, str]:
        """What of it papers ask for, by the names of their fields.

        >>> Identity("张小满", "11010519491231002X").facts(date(2026, 11, 22))["age"]
        '76'
        """
        born = _born(self.number)
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        gender = "男" if int(self.number[16]) % 2 else "女"
        return {"name": self.name, "id_number": self.number, "gender": gender, "age": str(age)}


class IdentityReader(Protocol):
    """Finds out who somebody is."""

    def read(self, name: str, number: str, today: date) -> Identity:
        """The person of a card, or of what was typed; raises FormInvalid."""


class TypedIdentity:
    """The demonstration adapter: what was typed, its check character and date of birth checked."""

    def read(self, name: str, number: str, today: date) -> Identity:
        """The person as typed.

        Raises:
            FormInvalid: no name, or a number that cannot be one.
        """
        name, number = name.strip(), "".join(number.split()).upper()
        if not name or len(name) > 64:
            raise FormInvalid("请写身份证上的姓名", "name")
        if not is_identity_number(number):
            raise FormInvalid("身份证号不对：一共18位，请对着身份证再看一遍", "number")
        try:
            born = _born(number)
        except ValueError as error:
            raise FormInvalid("身份证号里的出生日期不对，请再看一遍", "number") from error
        if not date(1900, 1, 1) <= born <= today:
            raise FormInvalid("身份证号里的出生日期不对，请再看一遍", "number")
        return Identity(name, number)


def _born(number: str) -> date:
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
