"""Errors on the way of a question.

CoreError
├── MessageInvalid        what was sent cannot be a question (empty, too long)
├── DialogueUnavailable   Rasa is down, slow, or crashed inside
├── SearchUnavailable     there is no index to search
├── StorageUnavailable    a row could not be written or read
│   └── StorageFull       because the disk is full
├── ReviewUnknown         no case of that number
├── ReplyGone             an answer that was erased
├── FactInvalid           a calculator cannot work with a fact
├── RuleMissing           no calculator of that name
├── AnswerInvalid         a lawyer's answer is empty or cites what does not hold
├── KeyInvalid            a key of the API cannot be made so, or is not there
├── KeyUnknown            a program sent no key, or one that does not work
├── ScopeMissing          a key does not open what was asked for
├── QuotaSpent            a key's requests of the day are used up
├── TextsUnavailable      no short message can be sent now
└── TextRefused           the gateway will never take this short message
"""

from __future__ import annotations


class CoreError(Exception):
    """Base; `code` names the kind for machines, the message is for the reader, in Chinese."""

    code = "error"


class MessageInvalid(CoreError):
    """What was sent cannot be a question."""

    def __init__(self, code: str, message: str, field: str = "text") -> None:
        super().__init__(message)
        self.code, self.field = code, field


class DialogueUnavailable(CoreError):
    """Rasa is down, slow, or crashed inside."""

    code = "dialogue_unavailable"


class SearchUnavailable(CoreError):
    """There is no index to search."""

    code = "search_unavailable"


class StorageUnavailable(CoreError):
    """A row could not be written or read."""

    code = "storage_unavailable"


class StorageFull(StorageUnavailable):
    """The disk, or the database's share of it, is full."""

    code = "storage_full"


class ReplyGone(CoreError):
    """An answer that was erased."""

    code = "reply_gone"


class ReviewUnknown(CoreError):
    """No case of that number."""

    code = "review_unknown"


class AnswerInvalid(CoreError):
    """A lawyer's answer is empty, or cites what does not hold."""

    code = "answer_invalid"


class FactInvalid(CoreError):
    """A calculator cannot work with a fact; `field` names the input at fault."""

    code = "fact_invalid"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class RuleMissing(CoreError):
    """No calculator of that name."""

    code = "rule_missing"


class KeyInvalid(CoreError):
    """A key of the API cannot be made so, or is not there."""

    code = "key_invalid"


class KeyUnknown(CoreError):
    """A program sent no key, or one that does not work."""

    code = "key_unknown"


class ScopeMissing(CoreError):
    """A key does not open what was asked for."""

    code = "scope_missing"


class QuotaSpent(CoreError):
    """A key's requests of the day are used up."""

    code = "quota_spent"


class TextsUnavailable(CoreError):
    """No short message can be sent now; the same one may be tried again."""

    code = "texts_unavailable"


class TextRefused(CoreError):
    """The gateway will never take this short message."""

    code = "text_refused"
