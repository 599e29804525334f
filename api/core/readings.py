"""Spoken words that may have been meant otherwise: searched as well, never answered unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.core.gate import UNSURE, Judgement
from api.core.risks import alarm, risks
from api.core.types import Decision, Message, Outcome, Reading, Reply, Suggestion
from knowledge.retriever import Found
from nlu.confirming import chosen, instead
from nlu.dialect import translated

#: What stands behind the choice to say it again.
AGAIN = "〔再说一遍〕"
_REPEAT = "好，请按住说话再说一遍，说慢一点；打字也行。"


def agrees(judgement: Judgement, alone: Found, together: Found, reading: Reading) -> bool:
    """Whether the words as heard may be answered by themselves and come to the same.

    A reading that speaks of what is never answered unreviewed does not agree.
    """
    if judgement.decision is not Decision.RELEASE or risks(reading.text) or alarm(reading.text):
        return False
    return first(alone) == first(together)


def first(found: Found) -> str:
    """What was found first: an FAQ entry, else an article."""
    if found.faq:
        return found.faq[0].entry.id
    return str(found.hits[0].article.ref) if found.hits else ""


def may_be_asked(judgement: Judgement) -> bool:
    """Whether nothing but the meaning is open: what a lawyer must see goes there at once."""
    return not judgement.why or judgement.why == (UNSURE,)


def ask_back(words: str, reading: Reading) -> Outcome:
    """What was heard and what may have been meant; one press says which.

    >>> outcome = ask_back("我要和他里婚", Reading("我要和他离婚", (("里婚", "离婚"),)))
    >>> outcome.reply.answer
    '我听到的是“里婚”。您是说“离婚”吗？'
    >>> [(one.title, one.text) for one in outcome.reply.suggestions]
    [('对，我说的是“离婚”', '我要和他离婚'), ('不是，就问听到的原话', '我要和他里婚')]
    """
    heard, meant = (_quoted(column) for column in zip(*reading.meant, strict=True))
    choices = [Suggestion(f"对，我说的是{meant}", _put(words, reading.meant))]
    if len(reading.meant) > 1:
        choices += [
            Suggestion(f"只改{_quoted(one[1:])}", _put(words, [one])) for one in reading.meant
        ]
    choices.append(Suggestion("不是，就问听到的原话", words))
    danger = alarm(reading.text)
    return Outcome(
        Reply(
            Decision.CLARIFY,
            f"我听到的是{heard}。您是说{meant}吗？",
            numbers=danger.numbers if danger else (),
            suggestions=tuple(choices),
            ways=_ways(reading.meant),
            region=reading.region,
        )
    )


def answered(words: str, asked: Reply | None) -> str | None:
    """What the words choose of what was asked back; None where they answer nothing.

    Args:
        words: normalised.
        asked: the last reply, if it asks what was meant.
    """
    if asked is None:
        return None
    if words in (one.text for one in asked.suggestions):
        return words
    for said in dict.fromkeys((words, instead(words))):
        way = chosen(said, asked.ways)
        if way is not None:
            return asked.suggestions[way].text
    return None


def taken(message: Message, words: str, asked: Reply | None) -> tuple[Message, tuple[str, ...]]:
    """The message as an answer to what was asked back, and how it was understood.

    对 becomes what yes stands for. Anything else is a message of its own, without what it denies
    (不是，我说的是结婚). Arguments as for `answered`.
    """
    if asked is None:
        return message, ()
    choice = answered(words, asked)
    if choice is None:
        return replace(message, text=instead(words)), ()
    standard = translated(choice, asked.region or None)
    sure = replace(message, text=choice, spoken=None, standard=standard * (standard != choice))
    return sure, () if choice == words else (f"好，您问的是：“{choice}”",)


def say_again() -> Outcome:
    """Nothing of what was offered was meant."""
    return Outcome(Reply(Decision.CLARIFY, _REPEAT, label="", human=""))


def _ways(meant: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Words for each choice but no; where there are several, the first stands for all."""
    terms = tuple(term for _, term in meant)
    return terms if len(terms) == 1 else ("", *terms)


def unconfirmed(reading: Reading) -> str:
    """What may have been misheard in a question that is held, for resident and lawyer."""
    pairs = "，".join(f"“{heard}”可能是“{meant}”" for heard, meant in reading.meant)
    return f"听写的话还没有得到您的确认：{pairs}"


def _put(words: str, meant: Sequence[tuple[str, str]]) -> str:
    for heard, term in meant:
        words = words.replace(heard, term)
    return words


def _quoted(words: Sequence[str]) -> str:
    return "".join(f"“{word}”" for word in words)
