"""What the kiosk keeps on the device: its own files by a service worker, places and questions."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from api.casework.county import County
from api.casework.hours import week
from api.casework.pocket import chosen, load_profile
from api.core.compose import place
from api.core.deadlines import COUNTY
from api.faq_live import desk_faq
from api.pages import HERE
from knowledge.errors import KnowledgeError
from knowledge.faq import FaqEntry, load_faq
from knowledge.refs import print_ref

router = APIRouter(prefix="/kiosk", include_in_schema=False)
_STATIC = HERE / "static"
_SHARED = ("wenfa.css", "early.js", "icons.svg", "favicon.svg")
_CHAT = ("dom", "heard", "microphone", "net", "store", "words")
_WORDINGS = 5


@router.get("/worker.js")
def worker() -> Response:
    """The service worker, with the list of files it keeps; a changed file makes a new version."""
    files = _shell()
    version = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    kept = ["/kiosk", "/kiosk/offline.json"]
    kept += [f"/static/{path.relative_to(_STATIC).as_posix()}" for path in files]
    head = f"const VERSION = {json.dumps(version)};\nconst SHELL = {json.dumps(kept)};\n"
    body = (_STATIC / "kiosk/worker.js").read_text(encoding="utf-8")
    headers = {"Service-Worker-Allowed": "/kiosk", "Cache-Control": "no-cache"}
    return Response(head + body, media_type="text/javascript", headers=headers)


@router.get("/offline.json")
def pocket(request: Request) -> Response:
    """The hotline, the county's offices and a hundred questions with their answers."""
    state = request.app.state
    county: County = state.casework.county
    profile = load_profile(state.settings.county_files / "kiosk.yml")
    on = state.services.now().astimezone(COUNTY).date()
    ours = load_faq(desk_faq(state.settings))  # answers the county's own lawyers published
    known = (*ours, *_entries(state.settings.faq))
    in_force = [entry for entry in known if _holds(state, entry, on)]
    wanted = (*profile.faq, *(entry.id for entry in ours))
    names = ("name", "township", "address", "phone")
    body = {
        "made": on.isoformat(),
        "hotline": state.settings.hotline,
        "demo": county.demo,
        "places": [
            {name: getattr(office, name) for name in names}
            | {"kind": office.kind.value, "hours": week(county, office)}
            for office in county.offices
        ],
        "faq": [_kept(entry) for entry in chosen(in_force, wanted)],
    }
    return JSONResponse(body, headers={"Cache-Control": "no-cache"})


def _holds(state: Any, entry: FaqEntry, on: date) -> bool:
    """Whether every article the entry stands on is in force."""
    try:
        return all(state.library.corpus.article(ref, on) for ref in entry.citations)
    except KnowledgeError:
        return False


def _kept(entry: FaqEntry) -> dict[str, Any]:
    lists = ("steps", "materials", "deadlines")
    return {
        "question": entry.question,
        "also": entry.wordings[1:_WORDINGS],
        "answer": entry.answer,
        **{name: getattr(entry, name) for name in lists},
        "where": [place(words) for words in entry.where],
        "laws": [print_ref(ref) for ref in entry.citations],
    }


@cache
def _entries(folder: Path) -> tuple[FaqEntry, ...]:
    return load_faq(folder)


def _shell() -> list[Path]:
    own = sorted(
        path
        for path in (_STATIC / "kiosk").iterdir()
        if path.name not in ("worker.js", "go.js", "paper.css") and "slip" not in path.name
    )
    return [*own, *(_STATIC / name for name in _SHARED), *(_STATIC / f"chat/{n}.js" for n in _CHAT)]
