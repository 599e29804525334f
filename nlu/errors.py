"""Errors of the nlu package.

NluError
├── NumberUnreadable   a text is not one definite number
├── DurationUnreadable a text is not one definite length of time
└── FormUnknown        no form of that name has rules here
"""

from __future__ import annotations


class NluError(ValueError):
    """Base of every error this package raises on purpose."""


class NumberUnreadable(NluError):
    """A text is not one definite number."""

    def __init__(self, text: str) -> None:
        super().__init__(f"读不出确定的数：{text!r}；应形如 三千五、1万2、6k")
        self.text = text


class DurationUnreadable(NluError):
    """A text is not one definite length of time."""

    def __init__(self, text: str) -> None:
        super().__init__(f"读不出确定的时长：{text!r}；应形如 两年半、三个月、40天")
        self.text = text


class FormUnknown(NluError):
    """No form of that name has rules here."""

    def __init__(self, action: str) -> None:
        super().__init__(f"没有名为 {action!r} 的表单校验；见 nlu/forms/webhook.py")
        self.action = action
