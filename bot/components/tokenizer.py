"""Jieba words, written one way."""

from __future__ import annotations

from nlu.normalise import normalise
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.jieba_tokenizer import JiebaTokenizer
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class NormalisingTokenizer(JiebaTokenizer):  # type: ignore[misc]
    """Rasa's JiebaTokenizer without punctuation, width and case: voice text carries none."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of one attribute; a text of signs only keeps its signs."""
        tokens = super().tokenize(message, attribute)
        words = [
            Token(word, token.start, token.end)
            for token in tokens
            if any(map(str.isalnum, word := normalise(token.text).lower()))
        ]
        return words or tokens
