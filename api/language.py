"""Which language a request is answered in, and the words of it (docs/adr/0009)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from babel.messages.pofile import read_po
from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCALE = Path(__file__).parent / "locale"
COOKIE = "wenfa_language"
#: Sentences of the server that the scripts look up: kinds of danger, labels, states of a law.
_SCRIPTS = (
    ".js",
    "risks.yml",
    "core/types.py",
    "core/tasks.py",
    "core/gate.py",
    "knowledge/types.py",
)
_YEAR = 366 * 24 * 3600  # seconds
#: Where a resident goes in either language; every other page is Chinese alone.
_SPOKEN = ("/api/", "/talk", "/embed", "/my", "/contact", "/ratings", "/law/")
#: Pages that only a form leads to, and the page one comes back to in the other language.
_BEFORE = {"/my/code": "/my", "/my/enter": "/my", "/ratings": "/"}


class Language(StrEnum):
    """What the pages can speak, as in the attribute `lang`."""

    CHINESE = "zh-CN"
    ENGLISH = "en"


_current = ContextVar("language", default=Language.CHINESE)


def current() -> Language:
    """The language of the request under way; Chinese outside of one."""
    return _current.get()


def gettext(text: str) -> str:
    """A sentence in the language of the request; itself, in Chinese, where none is written."""
    return _words(current()).get(text, text)


def script_words() -> Mapping[str, str]:
    """What the chat's scripts say, for the page to hand over; empty in Chinese."""
    return _script_words(current())


def choose(language: Language) -> None:
    """Speak this from now on, until the request or connection ends."""
    _current.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Another language than the request's, for what is read elsewhere."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def asked(request: Request) -> Language:
    """The language wanted: the address, then the kept choice, then what the browser is set to.

    Calls of a page say the page's own language, whatever was chosen elsewhere since.
    """
    if not spoken(request):
        return Language.CHINESE
    if not request.url.path.startswith("/api/"):
        for choice in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
            if choice in list(Language):
                return Language(choice)
    return preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> Language:
    """The first language of an Accept-Language header that the pages can speak.

    >>> preferred("fr, en-GB;q=0.8, zh;q=0.5"), preferred("zh-TW,en"), preferred("*;q=x")
    (<Language.ENGLISH: 'en'>, <Language.CHINESE: 'zh-CN'>, <Language.CHINESE: 'zh-CN'>)
    """
    by_tag = {one.value.split("-")[0]: one for one in Language}
    given = [part.partition(";") for part in header.lower().split(",")]
    best_first = sorted(given, key=lambda part: -_weight(part[2]))
    tags = (tag.strip().split("-")[0] for tag, _, _ in best_first)
    return next((by_tag[tag] for tag in tags if tag in by_tag), Language.CHINESE)


def spoken(request: Request) -> bool:
    """Whether there is another language to choose here."""
    return request.url.path == "/" or request.url.path.startswith(_SPOKEN)


def turned(request: Request) -> str:
    """The address of this page in the other language."""
    other = next(one for one in Language if one is not current())
    path = _BEFORE.get(request.url.path, request.url.path)
    return f"{path}?{urlencode({**request.query_params, 'lang': other.value})}"


class Speak:
    """Answers every request in the language asked for, and keeps a choice."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; plain ASGI as in api/edges.py, and for its reason."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request = Request(scope)
        language = asked(request)

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and spoken(request):
                _tell(MutableHeaders(scope=message), language, request)
            await send(message)

        with speaking(language):
            await self._app(scope, receive, told)


def _tell(headers: MutableHeaders, language: Language, request: Request) -> None:
    """Say which language the answer is in; keep it, where it was chosen by the address."""
    headers.setdefault("Content-Language", language.value)
    headers.add_vary_header("Accept-Language, Cookie")
    if request.query_params.get("lang") == language.value and request.method == "GET":
        secure, keeping = request.url.scheme == "https", Response()
        keeping.set_cookie(
            COOKIE, language.value, _YEAR, httponly=True, secure=secure, samesite="lax"
        )
        headers.append("Set-Cookie", keeping.headers["Set-Cookie"])


def _weight(quality: str) -> float:
    try:
        return float(quality.partition("=")[2] or 1)
    except ValueError:
        return 0.0


@cache
def _messages(language: Language) -> list[tuple[str, str, bool]]:
    """Chinese, translation, and whether a script says it."""
    path = LOCALE / f"{language.value}.po"
    if not path.is_file():
        return []
    with path.open("rb") as file:
        return [
            (
                str(one.id),
                str(one.string),
                any(name.endswith(_SCRIPTS) for name, _ in one.locations),
            )
            for one in read_po(file)
            if one.id and one.string and not one.fuzzy
        ]


@cache
def _words(language: Language) -> Mapping[str, str]:
    return {chinese: words for chinese, words, _ in _messages(language)}


@cache
def _script_words(language: Language) -> Mapping[str, str]:
    return {chinese: words for chinese, words, in_script in _messages(language) if in_script}
