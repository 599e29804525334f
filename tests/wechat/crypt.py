"""Tencent's side of safe mode, written from its description and not with wechatpy."""

from __future__ import annotations

import base64
import hashlib
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32


def sign(*parts: str) -> str:
    """SHA-1 of the sorted parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324  Tencent's choice


def seal(text: str, key: str, account: str) -> str:
    """16 random bytes, length, text, account; padded to 32; AES-256-CBC; base64."""
    words = text.encode()
    plain = secrets.token_bytes(16) + len(words).to_bytes(4) + words + account.encode()
    fill = _BLOCK - len(plain) % _BLOCK
    encryptor = _cipher(key).encryptor()
    return base64.b64encode(encryptor.update(plain + bytes([fill]) * fill)).decode()


def unseal(sealed: str, key: str, account: str) -> str:
    """The text inside; ValueError when it is not for this account."""
    decryptor = _cipher(key).decryptor()
    plain = decryptor.update(base64.b64decode(sealed))
    plain = plain[16 : -plain[-1]]
    length = int.from_bytes(plain[:4])
    words, to = plain[4 : 4 + length], plain[4 + length :]
    if to.decode() != account:
        raise ValueError("sealed for another account")
    return words.decode()


def _cipher(key: str) -> Cipher[modes.CBC]:
    raw = base64.b64decode(key + "=")
    return Cipher(algorithms.AES(raw), modes.CBC(raw[:16]))
