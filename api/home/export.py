"""A personal file as one ZIP: a page to read, JSON for another program, the photos."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from api.home.file import PersonalFile


def as_json(file: PersonalFile) -> str:
    """Everything in the file; tokens are left out, for whoever has one can open the page."""
    told = asdict(file)
    for matter in told["matters"]:
        del matter["token"]
        matter["photos"] = len(matter["photos"])
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain)


def as_zip(page: str, file: PersonalFile, photos: Mapping[str, bytes]) -> bytes:
    """The archive; `photos` by the name they get in it.

    >>> import zipfile, io, datetime
    >>> empty = PersonalFile("13800000000", datetime.datetime(2026, 11, 22))
    >>> zipfile.ZipFile(io.BytesIO(as_zip("<p>", empty, {}))).namelist()
    ['我的法律服务档案.html', '数据.json']
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("我的法律服务档案.html", page)
        archive.writestr("数据.json", as_json(file))
        for name, data in photos.items():
            archive.writestr(f"材料/{name}", data)
    return out.getvalue()


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)
