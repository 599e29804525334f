"""Voice messages: what was heard is read back and asked, never taken as said."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from api.channels.wechat.reading import Read, Reader, region_told, say, short
from api.clients.wechat import OfficialAccount
from api.core.consult import consult
from api.core.delivering import NotDelivered
from api.core.incoming import Incoming
from api.core.ports import Services
from api.core.readings import AGAIN, answered
from api.core.receive import Think
from api.core.risks import alarm
from api.core.types import Context, Message, Outcome, Reply, Suggestion
from api.hearing import Hearing, Said
from api.storage.inbox import Inbox, Person
from nlu.normalise import normalise
from nlu.spoken import ReadBack, read_back, tidy
from speech.confidence import UNCLEAR
from speech.confidence import Outcome as Judged
from speech.errors import SpeechError

_log = logging.getLogger(__name__)
_MOST = 4
_DIALECT = "讲方言的，告诉我一声，比如“我说四川话”，我照着听。"


def voice(account: OfficialAccount, hearing: Hearing, inbox: Inbox, county: str) -> Reader:
    """Our recogniser and WeChat's own are two hypotheses; the resident says which is right.

    `county` is the dialect spoken there, for whoever did not say what they speak.
    """

    async def read(incoming: Incoming, person: Person) -> Read | None:
        region = county if person.region is None else person.region
        said = await _heard(account, hearing, incoming.media, region)
        own = said.text if said and said.outcome is Judged.HEARD else ""
        heard = [own, tidy(incoming.heard)]
        hypotheses = list(dict.fromkeys(text for text in heard if text.strip("。，？！ ")))
        for text in hypotheses:
            if alarm(normalise(text)):
                return text, consult  # who is in danger is not asked what was meant
            if told := await region_told(inbox, incoming, text):
                return told
        if not hypotheses:
            answer = (said.message if said and said.message else UNCLEAR) + _DIALECT
            return "〔语音，没听清〕", say(short(answer))
        return f"〔语音〕{hypotheses[0]}", _answer_or(
            hypotheses, say(_asked(hypotheses, said, region))
        )

    return read


def _answer_or(hypotheses: Sequence[str], read_back: Think) -> Think:
    """对 said to what was read back is an answer to it, where no other hypothesis says no."""

    async def think(message: Message, context: Context, use: Services) -> Outcome:
        answers = {answered(normalise(text), context.asked): text for text in hypotheses}
        answers.pop(None, None)
        if len(answers) == 1:
            return await consult(replace(message, text=answers.popitem()[1]), context, use)
        return await read_back(message, context, use)

    return think


async def _heard(
    account: OfficialAccount, hearing: Hearing, media: str, region: str
) -> Said | None:
    """What our own recogniser makes of it; None when it cannot listen now."""
    try:
        return await hearing.recording(await account.media(media), region or None)
    except (NotDelivered, SpeechError) as error:
        _log.warning("voice message: %s", error.code)
        return None


def _asked(hypotheses: Sequence[str], said: Said | None, region: str) -> Reply:
    """The words read back, with every other way they may have been meant."""
    first, *others = hypotheses
    choices = [Suggestion("对，就问这个", first)]
    choices += [Suggestion(f"不对，我说的是“{text}”", text) for text in others]
    candidates = said.candidates if said and first == said.text else ()
    for candidate in candidates:
        meant = first.replace(candidate.heard, candidate.term)
        choices.append(Suggestion(f"我说的是“{candidate.term}”", meant))
    ways = (*hypotheses, *(one.term for one in candidates))[:_MOST]
    choices = [*choices[:_MOST], Suggestion("都不对，我再说一遍", AGAIN)]
    figures = "；".join(_figure(one) for one in read_back(first))
    answer = (
        f"我听到的是：“{first}”" + (f"\n请核对：{figures}" if figures else "") + "\n您是说这个吗？"
    )
    return replace(short(answer, tuple(choices)), ways=ways, region=region)


def _figure(one: ReadBack) -> str:
    return one.says if one.says == one.heard else f"{one.heard}是{one.says}"
