"""The API an account's server calls: tokens, customer-service messages, media, notices."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from tests.wechat.account import Account

router = APIRouter(prefix="/cgi-bin")


@router.post("/stable_token")
async def stable_token(request: Request) -> dict[str, Any]:
    """A token that asking again does not invalidate."""
    account, body = _account(request), await request.json()
    if (body["appid"], body["secret"]) != (account.app_id, account.secret):
        return _said(account, "stable_token", 40125)
    account.calls.append(("stable_token", 0))
    return account.stable_token(force=bool(body.get("force_refresh")))


@router.get("/gettoken")
async def gettoken(request: Request) -> dict[str, Any]:
    """企业微信's token."""
    account, query = _account(request), request.query_params
    if (query["corpid"], query["corpsecret"]) != (account.app_id, account.secret):
        return _said(account, "gettoken", 40001)
    account.calls.append(("gettoken", 0))
    return {"errcode": 0, **account.stable_token(force=False)}


@router.post("/message/send")
@router.post("/message/custom/send")
async def custom(request: Request) -> dict[str, Any]:
    """A message by the account's own doing."""
    account, body = _account(request), await request.json()
    code = _refused(request) or account.custom(body["touser"], body["text"]["content"])
    return _said(account, "custom", code)


@router.post("/message/template/send")
@router.post("/message/subscribe/bizsend")
async def notice(request: Request) -> dict[str, Any]:
    """A notice outside the 48 hours."""
    account, body = _account(request), await request.json()
    code = _refused(request) or (43101 if account.faults.notices_refused else 0)
    if not code and request.url.path.endswith("/bizsend"):
        code = account.subscribed(body["touser"], body["template_id"])
    if not code:
        words = "\n".join(f"{name}：{one['value']}" for name, one in body["data"].items())
        account.show(body["touser"], "notice", f"{words}\n{body.get('url') or body.get('page')}")
    return _said(account, "notice", code)


@router.post("/menu/create")
async def menu(request: Request) -> dict[str, Any]:
    """The menu at the foot of the account."""
    account, body = _account(request), await request.json()
    return _said(account, "menu", _refused(request) or account.set_menu(body["button"]))


@router.post("/qrcode/create")
async def code(request: Request) -> dict[str, Any]:
    """A code with a scene: permanent, or for at most thirty days."""
    account, body = _account(request), await request.json()
    scene, lasts = body["action_info"]["scene"]["scene_str"], body.get("expire_seconds", 0)
    known = body["action_name"] == ("QR_STR_SCENE" if lasts else "QR_LIMIT_STR_SCENE")
    good = known and 1 <= len(scene) <= 64 and 0 <= lasts <= 30 * 24 * 3600
    if refused := _refused(request) or (0 if good else 40053):
        return _said(account, "qrcode", refused)
    url = f"http://weixin.example/q/{len(account.codes) + 1:022d}"
    account.codes[url] = scene
    account.calls.append(("qrcode", 0))
    return {"ticket": f"ticket-{len(account.codes)}", "url": url}


@router.get("/media/get")
async def media(request: Request) -> Response:
    """A recording or a picture."""
    account = _account(request)
    account.faults.media_asked += 1
    await asyncio.sleep(account.faults.slow_media)
    kind, data = account.media.get(request.query_params["media_id"], ("", b""))
    code = _refused(request) or (0 if data else 40007)
    if code:
        return JSONResponse(_said(account, "media", code), media_type="text/plain")
    account.calls.append(("media", 0))
    return Response(data, media_type=kind)


def _refused(request: Request) -> int:
    return _account(request).refuses(request.query_params.get("access_token", ""))


def _account(request: Request) -> Account:
    account: Account = request.app.state.account
    return account


def _said(account: Account, call: str, code: int) -> dict[str, Any]:
    account.calls.append((call, code))
    return {"errcode": code, "errmsg": "ok" if not code else "error"}
