"""A paper as a Word file: the only file that knows python-docx."""

from __future__ import annotations

import io
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from api.casework.papers.filling import Block, Paper, pieces
from api.casework.papers.label import LABEL, TRACE

_BODY, _HEAD = "仿宋", "黑体"
_SIZE, _TITLE = Pt(15), Pt(20)


def word(paper: Paper) -> bytes:
    """The .docx: A4, gaps marked, the label at the foot of every page and in the properties."""
    document = Document()
    _prepare(document, paper)
    for is_row, blocks in groupby(paper.blocks, lambda block: block.kind == "row"):
        if is_row:
            _table(document, list(blocks))
        else:
            for block in blocks:
                _paragraph(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    section.top_margin = section.bottom_margin = Cm(2.5)
    normal = document.styles["Normal"]
    normal.font.size = _SIZE
    _typeface(normal, _BODY)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(LABEL).font.size = Pt(9)
    properties = document.core_properties
    properties.title, properties.comments, properties.keywords = paper.form.title, LABEL, TRACE
    properties.author = "问法"


def _paragraph(document: Any, block: Block) -> None:
    paragraph = document.add_paragraph()
    if block.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(14)
    elif block.kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif block.kind == "heading":
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = True
    else:
        paragraph.paragraph_format.first_line_indent = _SIZE * 2
    _write(paragraph, block.text, heading=block.kind in ("title", "heading"))
    if block.kind == "title":
        for run in paragraph.runs:
            run.font.size = _TITLE


def _table(document: Any, rows: list[Block]) -> None:
    width = max(len(row.cells) for row in rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for number, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row.cells, strict=False):
            _write(cell.paragraphs[0], text, heading=number == 0)


def _write(paragraph: Any, text: str, *, heading: bool) -> None:
    for piece, is_gap in pieces(text):
        run = paragraph.add_run(piece)
        if heading:
            run.font.bold = True
            _typeface(run, _HEAD)
        if is_gap:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _typeface(owner: Any, name: str) -> None:
    owner.font.name = name
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
