"""The index of the settings, opened for measuring and training."""

from __future__ import annotations

from api.settings import Settings
from api.wiring import encoders, places
from knowledge.learned import Learned
from knowledge.retriever import Retriever, load_retriever
from nlu.dialect import searchable


def open_retriever() -> Retriever:
    """The current index with nothing learned: what training starts from."""
    return _open(Learned())


def open_serving() -> Retriever:
    """The current index with the committed models, as the application runs it."""
    return _open(Learned.load())


def _open(learned: Learned) -> Retriever:
    settings = Settings()  # type: ignore[call-arg]
    return load_retriever(places(settings).current(), encoders(settings), learned, searchable)
