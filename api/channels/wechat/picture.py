"""Pictures: put to the case a lawyer is working on, else kindly declined."""

from __future__ import annotations

import asyncio
import logging

from api.casework.errors import StepRefused, UploadRefused
from api.casework.uploads import clean
from api.channels.photos import ADDED, received
from api.channels.wechat.reading import Read, Reader, say, short
from api.clients.wechat import OfficialAccount
from api.core.delivering import NotDelivered
from api.core.incoming import Incoming
from api.core.types import Link
from api.storage.inbox import Person
from api.storage.pictures import Pictures
from api.storage.queue import Cases

_log = logging.getLogger(__name__)
_DECLINED = (
    "照片我看不懂，没有保存。请用几句话说说照片上是什么、您想问什么。"
    "您的问题转给律师以后，再发照片就能放进案子里。"
)
_LOST = "照片没有收到，请再发一次。"


def picture(account: OfficialAccount, cases: Cases, pictures: Pictures) -> Reader:
    """A picture belongs to the latest open case; without one it is not even fetched."""

    async def read(incoming: Incoming, _person: Person) -> Read | None:
        case = await asyncio.to_thread(cases.open_of, incoming.conversation)
        if case is None:
            links = (Link("申请法律援助要交的照片在这里传", "/aid"),)
            return "〔照片〕", say(short(_DECLINED, links=links))
        try:
            scan = await asyncio.to_thread(clean, await account.media(incoming.media))
            await asyncio.to_thread(pictures.put, case.id, scan.media_type, scan.data)
        except (UploadRefused, StepRefused) as error:
            return "〔照片，没收下〕", say(short(str(error)))
        except NotDelivered as error:
            _log.warning("picture: %s", error.code)
            return "〔照片，没收到〕", say(short(_LOST))
        return ADDED, say(short(received(case)))

    return read
