"""One resident's file as the archive they take along."""

from __future__ import annotations

from datetime import datetime

from api.home.export import as_zip
from api.home.file import PersonalFile
from api.home.ratings import Kind
from api.pages import as_html
from api.storage.personal import Personal
from api.storage.residents import Visit

AUTHORS = {"resident": "我", "machine": "问法（人工智能）", "lawyer": "律师"}
_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
}


def take_away(
    personal: Personal, who: Visit, county: str, now: datetime, *, at_the_counter: bool = False
) -> bytes:
    """A ZIP of everything (个人信息保护法第四十五条：查阅、复制)."""
    file = personal.file(who, at_the_counter=at_the_counter)
    context = {"file": file, "county": county, "now": now, "authors": AUTHORS}
    return as_zip(as_html("my/export.html", context), file, _photos(personal, file))


def _photos(personal: Personal, file: PersonalFile) -> dict[str, bytes]:
    found = {}
    for matter in file.matters:
        if matter.kind != Kind.AID or not matter.photos:
            continue
        number = personal.aid.get(matter.token).id
        for count, token in enumerate(matter.photos, start=1):
            scan = personal.aid.photo(number, token, "申请人")
            ending = _ENDINGS.get(scan.media_type, "bin")
            found[f"{matter.reference}-{count}.{ending}"] = scan.data
    return found
