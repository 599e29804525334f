"""The .docx of the national law database: title, 题注, 目录, 编/章/节, 条, tables.

The only file that imports python-docx.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.importing import plain


def read(path: Path) -> tuple[str, list[str], list[str]]:
    """Title, head and body of a document.

    Raises:
        OSError: it is no .docx, or damaged.
    """
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise OSError(f"不是完整的 .docx 文件：{error}") from error
    return plain.split([line.strip() for line in _lines(document)])


def _lines(document: Document) -> Iterator[str]:
    """Paragraphs and table rows in the order in which they are printed."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
        elif isinstance(block, Table):
            for row in block.rows:
                yield "| " + " | ".join(_cell(cell.text) for cell in row.cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split())
