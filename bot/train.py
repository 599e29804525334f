"""Train bot/models/wenfa.tar.gz when anything it is made of has changed.

`python bot/train.py [--force]`; Rasa's own fingerprint overlooks the jieba dictionary and the
components' code, so the decision is made here, over all of them.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import time
from pathlib import Path

from launch import BOT, MODEL, prepare, require_network

MADE_OF = (
    "bot/config.yml",
    "bot/domain/*.yml",
    "bot/data/**/*.yml",
    "bot/components/*.py",
    "bot/requirements.txt",
    "nlu/lexicon/*.txt",
    "nlu/dialect.py",
    "nlu/normalise.py",
    "nlu/words.py",
    "var/models/e5/origin.json",
    "var/models/e5-intents/origin.json",
)
STAMP = MODEL.with_name("made_of")
DRAFTS = MODEL.with_name("new")


def fingerprint(root: Path) -> str:
    """One digest over everything the model is made of."""
    digest = hashlib.sha256()
    for pattern in MADE_OF:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_current(wanted: str) -> bool:
    """Whether the model there was made of exactly this."""
    return MODEL.is_file() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted


def train() -> None:
    """Train aside, then put the new model in place of the old one in one step."""
    import logging

    from nlu.words import write_user_dictionary
    from rasa import train as rasa_train
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    write_user_dictionary(BOT / "dictionary" / "words.txt")
    result = rasa_train(
        domain="domain",
        config="config.yml",
        training_files="data",
        output=str(DRAFTS),
        fixed_model_name="wenfa",
        force_training=True,
    )
    if result.code or not result.model:
        sys.exit("对话模型训练失败，原因见上")
    Path(result.model).replace(MODEL)
    shutil.rmtree(DRAFTS, ignore_errors=True)


def main() -> None:
    """Train if needed, and say so."""
    wanted = fingerprint(BOT.parent)
    if is_current(wanted) and "--force" not in sys.argv[1:]:
        say("对话模型已是最新")
        return
    require_network()
    say("训练对话模型（约一两分钟）……")
    started = time.monotonic()
    prepare()
    train()
    STAMP.write_text(wanted, encoding="utf-8")
    say(f"对话模型已训练，用时 {time.monotonic() - started:.0f} 秒")


def say(line: str) -> None:
    """Progress, at once even through a pipe."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
