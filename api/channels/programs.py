"""Programs that use the API: their key, what it opens, how often."""

from __future__ import annotations

import asyncio

from starlette.requests import HTTPConnection

from api.core.errors import KeyUnknown
from api.settings import Settings
from api.storage.api_keys import ApiKeys

_SCOPES = {
    "messages": "ask",
    "conversations": "ask",
    "ratings": "ask",
    "articles": "law",
    "rules": "tools",
    "places": "counter",
    "papers": "counter",
    "orders": "counter",
    "legal-aid": "counter",
    "speech": "speech",
}
_OURS = ("same-origin", "none")
_API = "/api/v1/"
_OPEN = ("openapi.json", "session", "reviews", "kiosk")  # published, or with doors of their own


async def admitted(request: HTTPConnection) -> None:
    """Let a request to the API in: a program by its key, our own pages as they are.

    Raises:
        KeyUnknown: the key is wrong, or one is needed and none was sent.
        ScopeMissing: the key does not open this part of the API.
        QuotaSpent: the key's requests of the day are used up.
    """
    path = request.scope["path"]
    part = path.removeprefix(_API).partition("/")[0]
    if not path.startswith(_API) or part in _OPEN:
        return
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        keys: ApiKeys = request.app.state.api_keys
        await asyncio.to_thread(keys.admit, token.strip(), _SCOPES.get(part))
    elif _needs_key(request):
        raise KeyUnknown("请带上密钥：Authorization: Bearer …；密钥向本县司法局申请。")


def _needs_key(request: HTTPConnection) -> bool:
    settings: Settings = request.app.state.settings
    return settings.api_needs_key and request.headers.get("sec-fetch-site") not in _OURS
