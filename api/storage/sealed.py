"""Columns that hold residents' words: sealed in the database, plain in the program.

The key belongs to the engine (`open_engine(url, vault)`). Without one nothing is sealed, which
is for tests; rows from before the sealing are read as they are, until `keys reseal`.
"""

from __future__ import annotations

import base64
import json
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import JSON, Dialect, Engine, Text
from sqlalchemy.types import TypeDecorator

from api.casework.errors import SealBroken
from api.storage.vault import Vault

_MARK = "sealed1:"
_vaults: WeakKeyDictionary[Dialect, Vault] = WeakKeyDictionary()


def seal_with(engine: Engine, vault: Vault) -> None:
    """Seal and open the sealed columns of this engine's database with this vault."""
    _vaults[engine.dialect] = vault


def key_of(stored: str, vault: Vault) -> str:
    """The id of the key a stored value was sealed with; "" for one that is not sealed."""
    return vault.key_of(_bytes(stored)) if stored.startswith(_MARK) else ""


class SealedText(TypeDecorator[str]):
    """Text nobody reads without the key; an empty one stays empty, so that it can be asked for."""

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        """`purpose` is bound in: a value cannot be moved to another column."""
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Seal."""
        return _seal(value, self.purpose, dialect) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Open."""
        return _open(value, self.purpose, dialect) if value else value


class SealedJson(TypeDecorator[Any]):
    """Plain JSON values nobody reads without the key; stored as one JSON string."""

    impl = JSON
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        """`purpose` is bound in: a value cannot be moved to another column."""
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Seal."""
        if value is None or dialect not in _vaults:
            return value
        return _seal(json.dumps(value, ensure_ascii=False), self.purpose, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Open."""
        if not isinstance(value, str) or not value.startswith(_MARK):
            return value
        return json.loads(_open(value, self.purpose, dialect))


def _seal(plain: str, purpose: str, dialect: Dialect) -> str:
    vault = _vaults.get(dialect)
    if vault is None:
        return plain
    return _MARK + base64.b64encode(vault.seal(plain.encode(), purpose)).decode()


def _open(stored: str, purpose: str, dialect: Dialect) -> str:
    if not stored.startswith(_MARK):
        return stored
    vault = _vaults.get(dialect)
    if vault is None:
        raise SealBroken("数据库里的内容是加密的，没有给密钥")
    return vault.open(_bytes(stored), purpose).decode()


def _bytes(stored: str) -> bytes:
    try:
        return base64.b64decode(stored.removeprefix(_MARK), validate=True)
    except ValueError as error:
        raise SealBroken("存储的内容格式不对，打不开") from error
