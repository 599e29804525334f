"""A lawyer's decision as words for the resident, every citation verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.core.answering import checked, lawyers_reply, wrong
from api.core.errors import AnswerInvalid
from api.core.ports import Library
from api.core.types import LABEL_LAWYER, LABEL_REVIEWED, Author, Decision, Draft, Reply
from api.review.errors import WordsMissing
from api.review.types import Case, State
from knowledge.citations.types import Finding

PLACES = {
    "法律援助": "县法律援助中心（可以申请免费的律师）",
    "调解": "人民调解委员会（不收费，双方坐下来谈）",
    "公证": "公证处",
    "仲裁": "仲裁机构（劳动、土地承包等纠纷先仲裁）",
}


class CitationsWrong(AnswerInvalid):
    """Citations of an answer do not hold; `findings` says which and why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        named = "；".join(f"{found.text}（{found.reason}）" for found in findings)
        super().__init__(f"有的引用对不上，还没有发送：{named}")
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Choice:
    """How a lawyer answers.

    `kind` is answer, reject, refer or call_back; `place` one of PLACES when the resident is
    sent on.
    """

    kind: str
    text: str = ""
    reason: str = ""
    place: str = ""
    hand_back: bool = True


def compose(case: Case, choice: Choice, library: Library, on: date) -> tuple[State, str, Reply]:
    """The outcome, the lawyer's words and the reply that goes out.

    Raises:
        AnswerInvalid: the text is empty, too long, or cites what does not hold.
        WordsMissing: a reason or a place is missing.
    """
    outcome, text = _worded(case, choice)
    findings = library.verify(text, on)
    if wrong(findings):
        raise CitationsWrong(wrong(findings))
    if outcome is State.APPROVED and case.draft is not None:
        return outcome, text, _approved(case, case.draft)
    reply = lawyers_reply(
        text,
        findings,
        library.corpus,
        on,
        reference=case.reference,
        drafted=outcome in (State.APPROVED, State.EDITED) and case.draft is not None,
    )
    return outcome, text, reply


def question_to_resident(text: str, reference: str) -> Reply:
    """What a lawyer asks before answering."""
    return Reply(
        Decision.CLARIFY,
        checked(text),
        author=Author.LAWYER,
        reviewed=True,
        reference=reference,
        label=LABEL_LAWYER,
        notices=("您直接在下面回复就行，律师看到后接着办。",),
    )


def _worded(case: Case, choice: Choice) -> tuple[State, str]:
    text = choice.text.replace("\r\n", "\n").strip()
    match choice.kind:
        case "answer":
            same = bool(case.draft) and text == case.draft_text.strip()
            return (State.APPROVED if same else State.EDITED), checked(text)
        case "reject":
            if not choice.reason.strip():
                raise WordsMissing("请写明不能书面答复的原因，居民会看到。", "reason")
            said = f"律师看过您的问题，没法在这里书面答复。原因：{choice.reason.strip()}"
            way = "请拨打12348，或者带上材料到县公共法律服务中心当面问。"
            return State.REJECTED, checked("\n".join(part for part in (said, text, way) if part))
        case "refer":
            if choice.place not in PLACES:
                raise WordsMissing("请选择转到哪里。", "place")
            said = f"您的事更适合找：{PLACES[choice.place]}。"
            return State.REFERRED, checked("\n".join(part for part in (said, text) if part))
        case "call_back":
            return State.CALLED_BACK, f"律师已经和您通了电话，要点如下：\n{checked(text)}"
        case _:
            raise WordsMissing("请选择怎样答复。", "kind")


def _approved(case: Case, draft: Draft) -> Reply:
    """The draft as it stands, with its parts laid out."""
    return Reply(
        Decision.RELEASE,
        draft.answer,
        citations=draft.citations,
        steps=draft.steps,
        materials=draft.materials,
        deadlines=draft.deadlines,
        where=draft.where,
        author=Author.LAWYER,
        reviewed=True,
        reference=case.reference,
        label=LABEL_REVIEWED,
    )
