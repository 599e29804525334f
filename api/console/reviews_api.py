"""The desk's actions as an API: /api/v1/reviews, for the same people with the same rights."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import AfterValidator, BaseModel, Field
from starlette.responses import JSONResponse, Response

from api.console.cited import CitedOut, candidates, verified
from api.console.login import leave
from api.console.sessions import COOKIE, Anyone, AnyoneCall, Reader, WorkerCall, keep, office_of
from api.console.view import CaseOut, case_out
from api.review.answers import Choice
from api.review.people import Person, Role
from api.review.types import Case
from api.storage.queue import Filter

_LONGEST = 5000


class ErrorBody(BaseModel):
    """What was wrong, for the reader and for machines."""

    code: str
    message: str
    field: str | None
    reference: str


class ErrorOut(BaseModel):
    """The one shape of every error."""

    error: ErrorBody


_REFUSALS = {
    401: "Nobody is logged in.",
    403: "The role may not do that, or the X-CSRF-Token header is missing.",
    404: "There is no such case.",
    409: "The case is elsewhere: taken by a colleague, changed, or already sent.",
    422: "Something is missing or wrong in the request.",
    503: "The database or the index is not available.",
}
router = APIRouter(
    prefix="/api/v1",
    tags=["reviews"],
    responses={code: {"model": ErrorOut, "description": text} for code, text in _REFUSALS.items()},
)


def _storable(text: str) -> str:
    """Without what no database stores."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "")


Words = Annotated[str, AfterValidator(_storable), Field(max_length=_LONGEST)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, examples=[1])]
Version = Annotated[int | None, Field(ge=0, le=2**31 - 1, examples=[3])]


class LoginIn(BaseModel):
    """Name and password; `code` for whoever has one set up."""

    name: Words = Field(examples=["王律师"])
    password: Words = Field(examples=["三句话做密码更好记"])
    code: Words = Field(default="", examples=["123456"])


class SessionOut(BaseModel):
    """Who is logged in; send `csrf` as X-CSRF-Token with everything that changes something."""

    name: str
    role: Role
    csrf: str


class ReasonIn(BaseModel):
    """Why."""

    reason: Words = Field(examples=["当事人催办，原律师外出"])


class VersionIn(BaseModel):
    """The version that was seen."""

    version: Version = None


class SendBackIn(VersionIn):
    """Why a second lawyer does not agree."""

    reason: Words = Field(examples=["第三款不适用，请再看"])


class TextIn(BaseModel):
    """Words."""

    text: Words = Field(examples=["依据《中华人民共和国劳动合同法》第三十条，可以申请支付令。"])


class AskIn(VersionIn):
    """What the resident is asked."""

    text: Words = Field(examples=["您和老板签过书面合同吗？"])


class DecisionIn(VersionIn):
    """How the lawyer answers."""

    kind: Literal["answer", "reject", "refer", "call_back"] = Field(examples=["answer"])
    text: Words = Field(
        default="", examples=["可以申请支付令。依据《中华人民共和国劳动合同法》第三十条。"]
    )
    reason: Words = Field(default="", examples=[""])
    place: Words = Field(default="", examples=[""])
    hand_back: bool = Field(default=True, description="The machine answers again afterwards.")


class QueueOut(BaseModel):
    """One page of the queue, with the number of cases in each view."""

    cases: list[CaseOut]
    counts: dict[str, int]


@router.post("/session", response_model=SessionOut)
def login(body: LoginIn, request: Request) -> Response:
    """Come in; the session is a cookie."""
    accounts = office_of(request).accounts
    token = accounts.login(body.name, body.password, body.code)
    found = accounts.session(token)
    if found is None:
        raise RuntimeError("a session just opened is gone")
    person = found[0].account.person
    out = SessionOut(name=person.name, role=person.role, csrf=found[0].csrf)
    response = JSONResponse(out.model_dump(mode="json"))
    keep(response, token, request)
    return response


@router.get("/session", response_model=SessionOut)
def session(who: Anyone) -> SessionOut:
    """Who is logged in."""
    return SessionOut(name=who.person.name, role=who.person.role, csrf=who.csrf)


@router.delete("/session", status_code=204)
def logout(who: AnyoneCall) -> Response:
    """Go out; cases on this desk go back into the queue."""
    leave(who.office, who.person)
    who.office.accounts.logout(who.session)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/reviews", response_model=QueueOut)
