"""Templates and what every page has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.templating import Jinja2Templates
from starlette.responses import Response

from api.core.deadlines import COUNTY
from api.review.people import ROLE_NAMES

HERE = Path(__file__).parent
_templates = Jinja2Templates(directory=HERE / "templates")


def local(moment: datetime | None) -> str:
    """A moment as the county's clocks show it."""
    return moment.astimezone(COUNTY).strftime("%m月%d日 %H:%M") if moment else ""


_templates.env.filters["local"] = local
_templates.env.globals["role_names"] = ROLE_NAMES


def render(request: Request, name: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """A page, with the county's name and hotline."""
    settings = request.app.state.settings
    shared = {"county": settings.county, "hotline": settings.hotline}
    return _templates.TemplateResponse(request, name, shared | dict(context), status)


def as_html(name: str, context: Mapping[str, Any]) -> str:
    """A template as text, for what is no web page: a PDF."""
    return _templates.get_template(name).render(dict(context))
