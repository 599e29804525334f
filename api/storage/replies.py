"""Replies and drafts to JSON and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from api.core.types import Draft, Reply

_REPLY = TypeAdapter(Reply)
_DRAFT = TypeAdapter(Draft)


def reply_to_json(reply: Reply) -> dict[str, Any]:
    """A reply as plain JSON values."""
    plain: dict[str, Any] = _REPLY.dump_python(reply, mode="json")
    return plain


def reply_from_json(raw: dict[str, Any]) -> Reply:
    """The reply written by `reply_to_json`."""
    return _REPLY.validate_python(raw)


def draft_to_json(draft: Draft | None) -> dict[str, Any] | None:
    """A draft as plain JSON values."""
    return asdict(draft) if draft else None


def draft_from_json(raw: dict[str, Any] | None) -> Draft | None:
    """The draft written by `draft_to_json`."""
    return _DRAFT.validate_python(raw) if raw else None
