"""Voice messages: what was heard is read back and asked, never taken as said."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from api.channels.wechat.reading import AGAIN, Read, Reader, say, short
from api.clients.wechat import OfficialAccount
from api.core.consult import consult
from api.core.delivering import NotDelivered
from api.core.incoming import Incoming
from api.core.risks import alarm
from api.core.types import Reply, Suggestion
from api.hearing import Hearing, Said
from api.storage.inbox import Person
from nlu.normalise import normalise
from nlu.spoken import ReadBack, read_back, tidy
from speech.confidence import UNCLEAR, Outcome
from speech.errors import SpeechError

_log = logging.getLogger(__name__)
_MOST = 4


def voice(account: OfficialAccount, hearing: Hearing) -> Reader:
    """Our recogniser and WeChat's own are two hypotheses; the resident says which is right."""

    async def read(incoming: Incoming, _person: Person) -> Read | None:
        said = await _heard(account, hearing, incoming.media)
        own = said.text if said and said.outcome is Outcome.HEARD else ""
        heard = [own, tidy(incoming.heard)]
        hypotheses = list(dict.fromkeys(text for text in heard if text.strip("。，？！ ")))
        for text in hypotheses:
            if alarm(normalise(text)):
                return text, consult  # who is in danger is not asked what was meant
        if not hypotheses:
            answer = said.message if said and said.message else UNCLEAR
            return "〔语音，没听清〕", say(short(answer))
        return f"〔语音〕{hypotheses[0]}", say(_asked(hypotheses, said))

    return read


async def _heard(account: OfficialAccount, hearing: Hearing, media: str) -> Said | None:
    """What our own recogniser makes of it; None when it cannot listen now."""
    try:
        return await hearing.recording(await account.media(media))
    except (NotDelivered, SpeechError) as error:
        _log.warning("voice message: %s", error.code)
        return None


def _asked(hypotheses: Sequence[str], said: Said | None) -> Reply:
    """The words read back, with every other way they may have been meant."""
    first, *others = hypotheses
    choices = [Suggestion("对，就问这个", first)]
    choices += [Suggestion(f"不对，我说的是“{text}”", text) for text in others]
    for candidate in said.candidates if said and first == said.text else ():
        meant = first.replace(candidate.heard, candidate.term)
        choices.append(Suggestion(f"我说的是“{candidate.term}”", meant))
    choices = [*choices[:_MOST], Suggestion("都不对，我再说一遍", AGAIN)]
    figures = "；".join(_figure(one) for one in read_back(first))
    answer = (
        f"我听到的是：“{first}”" + (f"\n请核对：{figures}" if figures else "") + "\n您是说这个吗？"
    )
    return short(answer, tuple(choices))


def _figure(one: ReadBack) -> str:
    return one.says if one.says == one.heard else f"{one.heard}是{one.says}"
