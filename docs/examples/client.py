"""Ask 问法 from a program of your own; needs Python 3.11 and httpx.

    WENFA_URL=https://… WENFA_KEY=wenfa_… python client.py 公司拖欠工资怎么办

The operator makes a key: python -m api.cli key add 某某网站 --scope ask --scope law
"""

from __future__ import annotations

import os
import sys
import uuid
from typing import Any

import httpx


class Wenfa:
    """One conversation; what is asked is understood after what was asked before."""

    def __init__(self, http: httpx.Client, key: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {key}"}
        self._conversation = uuid.uuid4().hex

    def ask(self, text: str) -> dict[str, Any]:
        """The reply: `reply` is the whole of it as text, `decision` says what became of it.

        A held question has `reference` and `promise`; its answer comes later in `news`.
        """
        body = {
            "conversation": self._conversation,
            "text": text,
            "client_message_id": uuid.uuid4().hex,  # send the same one again after a broken line
        }
        return self._call("POST", "/api/v1/messages", json=body)

    def news(self, after: int) -> list[dict[str, Any]]:
        """What was said behind a message number, a lawyer's answer among it."""
        path = f"/api/v1/conversations/{self._conversation}/messages"
        messages: list[dict[str, Any]] = self._call("GET", path, params={"after": after})[
            "messages"
        ]
        return messages

    def article(self, law: str, number: str) -> dict[str, Any]:
        """An article in force today, with its neighbours."""
        return self._call("GET", "/api/v1/articles", params={"law": law, "article": number})

    def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        answer = self._http.request(method, path, headers=self._headers, **more)
        if answer.is_error:
            raise SystemExit(answer.json()["error"]["message"])
        found: dict[str, Any] = answer.json()
        return found


def main() -> None:
    """Ask the question given and print the answer with the law it stands on."""
    with httpx.Client(base_url=os.environ["WENFA_URL"], timeout=60) as http:
        wenfa = Wenfa(http, os.environ["WENFA_KEY"])
        reply = wenfa.ask(sys.argv[1])
        print(reply["reply"])  # noqa: T201
        for cited in reply["citations"]:
            print("\n" + wenfa.article(cited["law"], cited["article"])["text"])  # noqa: T201


if __name__ == "__main__":
    main()
