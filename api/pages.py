"""Templates and what every page has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from fastapi import Request
from fastapi.templating import Jinja2Templates
from markupsafe import Markup, escape
from starlette.responses import Response

from api.core.deadlines import COUNTY
from api.home.ratings import GRADE_NAMES, is_answer
from api.language import Language, current, gettext, script_words, speaking, spoken, turned
from api.review.people import ROLE_NAMES
from nlu.redact import redact

HERE = Path(__file__).parent
#: For answers that nobody may find again: not in a cache, not in another site's log.
NO_TRACE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_LINES = re.compile(
    r"\b(12348|12333|12338|12345|12355|12356|12315|12366|12368|12393|12122|96110)\b", re.ASCII
)
_TEL = Markup('<a class="tel" href="tel:{}"><b>{}</b></a>')
_DATES = {Language.CHINESE: "zh_CN", Language.ENGLISH: "en_GB"}
_templates = Jinja2Templates(directory=HERE / "templates")


def local(moment: datetime | None) -> str:
    """A moment as the county's clocks show it."""
    if moment is None:
        return ""
    there = moment.astimezone(COUNTY)
    if current() is Language.CHINESE:
        return f"{there.month}月{there.day}日 {there:%H:%M}"
    return format_datetime(there, "d MMM, HH:mm", tzinfo=COUNTY, locale=_DATES[current()])


def dated(text: str | None) -> str:
    """An ISO date as people write it; anything else stays as it is.

    >>> dated("2008-01-01"), dated("施行日期不详")
    ('2008年1月1日', '施行日期不详')
    """
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return text or ""
    return format_date(day, "long", locale=_DATES[current()])


def dialled(text: str) -> Markup:
    """Words with their public service numbers made links, as static/chat/dom.js does."""
    pieces = _LINES.split(text)
    return Markup("").join(
        _TEL.format(piece, piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)
    )


_templates.env.add_extension("jinja2.ext.i18n")
_templates.env.policies["ext.i18n.trimmed"] = True
_templates.env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
_templates.env.install_gettext_callables(  # type: ignore[attr-defined]
    gettext, lambda one, _many, _count: gettext(one), newstyle=True
)
#: For words that come by a variable; `_()` would take them for markup.
_templates.env.filters["translated"] = lambda words: gettext(str(words))
_templates.env.globals["language"] = current
_templates.env.globals["script_words"] = script_words
_templates.env.filters["local"] = local
_templates.env.filters["dated"] = dated
_templates.env.filters["dialled"] = dialled
_templates.env.filters["redacted"] = redact
_templates.env.globals["role_names"] = ROLE_NAMES
_templates.env.tests["rateable"] = is_answer
_templates.env.globals["grade_names"] = GRADE_NAMES


def render(request: Request, name: str, context: Mapping[str, Any], status: int = 200) -> Response:
    """A page, with the county's name and hotline."""
    settings = request.app.state.settings
    shared = {
        "county": settings.county,
        "hotline": settings.hotline,
        "turned": turned(request) if spoken(request) else "",
    }
    return _templates.TemplateResponse(request, name, shared | dict(context), status)


def as_html(name: str, context: Mapping[str, Any]) -> str:
    """A template as text in Chinese, for what is no web page: a PDF."""
    with speaking(Language.CHINESE):
        return _templates.get_template(name).render(dict(context))
