"""Mobile numbers: one way of writing, and never whole where a stranger may read."""

from __future__ import annotations

import re
import unicodedata

from api.core.errors import MessageInvalid

_MOBILE = re.compile(r"(?:(?:00|\+)?86)?(1[3-9][0-9]{9})")
_BETWEEN = re.compile(r"[\s\-—.()（）]")


def mobile(text: str) -> str:
    """The eleven digits of a mobile number of the mainland, however it was typed.

    Raises:
        MessageInvalid: it is none.

    >>> mobile("+86 138-0000-0000"), mobile("１３８００００００００")
    ('13800000000', '13800000000')
    """
    found = _MOBILE.fullmatch(_BETWEEN.sub("", unicodedata.normalize("NFKC", text)))
    if found is None:
        raise MessageInvalid("phone_invalid", "请写11位手机号，例如13800000000。", "phone")
    return found[1]


def masked(phone: str) -> str:
    """A number its owner knows again and nobody else can call.

    >>> masked("13800001234")
    '138****1234'
    """
    return f"{phone[:3]}****{phone[-4:]}"
