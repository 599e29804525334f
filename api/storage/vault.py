"""Sealing what is nobody else's business: AES-GCM, keys in a file outside the database."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.casework.errors import SealBroken

_VERSION = b"\x01"
_NONCE = 12


class Vault:
    """Seals and opens bytes; a sealed value names its key, so keys can be changed one by one."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """`keys` by id, oldest first; the last one seals."""
        self._keys = {name: AESGCM(key) for name, key in keys.items()}
        self.current = list(self._keys)[-1]

    def seal(self, plain: bytes, purpose: str) -> bytes:
        """Encrypt; `purpose` is bound in, so that a value cannot be moved to another row.

        >>> vault = Vault({"k1": bytes(32)})
        >>> vault.open(vault.seal(b"secret", "aid:1"), "aid:1")
        b'secret'
        """
        nonce, name = secrets.token_bytes(_NONCE), self.current.encode()
        head = _VERSION + bytes([len(name)]) + name
        return head + nonce + self._keys[self.current].encrypt(nonce, plain, _bound(head, purpose))

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypt.

        Raises:
            SealBroken: the key is not held, or the bytes or their purpose were changed.
        """
        name = self.key_of(sealed)
        if name not in self._keys:
            raise SealBroken(f"没有密钥{name}：请把它放回密钥文件")
        head, rest = sealed[: 2 + len(name.encode())], sealed[2 + len(name.encode()) :]
        try:
            aead = self._keys[name]
            return aead.decrypt(rest[:_NONCE], rest[_NONCE:], _bound(head, purpose))
        except (InvalidTag, ValueError) as error:
            raise SealBroken("存储的内容被改动过，打不开") from error

    def holds(self, name: str) -> bool:
        """Whether the key of that id is here."""
        return name in self._keys

    def key_of(self, sealed: bytes) -> str:
        """The id of the key a value was sealed with.

        Raises:
            SealBroken: these are no sealed bytes.
        """
        try:
            if sealed[:1] != _VERSION:
                raise ValueError
            return sealed[2 : 2 + sealed[1]].decode()
        except (IndexError, ValueError) as error:
            raise SealBroken("存储的内容格式不对，打不开") from error

    def seal_json(self, value: Any, purpose: str) -> bytes:
        """Encrypt plain JSON values."""
        return self.seal(json.dumps(value, ensure_ascii=False).encode(), purpose)

    def open_json(self, sealed: bytes, purpose: str) -> Any:
        """Decrypt what `seal_json` made."""
        return json.loads(self.open(sealed, purpose))


def load_vault(path: Path) -> Vault:
    """The vault of a key file; the file is made with a first key where there is none.

    Raises:
        SealBroken: the file cannot be read as keys.
    """
    if not path.is_file():
        add_key(path, date.today())  # noqa: DTZ011  only a name for people
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        return Vault({name: base64.b64decode(key, validate=True) for name, key in lines})
    except (ValueError, IndexError) as error:
        raise SealBroken(f"密钥文件{path}不对：每行应是“编号 密钥”") from error


def add_key(path: Path, today: date) -> str:
    """Append a fresh key, which seals from now on; returns its id."""
    name = f"k{today:%Y%m%d}-{secrets.token_hex(2)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8") as out:
        out.write(f"{name} {base64.b64encode(secrets.token_bytes(32)).decode()}\n")
    return name


def _bound(head: bytes, purpose: str) -> bytes:
    return head + purpose.encode()
