"""Ten stories told to the running system, as Markdown: python -m eval.transcripts URL.

The system is the real one (`make run`): Rasa, search, gate, forms. `make transcripts` keeps them.
"""

from __future__ import annotations

import argparse
import sys
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import yaml

STORIES = Path(__file__).with_suffix(".yml")
_PATIENCE = 120
_LISTS = (("steps", "怎么做"), ("materials", "带什么"), ("deadlines", "期限"), ("where", "去哪里"))
_HEAD = """# Transcripts

Ten stories of our own, told to the running system on {today}; made by `make transcripts` from
`eval/transcripts.yml`. In brackets: what the gate decided (release, hold, clarify, urgent,
smalltalk, out_of_scope). Labels and buttons that stand under every answer are left out.
"""


def main() -> None:
    """Print all transcripts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000")
    url = parser.parse_args().url
    sys.stdout.write(_HEAD.format(today=date.today().isoformat()))  # noqa: DTZ011 - a date to read
    with httpx.Client(base_url=url, timeout=_PATIENCE, trust_env=False) as http:
        for number, story in enumerate(yaml.safe_load(STORIES.read_text(encoding="utf-8")), 1):
            sys.stdout.write(f"\n## {number}. {story['title']}\n")
            sys.stdout.write("".join(told(http, story["says"])))
            sys.stdout.write(f"\n*{story['note']}*\n" if "note" in story else "")
            sys.stdout.flush()


def told(http: httpx.Client, says: list[str]) -> Iterator[str]:
    """One conversation, a piece of Markdown for each turn."""
    conversation = uuid.uuid4().hex
    for text in says:
        body = {"conversation": conversation, "client_message_id": uuid.uuid4().hex, "text": text}
        reply = http.post("/api/v1/messages", json=body).raise_for_status().json()
        yield f"\n**居民：** {text}\n\n" + shown(reply)


def shown(reply: dict[str, Any]) -> str:
    r"""A reply as Markdown.

    >>> print(shown({"decision": "urgent", "answer": "先离开。", "numbers": [
    ...     {"label": "报警", "number": "110"}], "citations": [{"ref": "《民法典》第一条"}]}))
    **问法**［urgent］：先离开。
    <BLANKLINE>
    - 电话：报警 110
    - 依据：《民法典》第一条
    <BLANKLINE>
    """
    numbers = [f"{one['label']} {one['number']}" for one in reply.get("numbers") or ()]
    parts = [
        ("电话", "，".join(numbers)),
        *(
            (title, "；".join(line.rstrip("。") for line in reply.get(name) or ()))
            for name, title in _LISTS
        ),
        ("依据", "，".join(one["ref"] for one in reply.get("citations") or ())),
        ("交给律师，因为", "；".join(reply.get("why_held") or ())),
        ("承诺", reply.get("promise") or ""),
        ("链接", "，".join(one["title"] for one in reply.get("links") or ())),
    ]
    lines = [f"**问法**［{reply['decision']}］：{_quoted(reply['answer'])}", ""]
    lines += [f"- {notice}" for notice in reply.get("notices") or ()]
    lines += [f"- {title}：{text}" for title, text in parts if text]
    return "\n".join(lines).rstrip() + "\n"


def _quoted(answer: str) -> str:
    """Line breaks of an answer kept as Markdown's."""
    return answer.strip().replace("\n", "  \n")


if __name__ == "__main__":
    main()
