"""What a resident agrees to, in versions: changed words are a new version and asked again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """One thing agreed to (个人信息保护法第十四条), and that may be taken back (第十五条)."""

    name: str
    label: str
    version: str
    words: str


NOTICE = Purpose("notice", "看过对话前的说明", "2026-11", "先跟您说清楚")
FILE = Purpose(
    "file",
    "建立个人法律服务档案",
    "2026-11",
    "用我的手机号建立个人法律服务档案：号码加密保存，只用来确认是我本人和联系我。",
)
TALKS = Purpose(
    "talks",
    "把对话放进档案",
    "2026-11",
    "把这台设备上的对话放进我的档案。随时可以拿出来，也可以全部删除。",
)
PURPOSES = {purpose.name: purpose for purpose in (NOTICE, FILE, TALKS)}
