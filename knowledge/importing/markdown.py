"""Markdown in the LawRefBook layout: title, lines of dates up to ``<!-- INFO END -->``, body."""

from __future__ import annotations

from pathlib import Path

_INFO_END = "<!-- INFO END -->"


def read(path: Path) -> tuple[str, list[str], list[str]]:
    """Title, head and body of a file.

    Raises:
        OSError, UnicodeDecodeError: it cannot be read.
    """
    lines = [line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines()]
    title = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
    if _INFO_END in lines:
        end = lines.index(_INFO_END)
        return title, lines[1:end], lines[end + 1 :]
    return title, lines[1:12], [line for line in lines if not line.startswith("# ")]
