"""The web application: routes, headers, errors; the parts are handed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from api import errors
from api.background import answerers, clocks, warmings
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
    photos,
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
from api.clients.identity import TypedIdentity
from api.console import aid as console_aid
from api.console import answers, case, deliveries, live, login, people, queue, reviews_api
from api.console import kiosks as console_kiosks
from api.console import orders as console_orders
from api.console.sessions import Rotation
from api.edges import Guard
from api.faq_live import LiveFaq
from api.health import Measured, Metrics, health
from api.language import Speak
from api.pages import HERE
from api.stopping import going
from api.storage.api_keys import ApiKeys
from api.storage.migrate import migrate
from api.wiring import Application, live_faq
from speech.aloud import Aloud

_ABOUT = "Programs send `Authorization: Bearer <key>`; a key has scopes and a daily quota."

# Routes are tried in this order: what is called all day comes first; answers' /to-faq before
# case's /{action}.
_ROUTERS = tuple(
    part.router
    for part in (
        *(web, callback, reviews_api, queue, answers, case, live),
        *(talk, photos, embed, speech, answer_page, contact, rasa_actions, kiosk),
        *(aid, papers, orders, guides, places, tools, laws, ratings, my),
        *(console_orders, console_kiosks, console_aid, deliveries, login, people),
    )
)


def create_app(parts: Application) -> FastAPI:
    """The application over these parts; the database is brought up to date at start."""
    channels, faq, metrics = Channels(parts), live_faq(parts.settings, parts.office), Metrics()

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        migrate(parts.engine)
        by_the_clock = clocks(parts, channels, faq) if parts.settings.background else ()
        async with going((*answerers(channels), *by_the_clock), beside=warmings(parts)):
            yield
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
    _share(app, parts, channels, faq)
    for router in _ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_middleware(Rotation)
    app.add_middleware(Guard)
    app.add_middleware(Speak)
    app.add_middleware(Measured, metrics=metrics)
    app.add_middleware(GZipMiddleware, minimum_size=1024)  # leaves event streams alone
    errors.install(app)
    app.include_router(health(parts, metrics))
    return app


def _share(app: FastAPI, parts: Application, channels: Channels, faq: LiveFaq) -> None:
    """What the routes find in `app.state`."""
    app.state.settings = parts.settings
    app.state.services = parts.services
    app.state.messages = parts.messages
    app.state.office = parts.office
    app.state.live_faq = faq
    app.state.library = parts.library
    app.state.casework = parts.casework
    app.state.hearing = parts.hearing
    app.state.accounts = channels.accounts
    app.state.onward = channels.onward
    app.state.links = channels.links
    app.state.pictures = channels.pictures
    app.state.outbox = channels.outbox
    app.state.contacts = channels.contacts
    app.state.api_keys = ApiKeys(parts.engine, parts.services.now)
    app.state.aloud = Aloud()
    app.state.identity = TypedIdentity()
    app.state.home = parts.home
    app.state.texts = parts.texts
