"""Errors of the desk; each says what is the matter and what to do.

CoreError
├── NotAllowed      this person may not do that
├── Taken           somebody else has the case; says who
├── Stale           the case changed since the page was opened
├── WrongState      the case is not where this can be done
├── TooLate         the seconds for taking back are over
├── WordsMissing    a reason or text is needed
├── LoginFailed     wrong name, password or code, or locked for a while
└── PolicyInvalid   the policy file cannot be used
"""

from __future__ import annotations

from api.core.errors import CoreError


class NotAllowed(CoreError):
    """This person may not do that."""

    code = "forbidden"


class Taken(CoreError):
    """Somebody else has the case."""

    code = "case_taken"

    def __init__(self, reference: str, owner: str) -> None:
        super().__init__(f"{reference}正由{owner}办理。可以先看别的，或者请主管转办。")
        self.owner = owner


class Stale(CoreError):
    """The case changed since the page was opened."""

    code = "case_changed"


class WrongState(CoreError):
    """The case is not where this can be done."""

    code = "wrong_state"


class TooLate(CoreError):
    """The seconds for taking back are over."""

    code = "too_late"


class WordsMissing(CoreError):
    """A reason or text is needed."""

    code = "words_missing"

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class LoginFailed(CoreError):
    """Wrong name, password or code, or locked for a while."""

    code = "login_failed"


class PolicyInvalid(CoreError):
    """The policy file cannot be used."""

    code = "policy_invalid"
