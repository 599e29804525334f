"""Legal aid for residents: am I entitled, apply, send photos, see how it goes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request, UploadFile
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from api.casework.aid import LANES, MACHINE, lane, materials
from api.casework.aid_form import AidForm, AidQuestions, from_carried
from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.steps import Role
from api.casework.uploads import LARGEST, clean
from api.citing import cited, today
from api.core.types import Citation
from api.home.ratings import Kind
from api.pages import render
from api.storage.aid import Application, Photo
from knowledge.errors import FactError
from knowledge.legal_aid import EXEMPTIONS, MATTERS, AidFacts, Opinion, aid_opinion

router = APIRouter()
Token = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class FindingOut(BaseModel):
    """What one article says."""

    outcome: str
    says: str
    citation: Citation


class MaterialOut(BaseModel):
    """One thing to bring."""

    id: str
    label: str
    why: str


class OpinionOut(BaseModel):
    """The first look: eligible, not_eligible, missing or ask, article by article."""

    verdict: str
    urgent: bool
    same_day: bool
    missing: list[str]
    findings: list[FindingOut]
    materials: list[MaterialOut]


class ApplicationOut(BaseModel):
    """Where an application stands; nothing of what was told."""

    reference: str
    token: str
    state: str
    state_label: str
    lane: str
    received_at: datetime
    due_at: datetime | None
    photos: int


@router.get("/aid", include_in_schema=False)
def page(request: Request) -> Response:
    """The questions; facts of the conversation are filled in."""
    token = request.query_params.get("from", "")
    known = from_carried(request.app.state.casework.carried.get(token).facts) if token else {}
    return _questions(request, known | ({"carried": token} if token else {}))


@router.post("/aid", include_in_schema=False)
def answer(request: Request, form: Annotated[AidForm, Form()]) -> Response:
    """The first look, article by article, with the form to apply."""
    try:
        return _result(request, form, *_look(request, form))
    except (FormInvalid, FactError) as error:
        return _questions(request, form.model_dump(), error)


@router.post("/aid/apply", include_in_schema=False)
def submit(request: Request, form: Annotated[AidForm, Form()]) -> Response:
    """Take the application in and show where it stands."""
    facts, opinion = _look(request, form)
    try:
        made = _apply(request, form, facts, opinion)
    except FormInvalid as error:
        return _result(request, form, facts, opinion, error)
    return RedirectResponse(f"/aid/a/{made.token}", 303)


@router.get("/aid/a/{token}", include_in_schema=False)
def status(token: Token, request: Request) -> Response:
    """Where the application stands, what is still to bring."""
    return _status(request, request.app.state.casework.aid.get(token))


@router.post("/aid/a/{token}", include_in_schema=False)
def step(token: Token, request: Request, action: Annotated[str, Form()]) -> Response:
    """The resident's own steps: supplied, withdrawn."""
    store = request.app.state.casework.aid
    store.take(store.get(token).id, action, Role.RESIDENT, "申请人")
    return RedirectResponse(f"/aid/a/{token}", 303)


@router.post("/aid/a/{token}/photos", include_in_schema=False)
def photo(
    token: Token, request: Request, photo: UploadFile, material: Annotated[str, Form()]
) -> Response:
    """Keep a photo of a material."""
    _keep(request, token, material, photo)
    return RedirectResponse(f"/aid/a/{token}", 303)


@router.post("/api/v1/legal-aid/check", response_model=OpinionOut)
def check(body: AidQuestions, request: Request) -> OpinionOut:
    """May this person have legal aid, article by article? Nothing is stored."""
    facts, opinion = _look(request, body)
    shown = [FindingOut(**finding) for finding in _findings(request, opinion)]
    listed = [MaterialOut(**vars(material)) for material in materials(facts)]
    return OpinionOut(
        verdict=opinion.verdict.value,
        urgent=opinion.urgent,
        same_day=opinion.same_day,
        missing=list(opinion.missing),
        findings=shown,
        materials=listed,
    )


@router.post("/api/v1/legal-aid/applications", response_model=ApplicationOut, status_code=201)
def apply(body: AidForm, request: Request) -> ApplicationOut:
    """Apply; the token names the application from then on."""
    facts, opinion = _look(request, body)
    return _out(_apply(request, body, facts, opinion))


