"""The statutes held: names to laws, citations to the text that binds on a date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

import yaml

from knowledge.errors import ArticleNotInForce, ArticleUnknown, LawUnknown
from knowledge.statutes import LawText
from knowledge.types import Article, ArticleRef, LawVersion, Status, short_name

_STATUTES = ("宪法", "法律")
_MANY = 5_000
_ALIASES = Path(__file__).with_name("law_aliases.yml")


class Corpus:
    """Laws in memory; a position in `articles` is a row of the search index."""

    def __init__(self, laws: Iterable[LawText]) -> None:
        self.articles: Sequence[Article] = [a for law in laws for a in law.articles]
        self._places: dict[tuple[str, str], list[Article]] = defaultdict(list)
        versions: dict[str, dict[str, LawVersion]] = defaultdict(dict)
        for article in self.articles:
            version = article.version
            versions[version.name][version.id] = version
            self._places[version.name, article.number].append(article)
        self._versions = {
            name: tuple(sorted(held.values(), key=lambda v: v.published or date.min))
            for name, held in versions.items()
        }

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        names: dict[str, set[str]] = defaultdict(set)
        for full in self._versions:
            names[full].add(full)
            names[short_name(full)].add(full)
            for version in self._versions[full]:
                names[version.title or full].add(full)
        if _ALIASES.is_file():
            for alias, full in yaml.safe_load(_ALIASES.read_text(encoding="utf-8")).items():
                if full in self._versions:
                    names[alias].add(full)
        return {name: tuple(sorted(full)) for name, full in names.items()}

    @cached_property
    def has_regulations(self) -> bool:
        """Whether regulations and interpretations were imported in number."""
        other = sum(article.version.level not in _STATUTES for article in self.articles)
        return other >= _MANY

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Every spelling known, with the full names it may mean."""
        return self._names

    def resolve(self, name: str) -> tuple[str, ...]:
        """Full official names a name may mean; empty when unknown, several when ambiguous."""
        if name in self._versions:
            return (name,)
        return self._names.get(name, ())

    def versions(self, law: str) -> tuple[LawVersion, ...]:
        """The versions held of a law, oldest first.

        Raises:
            LawUnknown: no law of that full name is held.
        """
        if law not in self._versions:
            raise LawUnknown(law)
        return self._versions[law]

    @cached_property
    def _texts(self) -> Mapping[str, tuple[Article, ...]]:
        texts: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            texts[article.version.id].append(article)
        return {version: tuple(articles) for version, articles in texts.items()}

    def text(self, version: str) -> tuple[Article, ...]:
        """The articles of one version of a law in their order, by the version's id.

        Raises:
            LawUnknown: no version has this id.
        """
        if version not in self._texts:
            raise LawUnknown(version)
        return self._texts[version]

    def article(self, ref: ArticleRef, on: date) -> Article:
        """The text of an article that binds on the date.

        Raises:
            LawUnknown: no law of that name is held, or several answer to it.
            ArticleUnknown: no version of the law has the article.
            ArticleNotInForce: the article exists, but not on that date.
        """
        full = self.resolve(ref.law)
        if len(full) != 1:
            raise LawUnknown(ref.law)
        held = self._places.get((full[0], ref.article))
        if not held:
            raise ArticleUnknown(full[0], ref.article)
        for article in held:
            if article.version.status(on) is Status.IN_FORCE:
                return article
        raise ArticleNotInForce(full[0], ref.article, on)
