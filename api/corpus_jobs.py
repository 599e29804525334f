"""What the commands about the law do: build the index, import texts, look for conflicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.faq_live import desk_faq
from api.settings import Settings
from api.wiring import places
from knowledge.doctor import Conflict, examine
from knowledge.encode import Encoder
from knowledge.errors import CorpusMissing
from knowledge.faq import load_faq
from knowledge.importing.files import read_folder
from knowledge.importing.store import ImportedLaws
from knowledge.importing.types import FileReport
from knowledge.index import build_index
from knowledge.statutes import LawText, read_statutes
from knowledge.versions import settle
from knowledge.written import load_written

_CORRECTIONS = Path("knowledge/corrections.yml")


@dataclass(frozen=True)
class Imported:
    """What an import brought: a report for each file, and the index now in use."""

    files: tuple[FileReport, ...]
    index: str


def index() -> str:
    """Build the index from the packaged statutes and every imported text; returns its name."""
    settings = _settings()
    return _build(settings, ImportedLaws(settings.imported).load())


def import_laws(folder: Path) -> Imported:
    """Read every file under the folder and put what it holds into use.

    The new texts are kept only after the index over them is complete, so a failure leaves the
    old index serving; only texts not encoded before are encoded; a running app takes the new
    index up with its next question.

    Raises:
        CorpusMissing: the folder is absent, or no file in it could be read.
    """
    if not folder.is_dir():
        raise CorpusMissing(f"没有文件夹 {folder}")
    files = tuple(read_folder(folder))
    texts = [report.text for report in files if report.text]
    if not texts:
        raise CorpusMissing(f"{folder} 里没有可以导入的 .md、.docx 或 .txt 法律文件")
    settings = _settings()
    store = ImportedLaws(settings.imported)
    laws = store.merged(texts)
    name = _build(settings, laws)
    store.save(laws)
    return Imported(files, name)


def conflicts() -> list[Conflict]:
    """What in the dates and texts held contradicts itself, for a lawyer to settle."""
    settings = _settings()
    laws = read_statutes(settings.statutes)
    return examine([*laws, *ImportedLaws(settings.imported).load()], _CORRECTIONS)


def _build(settings: Settings, imported: Sequence[LawText]) -> str:
    laws = settle([*read_statutes(settings.statutes, _CORRECTIONS), *imported])
    encoder = Encoder(settings.encoder, settings.encoder_threads)
    faq = (*load_faq(settings.faq), *load_faq(desk_faq(settings)))
    return build_index(laws, faq, encoder, places(settings), load_written()).name


def _settings() -> Settings:
    return Settings()  # type: ignore[call-arg]
