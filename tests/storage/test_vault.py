"""What is sealed stays sealed: keys change, tampering is seen, values keep their place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.casework.errors import SealBroken
from api.storage.vault import Vault, add_key, load_vault

VAULT = Vault({"k1": bytes(32)})


@given(st.binary(max_size=200), st.text(max_size=20))
def test_round_trip(plain: bytes, purpose: str) -> None:
    sealed = VAULT.seal(plain, purpose)
    assert VAULT.open(sealed, purpose) == plain


@given(st.integers(min_value=0))
def test_any_flipped_bit_is_seen(position: int) -> None:
    sealed = bytearray(VAULT.seal("张三欠薪".encode(), "aid:1"))
    sealed[position % len(sealed)] ^= 1
    with pytest.raises(SealBroken):
        VAULT.open(bytes(sealed), "aid:1")


def test_a_value_moved_to_another_row_is_seen() -> None:
    with pytest.raises(SealBroken):
        VAULT.open(VAULT.seal(b"x", "aid:1"), "aid:2")


def test_keys_are_made_rotated_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "secrets/keys"
    first = load_vault(path)
    assert path.stat().st_mode & 0o777 == 0o600
    sealed = first.seal_json({"name": "张三"}, "p")
    name = add_key(path, date(2026, 11, 23))
    second = load_vault(path)
    assert second.current == name != first.current
    assert second.open_json(sealed, "p") == {"name": "张三"}
    with pytest.raises(SealBroken, match=name):
        first.open(second.seal(b"x", "p"), "p")


def test_a_broken_key_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("no key at all\n")
    with pytest.raises(SealBroken, match="密钥文件"):
        load_vault(tmp_path / "keys")
