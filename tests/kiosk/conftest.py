"""Both databases for the tests of this folder."""

from tests.databases import engine, postgres_url

__all__ = ["engine", "postgres_url"]
