"""The callbacks: Tencent tests the address with GET and brings messages with POST."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import PlainTextResponse, Response

from api.channels.wechat.answering import Answering
from api.channels.wechat.door import Door, text_reply
from api.channels.wechat.parse import parse
from api.storage.inbox import conversation_of

router = APIRouter(include_in_schema=False)
_DONE = "success"


@dataclass(frozen=True)
class Account:
    """An account that is set up: its door, and who answers behind it."""

    door: Door
    answering: Answering
    secret: str

    def conversation(self, person: str) -> str:
        """The conversation with somebody."""
        return conversation_of(self.door.channel, self.door.account, person, self.secret)


@router.get("/wechat")
@router.get("/wecom")
def echo(request: Request) -> Response:
    """Prove that this address is the account's."""
    account = _account(request)
    now = request.app.state.services.now()
    return PlainTextResponse(account.door.echo(request.query_params, now))


@router.post("/wechat")
@router.post("/wecom")
async def message(request: Request) -> Response:
    """A message or an event; answered at once when the answer is there in time."""
    account, use = _account(request), request.app.state.services
    body = (await request.body()).decode("utf-8", "replace")
    xml = account.door.open(body, request.query_params, use.now())
    incoming = parse(xml, account.door.channel, account.conversation)
    if incoming is None:
        return PlainTextResponse(_DONE)
    text = await account.answering.answer(incoming, request.is_disconnected)
    if text is None:
        return PlainTextResponse(_DONE)
    xml = text_reply(incoming.person, incoming.account, text, use.now)
    nonce = request.query_params.get("nonce", "")
    return Response(account.door.close(xml, nonce, use.now()), media_type="application/xml")


def _account(request: Request) -> Account:
    account: Account | None = request.app.state.accounts.get(request.url.path.strip("/"))
    if account is None:
        raise HTTPException(404)
    return account
