"""Whether the program is up and how it fares: /healthz, /readyz, /metrics; nobody's words."""

from __future__ import annotations

import asyncio
import secrets
import time

from fastapi import APIRouter, HTTPException, Request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.core.errors import CoreError
from api.wiring import Application

_VIEWS = ("waiting", "late", "asked", "second", "done")
_SLOW = (0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 1.0, 2.0, 5.0)  # seconds


class Metrics:
    """Figures of one process for Prometheus; routes by their pattern, never by their path."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("route", "method", "status")
        help_ = "Time of requests."
        self._requests = Histogram(
            "wenfa_request_seconds", help_, labels, buckets=_SLOW, registry=self._registry
        )
        self._cases = Gauge("wenfa_cases", "Held questions.", ("view",), registry=self._registry)

    def took(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count and time what a route answered."""
        self._requests.labels(route, method, status).observe(seconds)

    def text(self, cases: dict[str, int]) -> bytes:
        """All figures in Prometheus' format."""
        for view in _VIEWS:
            self._cases.labels(view).set(cases[view])
        return generate_latest(self._registry)


class Measured:
    """Counts and times every request until its answer begins."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = time.perf_counter()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "")
                took = time.perf_counter() - started
                self._metrics.took(route, scope["method"], message["status"], took)
            await send(message)

        await self._app(scope, receive, timed)


def health(parts: Application, metrics: Metrics) -> APIRouter:
    """The routes over these parts."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """The process is up."""
        return {"status": "ok"}

    @router.get("/readyz")
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

    @router.get("/metrics")
    def figures(request: Request) -> Response:
        """For whoever holds METRICS_TOKEN; without that setting there is nothing here."""
        token = parts.settings.metrics_token.get_secret_value()
        offered = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token or not secrets.compare_digest(offered.encode(), token.encode()):
            raise HTTPException(404)
        return Response(metrics.text(parts.reviews.counts("")), media_type=CONTENT_TYPE_LATEST)

    return router
