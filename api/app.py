"""The web application: routes, headers, errors; the parts are handed in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response

from api import errors
from api.channels import (
    aid,
    answer_page,
    contact,
    embed,
    guides,
    laws,
    my,
    orders,
    papers,
    places,
    rasa_actions,
    ratings,
    speech,
    talk,
    tools,
    web,
)
from api.channels.kiosk import routes as kiosk
from api.channels.programs import admitted
from api.channels.wechat import callback
from api.channels.wechat.setup import Channels
from api.console import aid as console_aid
from api.console import answers, case, deliveries, live, login, people, queue, reviews_api
from api.console import orders as console_orders
from api.console.sessions import rotate
from api.core.errors import CoreError
from api.notifying import open_delivery, sweep
from api.pages import HERE
from api.storage.api_keys import ApiKeys
from api.storage.migrate import migrate
from api.wiring import Application, live_faq
from speech.aloud import Aloud
from speech.errors import SpeechError

_log = logging.getLogger(__name__)
_LARGEST_BODY = 256 * 1024
_LARGEST_UPLOAD = 11 * 1024 * 1024
_PATIENCE = 180
_INDEX_FIRST = 5  # seconds
_TICK_SECONDS = 1.0
_ABOUT = "Programs send `Authorization: Bearer <key>`; a key has scopes and a daily quota."
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(parts: Application) -> FastAPI:
    """The application over these parts; the database is brought up to date at start."""

    channels = Channels(parts)
    delivery = open_delivery(parts, channels)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        migrate(parts.engine)
        warming = (asyncio.to_thread(_warm, parts), _warm_dialogue(parts), _warm_hearing(parts))
        tasks = [asyncio.create_task(one) for one in (*warming, _tick(parts))]
        tasks += [asyncio.create_task(one) for one in (delivery.run(), sweep(channels))]
        yield
        for task in tasks:
            task.cancel()
        await parts.hearing.supervisor.close()
        await channels.close()
        await parts.rasa.close()
        parts.engine.dispose()

    app = FastAPI(
        title="问法",
        version="0.1.0",
        description=_ABOUT,
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        dependencies=[Depends(admitted)],
    )
    app.state.settings = parts.settings
    app.state.services = parts.services
    app.state.messages = parts.messages
    app.state.office = parts.office
    app.state.live_faq = live_faq(parts.settings, parts.office)
    app.state.library = parts.library
    app.state.casework = parts.casework
    app.state.hearing = parts.hearing
    app.state.accounts = channels.accounts
    app.state.links = channels.links
    app.state.pictures = channels.pictures
    app.state.outbox = channels.outbox
    app.state.contacts = channels.contacts
    app.state.api_keys = ApiKeys(parts.engine, parts.services.now)
    app.state.aloud = Aloud()
    app.state.home = parts.home
    app.state.texts = parts.texts
    app.include_router(web.router)
    app.include_router(talk.router)
    app.include_router(embed.router)
    app.include_router(speech.router)
    app.include_router(callback.router)
    app.include_router(answer_page.router)
    app.include_router(contact.router)
    app.include_router(rasa_actions.router)
    app.include_router(console_orders.router)
    app.include_router(console_aid.router)
    for part in (login, queue, answers, case, deliveries, live, people, reviews_api):
        app.include_router(part.router)
    app.include_router(aid.router)
    app.include_router(papers.router)
    app.include_router(orders.router)
    app.include_router(guides.router)
    app.include_router(places.router)
    app.include_router(tools.router)
    app.include_router(laws.router)
    app.include_router(kiosk.router)
    app.include_router(ratings.router)
    app.include_router(my.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.middleware("http")(rotate)
    app.middleware("http")(_guard)
    app.add_middleware(GZipMiddleware, minimum_size=1024)  # leaves event streams alone
    errors.install(app)
    _add_health(app, parts)
    return app


def _warm(parts: Application) -> None:
    """Load the index before the first resident waits for it."""
    try:
        now = parts.services.now()
        found = parts.library.search("公司拖欠工资怎么办", now.date(), 1)
        parts.library.verify("《中华人民共和国民法典》第一条", now.date())
        _log.info("ready, %d articles", len(parts.library.corpus.articles) if found else 0)
    except CoreError as error:
        _log.error("%s", error)


async def _warm_dialogue(parts: Application) -> None:
    """Wait for the dialogue to come up, so that the first resident need not."""
    for _ in range(_PATIENCE):
        if await parts.rasa.ready():
            address = f"http://{parts.settings.host}:{parts.settings.port}"
            _log.warning("问法已启动：%s", address)
            return
        await asyncio.sleep(1)
    _log.error("对话服务没有启动；问题将直接检索法律")


async def _warm_hearing(parts: Application) -> None:
    """Load the speech model, if there is one, after the index has had the processors."""
    try:
        await asyncio.sleep(_INDEX_FIRST)
        await parts.hearing.supervisor.warm()
    except SpeechError as error:
        _log.info("speech: %s", error)


async def _tick(parts: Application) -> None:
    """Run the desk's clock; a failure is logged and the next second tries again."""
    while True:
        try:
            await asyncio.to_thread(parts.office.clockwork.tick)
            await asyncio.to_thread(parts.home.daily.tick)
        except CoreError as error:
            _log.warning("desk: %s", error.code)
        await asyncio.sleep(_TICK_SECONDS)


def _add_health(app: FastAPI, parts: Application) -> None:
    @app.get("/healthz", include_in_schema=False)
    def healthz() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def readyz() -> JSONResponse:
        """Which parts work; 503 only when no question could be answered."""
        try:
            articles = await asyncio.to_thread(lambda: len(parts.library.corpus.articles))
        except CoreError:
            articles = 0
        dialogue = await parts.rasa.ready()
        body: dict[str, object] = {"articles": articles, "dialogue": dialogue}
        body["speech"] = parts.hearing.supervisor.state
        return JSONResponse(body, 200 if articles else 503)


async def _guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse bodies no message needs, and set the headers every answer carries."""
    length = request.headers.get("content-length", "0")
    uploads = request.url.path == speech.PATH or request.url.path.endswith("/photos")
    largest = _LARGEST_UPLOAD if uploads else _LARGEST_BODY
    if length.isascii() and length.isdigit() and int(length) > largest:
        error = {"code": "too_large", "message": "发送的内容太大。", "field": None, "reference": ""}
        return JSONResponse({"error": error}, 413)
    response = await call_next(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