def queue(
    who: Reader,
    view: Annotated[
        Literal["waiting", "mine", "second", "asked", "late", "done"], Query()
    ] = "waiting",
    topic: Annotated[Words, Query(examples=["劳动"])] = "",
    town: Annotated[Words, Query()] = "",
    words: Annotated[Words, Query()] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> QueueOut:
    """Cases by urgency, then deadline."""
    chosen = Filter(view, who.person.name, topic, town, "", words)
    cases = who.office.cases.page(chosen, limit, offset)
    counts = who.office.cases.counts(who.person.name)
    return QueueOut(cases=[_out(case, who) for case in cases], counts=counts)


@router.get("/reviews/{number}", response_model=CaseOut)
def show(number: Number, who: Reader) -> CaseOut:
    """One case; the look is on record."""
    who.office.desk.look(number, who.person)
    return _out(who.office.cases.get(number), who)


@router.post("/reviews/{number}/claim", response_model=CaseOut)
def claim(number: Number, who: WorkerCall) -> CaseOut:
    """Take a case for two minutes; renew while working on it."""
    return _out(who.office.desk.claim(number, who.person), who)


@router.post("/reviews/{number}/renew", response_model=CaseOut)
def renew(number: Number, who: WorkerCall) -> CaseOut:
    """The page is still open."""
    return _out(who.office.desk.renew(number, who.person), who)


@router.post("/reviews/{number}/release", response_model=CaseOut)
def release(number: Number, who: WorkerCall) -> CaseOut:
    """Back into the queue."""
    return _out(who.office.desk.release(number, who.person), who)


@router.post("/reviews/{number}/take-over", response_model=CaseOut)
def take_over(number: Number, body: ReasonIn, who: WorkerCall) -> CaseOut:
    """A supervisor takes a case from whoever has it."""
    return _out(who.office.desk.take_over(number, who.person, body.reason), who)


@router.put("/reviews/{number}/working", response_model=CaseOut)
def save(number: Number, body: TextIn, who: WorkerCall) -> CaseOut:
    """Keep the words while they are being written."""
    return _out(who.office.desk.save(number, who.person, body.text), who)


@router.post("/reviews/{number}/ask", response_model=CaseOut)
def ask(number: Number, body: AskIn, who: WorkerCall) -> CaseOut:
    """Ask the resident; the deadline waits for the answer."""
    return _out(who.office.desk.ask(number, who.person, body.version, body.text), who)


@router.post("/reviews/{number}/decision", response_model=CaseOut)
def decide(number: Number, body: DecisionIn, who: WorkerCall) -> CaseOut:
    """Answer, refuse, refer or report a call; it can be taken back for ten seconds."""
    choice = Choice(body.kind, body.text, body.reason, body.place, body.hand_back)
    return _out(who.office.desk.decide(number, who.person, body.version, choice), who)


@router.delete("/reviews/{number}/decision", response_model=CaseOut)
def undo(number: Number, who: WorkerCall) -> CaseOut:
    """Take a decision back before it goes out."""
    return _out(who.office.desk.undo(number, who.person), who)


@router.post("/reviews/{number}/confirm", response_model=CaseOut)
def confirm(number: Number, body: VersionIn, who: WorkerCall) -> CaseOut:
    """A second lawyer agrees."""
    return _out(who.office.desk.confirm(number, who.person, body.version), who)


@router.post("/reviews/{number}/send-back", response_model=CaseOut)
def send_back(number: Number, body: SendBackIn, who: WorkerCall) -> CaseOut:
    """A second lawyer does not agree."""
    return _out(who.office.desk.send_back(number, who.person, body.version, body.reason), who)


@router.post("/reviews/{number}/charge", response_model=CaseOut)
def take_charge(number: Number, who: WorkerCall) -> CaseOut:
    """Speak with the resident in the machine's place."""
    return _out(who.office.desk.take_charge(number, who.person), who)


@router.delete("/reviews/{number}/charge", response_model=CaseOut)
def hand_back(number: Number, who: WorkerCall) -> CaseOut:
    """Let the machine answer again."""
    return _out(who.office.desk.hand_back(number, who.person), who)


@router.post("/reviews/{number}/reveal", response_model=CaseOut)
def reveal(number: Number, who: WorkerCall) -> CaseOut:
    """The case with personal numbers; the look is on record."""
    case = who.office.desk.reveal(number, who.person)
    return case_out(case, who.office, who.person, revealed=True)


@router.post("/reviews/{number}/retry", response_model=CaseOut)
def retry(number: Number, who: WorkerCall) -> CaseOut:
    """Send once more what a channel could not bring."""
    return _out(who.office.desk.retry(number, who.person), who)


@router.post("/reviews/{number}/close", response_model=CaseOut)
def close(number: Number, body: ReasonIn, who: WorkerCall) -> CaseOut:
    """Nothing more is to be done."""
    return _out(who.office.desk.close(number, who.person, body.reason), who)


@router.post("/reviews/{number}/notes", status_code=204)
def note(number: Number, body: TextIn, who: WorkerCall) -> Response:
    """A word to colleagues."""
    who.office.cases.get(number)
    who.office.beside.add_note(number, who.person, body.text)
    return Response(status_code=204)


@router.get("/reviews/{number}/candidates", response_model=list[CitedOut])
def found(
    number: Number, request: Request, who: Reader, words: Annotated[Words, Query()] = ""
) -> list[CitedOut]:
    """Articles that may be cited, for the case's question or other words."""
    question = words or who.office.cases.get(number).question
    return candidates(request, question)


@router.post("/reviews/citations", response_model=list[CitedOut])
def citations(body: TextIn, request: Request, _who: WorkerCall) -> list[CitedOut]:
    """What every citation in a text amounts to, as it is being written."""
    return verified(request, body.text)


def _out(case: Case, who: Anyone) -> CaseOut:
    person: Person = who.person
    return case_out(case, who.office, person)