@router.get("/api/v1/legal-aid/applications/{token}", response_model=ApplicationOut)
def application(token: Token, request: Request) -> ApplicationOut:
    """Where an application stands."""
    return _out(request.app.state.casework.aid.get(token))


@router.post(
    "/api/v1/legal-aid/applications/{token}/photos", response_model=ApplicationOut, status_code=201
)
def add_photo(
    token: Token, request: Request, photo: UploadFile, material: Annotated[str, Form()]
) -> ApplicationOut:
    """Keep a photo of a material."""
    _keep(request, token, material, photo)
    return _out(request.app.state.casework.aid.get(token))


def _look(request: Request, form: AidQuestions) -> tuple[AidFacts, Opinion]:
    facts = form.facts()
    try:
        return facts, aid_opinion(facts, request.app.state.casework.aid_rules, today(request))
    except FactError as error:
        raise FormInvalid(str(error)) from error


def _apply(request: Request, form: AidForm, facts: AidFacts, opinion: Opinion) -> Application:
    work = request.app.state.casework
    try:
        conversation = work.carried.get(form.carried).conversation if form.carried else None
    except CaseUnknown:
        conversation = None  # an old link must not cost the resident the application
    made: Application = work.aid.apply(
        facts,
        form.applicant(),
        verdict=opinion.verdict.value,
        lane=lane(opinion),
        conversation=conversation,
    )
    return made


def _keep(request: Request, token: str, material: str, photo: UploadFile) -> Photo:
    store = request.app.state.casework.aid
    known = {one.id for one in materials(store.get(token).facts)}
    if material not in known:
        raise FormInvalid("请选择这张照片是哪样材料", "material")
    kept: Photo = store.add_photo(token, material, clean(photo.file.read(LARGEST + 1)))
    return kept


def _questions(request: Request, known: dict[str, Any], error: Exception | None = None) -> Response:
    context = {
        "matters": [(matter.value, words) for matter, (words, _) in MATTERS.items()],
        "exemptions": [(one.value, words) for one, words in EXEMPTIONS.items()],
        "limit": request.app.state.casework.aid_rules.limit(today(request)),
        "known": known,
        "error": error,
    }
    return render(request, "casework/aid.html", context, 422 if error else 200)


def _result(
    request: Request,
    form: AidForm,
    facts: AidFacts,
    opinion: Opinion,
    error: FormInvalid | None = None,
) -> Response:
    context = {
        "opinion": opinion,
        "findings": _findings(request, opinion),
        "materials": materials(facts),
        "townships": request.app.state.casework.county.townships,
        "known": form.model_dump(),
        "answers": list(AidQuestions.model_fields),
        "demo": any(limit.demo for limit in request.app.state.casework.aid_rules.income_limits),
        "error": error,
    }
    return render(request, "casework/aid_result.html", context, 422 if error else 200)


def _status(request: Request, case: Application) -> Response:
    context = {
        "case": case,
        "state": MACHINE.states[case.state],
        "lane": LANES[case.lane],
        "rated": request.app.state.home.ratings.of(Kind.AID, case.token),
        "materials": [(one, _photos(case, one.id)) for one in materials(case.facts)],
        "steps": MACHINE.open_to(case.state, Role.RESIDENT),
        "labels": {name: step.label for name, step in MACHINE.steps.items()}
        | {"apply": "提交申请", "upload": "上传材料"},
    }
    return render(request, "casework/aid_status.html", context)


def _photos(case: Application, material: str) -> int:
    return sum(photo.material == material for photo in case.photos)


def _findings(request: Request, opinion: Opinion) -> list[dict[str, Any]]:
    return [
        {
            "outcome": finding.outcome.value,
            "says": finding.says,
            "citation": cited(request, finding.ref),
        }
        for finding in opinion.findings
    ]


def _out(case: Application) -> ApplicationOut:
    return ApplicationOut(
        reference=case.reference,
        token=case.token,
        state=case.state,
        state_label=MACHINE.states[case.state],
        lane=case.lane,
        received_at=case.received_at,
        due_at=case.due_at,
        photos=len(case.photos),
    )
