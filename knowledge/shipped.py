"""What training made for one encoder and an index takes in; nothing of it suits another encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.passage_head import PassageHead
from knowledge.written_vectors import WrittenVectors


@dataclass(frozen=True)
class Shipped:
    """The head of passages and the written questions' vectors, or neither."""

    head: PassageHead | None = None
    written: WrittenVectors | None = None

    @classmethod
    def of(cls, fingerprint: str) -> Shipped:
        """What suits the plain encoder of that fingerprint."""
        head, written = PassageHead.load(), WrittenVectors.load()
        return cls(
            head if head.fingerprint == fingerprint else None,
            written if written.fingerprint == fingerprint else None,
        )

    @property
    def digest(self) -> str:
        """Names the weights: an index made with others is another index."""
        return "".join(one.digest for one in (self.head, self.written) if one)

    def known(self, asked: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
        """Written questions an index can hold; without a vector they wait for `make train`."""
        lacking = set(self.written.lacking([text for _, text in asked])) if self.written else ()
        return [(row, text) for row, text in asked if text not in lacking]
