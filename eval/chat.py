"""Talk to the running system: python -m eval.chat URL. Shows intent, open case and decision."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from typing import Any

import httpx

from api.settings import Settings


def main() -> None:
    """Read a line, send it, print what came back; an empty line ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="the running program, http://127.0.0.1:8000")
    url = parser.parse_args().url
    settings = Settings()  # type: ignore[call-arg]
    token = {"token": settings.rasa_token.get_secret_value()}
    conversation = f"chat-{uuid.uuid4().hex[:8]}"
    app = httpx.Client(base_url=url, timeout=60, trust_env=False)
    rasa = httpx.Client(base_url=settings.dialogue, params=token, timeout=60, trust_env=False)
    for line in sys.stdin:
        if not line.strip():
            break
        parsed = rasa.post("/model/parse", json={"text": line.strip()}).json()
        body = {"conversation": conversation, "channel": "web", "text": line.strip()}
        body["client_message_id"] = uuid.uuid4().hex
        reply = app.post("/api/v1/messages", json=body).json()
        tracker = rasa.get(f"/conversations/{conversation}/tracker").json()
        sys.stdout.write(shown(parsed, tracker.get("slots") or {}, reply) + "\n")
        sys.stdout.flush()


def shown(parsed: dict[str, Any], slots: dict[str, Any], reply: dict[str, Any]) -> str:
    """One turn as text.

    >>> print(shown({"intent": {"name": "greet", "confidence": 0.98}}, {},
    ...             {"decision": "smalltalk", "answer": "您好！"}))
    [greet 0.98] [smalltalk]
    您好！
    """
    intent = parsed.get("intent") or {}
    case = (slots.get("cases") or {}).get("open")
    head = f"[{intent.get('name')} {intent.get('confidence', 0):.2f}] [{reply.get('decision')}]"
    told = [json.dumps(case, ensure_ascii=False)] if case else []
    return "\n".join([head, *told, *reply.get("notices", []), str(reply.get("answer", reply))])


if __name__ == "__main__":
    main()
