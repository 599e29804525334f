"""The index of the settings, opened for measuring and training."""

from __future__ import annotations

from api.settings import Settings
from api.wiring import places
from knowledge.candidates import Priors
from knowledge.encode import Encoder
from knowledge.retriever import Retriever, load_retriever
from nlu.normalise import normalise


def open_retriever() -> Retriever:
    """The current index without a ranker and without priors: what training starts from."""
    settings = Settings()  # type: ignore[call-arg]
    return load_retriever(
        places(settings).current(),
        Encoder(settings.encoder, settings.encoder_threads),
        None,
        Priors({}, {}),
        normalise,
    )
