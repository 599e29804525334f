"""Our Rasa components, run in Rasa's own environment."""

from __future__ import annotations

import os
import subprocess
import textwrap

import pytest

from tests.bot.conftest import ROOT, TOKEN, Dialogue
from tests.running import BOT_PYTHON

pytestmark = pytest.mark.slow


def run_in_bot(script: str) -> str:
    """What a script prints under the dialogue's Python."""
    if not BOT_PYTHON.exists():
        pytest.skip("没有对话环境 bot/.venv：先运行 make setup，或设置 WENFA_BOT_PYTHON")
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'bot'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [str(BOT_PYTHON), "-W", "ignore", "-c", textwrap.dedent(script)],
        cwd=ROOT / "bot",
        env=environment | {"TF_CPP_MIN_LOG_LEVEL": "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_oldest_conversation_is_forgotten() -> None:
    script = """
        import asyncio
        from components.tracker_store import BoundedTrackerStore
        from rasa.shared.core.domain import Domain

        async def main():
            store = BoundedTrackerStore(Domain.empty(), conversations=2)
            for name in ("a", "b", "a", "c"):
                await store.save(await store.get_or_create_tracker(name))
            print(*sorted(await store.keys()))

        asyncio.run(main())
    """
    assert run_in_bot(script) == "a c"


def test_a_long_conversation_keeps_its_last_events(dialogue: Dialogue) -> None:
    for _ in range(60):
        dialogue.say("你好", "long")
    path = "/conversations/long/tracker"
    tracker = dialogue.http.get(path, params={"token": TOKEN, "include_events": "ALL"}).json()
    assert 100 < len(tracker["events"]) <= 240


def test_tokens_are_words_written_one_way() -> None:
    script = """
        from components.tokenizer import NormalisingTokenizer
        from rasa.shared.nlu.constants import TEXT
        from rasa.shared.nlu.training_data.message import Message

        config = NormalisingTokenizer.get_default_config()
        tokenizer = NormalisingTokenizer(config, None, None)
        for text in ("老板，ABC公司！", "？？"):
            message = Message({TEXT: text})
            print(*[(t.text, t.start, t.end) for t in tokenizer.tokenize(message, TEXT)])
    """
    words, signs = run_in_bot(script).splitlines()
    assert words == "('老板', 0, 2) ('abc', 3, 6) ('公司', 6, 8)"
    assert signs == "('？', 0, 1) ('？', 1, 2)"


def test_embeddings_have_length_one_and_do_not_depend_on_the_batch() -> None:
    script = """
        import numpy as np
        from components.encoder import open_encoder

        encoder = open_encoder("../var/models/e5-intents")
        texts = ["三个月", "老板拖欠工资不给，我该去哪里告他"]
        together = encoder.queries(texts)
        alone = np.vstack([encoder.queries([text]) for text in texts])
        print(together.shape, np.allclose(np.linalg.norm(together, axis=1), 1),
              (together * alone).sum(axis=1).min() > 0.99)
    """
    assert run_in_bot(script) == "(2, 384) True True"


def test_a_missing_encoder_says_what_to_do() -> None:
    script = """
        from components.encoder import open_encoder
        try:
            open_encoder("nowhere")
        except FileNotFoundError as error:
            print(error)
    """
    assert "make setup" in run_in_bot(script)


def test_a_start_imports_neither_jax_nor_all_of_scikit_learn() -> None:
    script = """
        import sys
        import launch

        launch.import_less()
        import skops.io
        import tensorflow.lite

        unused = {"jaxlib", "sklearn.ensemble", "sklearn.neural_network"}
        print(sorted(unused & set(sys.modules)))
    """
    assert run_in_bot(script) == "[]"
