"""What the application answers to, routers unfolded: `app.routes` alone holds the routers whole."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


def paths(app: FastAPI, method: str) -> set[str]:
    """The paths a method is answered on, as the routes declare them."""
    return {one.path for one in iter_route_contexts(app.routes) if method in (one.methods or ())}
