"""Papers to file: choose one, fill it in, look, correct, take it along as Word, PDF or print."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from api.casework.errors import CaseUnknown, FormInvalid
from api.casework.papers.filling import Paper, checked, fill, pieces, values_from
from api.casework.papers.forms import Form, form_of, forms
from api.casework.papers.label import LABEL
from api.casework.papers.pdf import pdf
from api.casework.papers.word import word
from api.citing import cited
from api.core.types import Citation
from api.home import ratings as home_ratings
from api.pages import HERE, as_html, render
from api.storage.papers import Draft

router = APIRouter()
Token = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
Kind = Annotated[str, Path(pattern=r"^[a-z_]{1,32}$")]
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PaperIn(BaseModel):
    """A paper to make from facts; names of facts are those of the form's fields."""

    kind: str = Field(examples=["labour_arbitration"])
    facts: dict[str, str] = Field(examples=[{"opponent": "鑫源公司", "monthly_wage": "5000"}])


class PaperOut(BaseModel):
    """A paper as text; `missing` names what is still to be filled in."""

    token: str
    kind: str
    title: str
    text: str
    missing: list[str]
    needs: list[str]
    citations: list[Citation]
    label: str


@router.get("/papers", include_in_schema=False)
def choose(request: Request) -> Response:
    """All kinds of papers."""
    token = request.query_params.get("from", "")
    return render(request, "casework/papers.html", {"forms": forms(), "token": token})


@router.get("/papers/new/{kind}", include_in_schema=False)
def start(kind: Kind, request: Request) -> Response:
    """An empty form, or one filled from a conversation or another paper."""
    form, token = form_of(kind), request.query_params.get("from", "")
    facts = _facts(request, token)[0] if token else {}
    return _form(request, form, values_from(form, facts), token)


@router.post("/papers/new/{kind}", include_in_schema=False)
async def create(kind: Kind, request: Request) -> Response:
    """Keep what was filled in and show the paper."""
    form = form_of(kind)
    raw = {name: str(value) for name, value in (await request.form()).items()}
    try:
        values = checked(form, raw)
    except FormInvalid as error:
        return _form(request, form, raw, raw.get("from", ""), error)
    conversation = _facts(request, raw["from"])[1] if raw.get("from") else None
    draft = request.app.state.casework.papers.add(kind, values, conversation)
    return RedirectResponse(f"/papers/p/{draft.token}", 303)


@router.get("/papers/p/{token}", include_in_schema=False)
def show(token: Token, request: Request) -> Response:
    """The paper as it will be printed, gaps marked."""
    draft, paper = _paper(request, token)
    context = {
        "draft": draft,
        "paper": paper,
        "pieces": pieces,
        "label": LABEL,
        "rated": request.app.state.home.ratings.of(home_ratings.Kind.PAPER, token),
        "citations": [cited(request, ref) for ref in paper.form.laws],
    }
    return render(request, "casework/paper.html", context)


@router.get("/papers/p/{token}/edit", include_in_schema=False)
def edit(token: Token, request: Request) -> Response:
    """The form with what was filled in."""
    draft, paper = _paper(request, token)
    return _form(request, paper.form, draft.values, "", None, draft.token)


@router.post("/papers/p/{token}/edit", include_in_schema=False)
async def change(token: Token, request: Request) -> Response:
    """Keep the corrections and show the paper again."""
    _, paper = _paper(request, token)
    raw = {name: str(value) for name, value in (await request.form()).items()}
    try:
        request.app.state.casework.papers.change(token, checked(paper.form, raw))
    except FormInvalid as error:
        return _form(request, paper.form, raw, "", error, token)
    return RedirectResponse(f"/papers/p/{token}", 303)


@router.get("/papers/p/{token}/word", include_in_schema=False)
def as_word(token: Token, request: Request) -> Response:
    """The paper as a Word file."""
    _, paper = _paper(request, token)
    return _file(word(paper), f"{paper.form.title}.docx", _WORD)


@router.get("/papers/p/{token}/pdf", include_in_schema=False)
def as_pdf(token: Token, request: Request) -> Response:
    """The paper as a PDF."""
    _, paper = _paper(request, token)
    html = as_html("casework/paper_print.html", {"paper": paper, "pieces": pieces, "label": LABEL})
    css = (HERE / "static/paper.css").read_text(encoding="utf-8")
    return _file(pdf(html, css), f"{paper.form.title}.pdf", "application/pdf")


@router.post("/api/v1/papers", response_model=PaperOut, status_code=201)
def make(body: PaperIn, request: Request) -> PaperOut:
    """Make a paper; Word and PDF are at /papers/p/{token}/word and …/pdf."""
    form = form_of(body.kind)
    values = checked(form, values_from(form, body.facts))
    draft = request.app.state.casework.papers.add(body.kind, values, None)
    return _out(request, draft, fill(form, values))


@router.get("/api/v1/papers/{token}", response_model=PaperOut)
def get(token: Token, request: Request) -> PaperOut:
    """A paper made before."""
    return _out(request, *_paper(request, token))


def _paper(request: Request, token: str) -> tuple[Draft, Paper]:
    draft: Draft = request.app.state.casework.papers.get(token)
    return draft, fill(form_of(draft.kind), draft.values)


def _facts(request: Request, token: str) -> tuple[dict[str, str], str | None]:
    """What is known under a token: of a conversation, or of another paper."""
    work = request.app.state.casework
    try:
        load = work.carried.get(token)
        return load.facts, load.conversation
    except CaseUnknown:
        draft = work.papers.get(token)
        return draft.values, draft.conversation


def _form(
    request: Request,
    form: Form,
    values: dict[str, str],
    carried: str,
    error: FormInvalid | None = None,
    token: str = "",
) -> Response:
    context = {"form": form, "known": values, "from": carried, "error": error, "token": token}
    return render(request, "casework/paper_form.html", context, 422 if error else 200)


def _file(data: bytes, name: str, media_type: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=media_type, headers=headers)


def _out(request: Request, draft: Draft, paper: Paper) -> PaperOut:
    parts: dict[str, Any] = {"token": draft.token, "kind": draft.kind, "text": paper.text}
    return PaperOut(
        **parts,
        title=paper.form.title,
        missing=list(paper.missing),
        needs=list(paper.form.needs),
        citations=[cited(request, ref) for ref in paper.form.laws],
        label=LABEL,
    )
