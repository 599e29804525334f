"""A file or a folder of files to laws, each with a report of what was left out and why."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.importing import heads, markdown, plain, word
from knowledge.importing.lines import parse
from knowledge.importing.types import FileReport
from knowledge.statutes import LawText

_Read = Callable[[Path], tuple[str, list[str], list[str]]]
_READERS: dict[str, _Read] = {".md": markdown.read, ".docx": word.read, ".txt": plain.read}
_MOST_BYTES = 20 * 1024 * 1024


def read_folder(folder: Path) -> Iterator[FileReport]:
    """Every file under the folder, in the order of their names; hidden ones are passed over."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.stem.upper() != "README":
            yield read_file(path)


def read_file(path: Path) -> FileReport:
    """One file as one version of one law."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        return FileReport(path, None, ("不是 .md、.docx 或 .txt 文件",))
    try:
        if path.stat().st_size > _MOST_BYTES:
            return FileReport(path, None, ("文件超过20 MB",))
        title, head, body = reader(path)
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        return FileReport(path, None, (f"无法读取：{error}",))
    if not title:
        return FileReport(path, None, ("没有标题行",))
    version = heads.version(path, title, head)
    parsed = parse(version, body)
    if not parsed.articles:
        return FileReport(path, None, ("没有正文",))
    text = LawText(version, parsed.articles)
    start = next(filter(None, (heads.begins(a.text) for a in reversed(parsed.articles))), None)
    if start and not any("施行" in line for line in head):
        text = text.under(replace(version, valid_from=max(start, version.published or start)))
    return FileReport(path, text, parsed.notes)
