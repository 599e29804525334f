"""The audit trail's chain: every row sealed with the row before it, by a key the database lacks.

Words of people are not sealed themselves but by a salted digest: erased words leave the chain
whole, and the row says that they were erased.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

FIRST = ""


@dataclass(frozen=True)
class Entry:
    """One row as stored; `details` includes the digest of each text under "text:<name>"."""

    number: int
    at: str
    by: str
    action: str
    review: int | None
    before: str
    after: str
    details: Mapping[str, str]
    previous: str
    hash: str = ""
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Where the trail does not hold, and why."""

    number: int
    what: str


def seal(entry: Entry, key: bytes) -> str:
    """The hash of a row: everything in it and the hash before it, keyed."""
    body = asdict(entry) | {"details": dict(entry.details)}
    del body["hash"], body["texts"]
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(key, plain.encode(), "sha256").hex()


def text_digest(salt: str, text: str) -> str:
    """What is sealed of somebody's words."""
    return hashlib.sha256(f"{salt}\0{text}".encode()).hexdigest()


def faults(entries: Iterable[Entry], head: tuple[int, str], key: bytes) -> list[Fault]:
    """Every changed, missing, added or reordered row.

    `head` is the number of rows and the last hash, kept apart.
    """
    found, previous, expected = [], FIRST, 1
    for entry in entries:
        if entry.number != expected:
            found.append(Fault(expected, f"缺第{expected}行至第{entry.number - 1}行"))
        elif entry.previous != previous:
            found.append(Fault(entry.number, "与前一行接不上（被改动或调换）"))
        if not hmac.compare_digest(entry.hash, seal(entry, key)):
            found.append(Fault(entry.number, "内容被改动"))
        found += [
            Fault(entry.number, f"附带文字“{name}”被改动")
            for name, (salt, text) in entry.texts.items()
            if entry.details.get(f"text:{name}") != text_digest(salt, text)
        ]
        previous, expected = entry.hash, entry.number + 1
    count, last = head
    if expected - 1 != count or previous != last:
        found.append(Fault(expected, f"末尾应有{count}行，与记录不符"))
    return found
