"""Exceptions to HTTP: one table, one JSON shape {"error": {code, message, field, reference}}."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.casework.errors import (
    CaseUnknown,
    CountyInvalid,
    FormInvalid,
    PrinterMissing,
    SealBroken,
    StepRefused,
    UploadRefused,
)
from api.channels.wechat.signature import SignatureWrong
from api.core.delivering import NotDelivered
from api.core.errors import (
    AnswerInvalid,
    CoreError,
    DialogueUnavailable,
    FactInvalid,
    KeyInvalid,
    KeyUnknown,
    MessageInvalid,
    QuotaSpent,
    ReplyGone,
    ReviewUnknown,
    RuleMissing,
    ScopeMissing,
    SearchUnavailable,
    StorageFull,
    StorageUnavailable,
    TextRefused,
    TextsUnavailable,
)
from api.home.errors import (
    CodeWrong,
    ErasureRefused,
    LinkTaken,
    RatingRefused,
    TooOften,
)
from api.language import gettext
from api.notify.links import LinkExpired
from api.pages import render
from api.review.errors import (
    LoginFailed,
    NotAllowed,
    PolicyInvalid,
    Stale,
    Taken,
    TooLate,
    WordsMissing,
    WrongState,
)
from speech.errors import (
    AudioInvalid,
    EngineBusy,
    EngineCrashed,
    EngineMissing,
    RequestInvalid,
    SpeechError,
    VoiceMissing,
)

_log = logging.getLogger(__name__)

STATUS: dict[type[Exception], int] = {
    MessageInvalid: 422,
    AnswerInvalid: 422,
    KeyInvalid: 422,
    KeyUnknown: 401,
    ScopeMissing: 403,
    QuotaSpent: 429,
    FactInvalid: 422,
    RuleMissing: 404,
    ReviewUnknown: 404,
    NotAllowed: 403,
    LoginFailed: 401,
    Taken: 409,
    Stale: 409,
    WrongState: 409,
    TooLate: 409,
    WordsMissing: 422,
    PolicyInvalid: 500,
    StorageFull: 507,
    StorageUnavailable: 503,
    SearchUnavailable: 503,
    DialogueUnavailable: 503,
    TextsUnavailable: 503,
    TextRefused: 503,
    CountyInvalid: 503,
    FormInvalid: 422,
    CaseUnknown: 404,
    StepRefused: 409,
    UploadRefused: 422,
    SealBroken: 503,
    PrinterMissing: 503,
    CodeWrong: 422,
    TooOften: 429,
    RatingRefused: 409,
    LinkTaken: 409,
    ErasureRefused: 422,
    AudioInvalid: 422,
    RequestInvalid: 422,
    SignatureWrong: 403,
    LinkExpired: 410,
    ReplyGone: 410,
    NotDelivered: 502,
    EngineMissing: 503,
    EngineBusy: 503,
    EngineCrashed: 503,
    VoiceMissing: 503,
}
_PAGES = (
    "/talk",
    "/a/",
    "/contact",
    "/desk",
    "/places",
    "/papers",
    "/aid",
    "/orders",
    "/guides",
    "/law/",
    "/checkup",
    "/tools",
    "/kiosk",
    "/go",
    "/my",
    "/ratings",
)
_HTTP = {
    401: ("login_needed", "请先登录。"),
    403: ("forbidden", "您没有权限做这个操作。"),
    404: ("not_found", "没有这个页面。"),
    405: ("method_not_allowed", "不支持这种请求方式。"),
    413: ("too_large", "发送的内容太大。"),
}

_UNEXPECTED = "系统出了点问题，请稍后再试；急事请拨打12348。"


def install(app: FastAPI) -> None:
    """Answer every error of the application in the one shape."""
    app.add_exception_handler(CoreError, _core)
    app.add_exception_handler(SpeechError, _core)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _core(request: Request, error: Exception) -> Response:
    kind = next(k for k in type(error).__mro__ if k in STATUS)
    code = getattr(error, "code", "error")
    if STATUS[kind] >= 500:
        _log.warning("%s: %s", code, type(error.__cause__ or error).__name__)
    return _answer(request, STATUS[kind], code, str(error), getattr(error, "field", None))


def _invalid(request: Request, error: Exception) -> Response:
    details = error.errors() if isinstance(error, RequestValidationError) else [{}]
    where = [str(part) for part in details[0].get("loc", ()) if part != "body"]
    field = ".".join(where) or None
    return _answer(request, 422, "request_invalid", f"请求内容不对：{field or '不是JSON'}", field)


def _http(request: Request, error: Exception) -> Response:
    status: int = getattr(error, "status_code", 500)
    code, message = _HTTP.get(status, ("http_error", "请求没有成功。"))
    return _answer(request, status, code, message, None, getattr(error, "headers", None))


def _unexpected(request: Request, error: Exception) -> Response:
    _log.error("unexpected %s", type(error).__name__, exc_info=error)
    return _answer(request, 500, "unexpected", _UNEXPECTED, None)


def _answer(
    request: Request,
    status: int,
    code: str,
    message: str,
    field: str | None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    reference, message = secrets.token_hex(4), gettext(message)
    if request.url.path == "/" or request.url.path.startswith(_PAGES):
        page = render(request, "error.html", {"code": code, "message": message}, status)
        page.headers.update(headers or {})
        return page
    error = {"code": code, "message": message, "field": field, "reference": reference}
    return JSONResponse({"error": error}, status, dict(headers or {}))
