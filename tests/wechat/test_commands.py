"""The account set up from the command line: its menu and its codes, against the emulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import segno
import yaml
from typer.testing import CliRunner, Result

from api.casework.county import load_county
from api.cli import app
from api.storage.db import open_engine
from api.storage.kiosks import KioskStore
from api.storage.migrate import migrate
from api.storage.vault import load_vault
from tests.conftest import ROOT
from tests.wechat.account import Account
from tests.wechat.program import account_settings

NOT_TAKEN = {
    "none": [],
    "four": [{"name": "一", "key": "aid"}] * 4,
    "six under one": [{"name": "一", "items": [{"name": "二", "key": "aid"}] * 6}],
    "long name": [{"name": "公共法律服务", "key": "aid"}],
    "no name": [{"name": "", "key": "aid"}],
    "unknown key": [{"name": "一", "key": "lottery"}],
    "key and page": [{"name": "一", "key": "aid", "page": "/aid"}],
    "page elsewhere": [{"name": "一", "page": "https://elsewhere.example"}],
}


class Shell:
    """A county's server: its folder, its settings, its commands."""

    def __init__(self, folder: Path, account: Account, tencent: str) -> None:
        self.county = folder / "county"
        self.county.mkdir()
        for file in (ROOT / "county").glob("*.yml"):
            (self.county / file.name).write_bytes(file.read_bytes())
        secrets = dict.fromkeys(("rasa_token", "action_secret", "secret_key"), "x" * 16)
        own = {"data": str(folder), "county_files": str(self.county)}
        settings = account_settings(account, tencent) | secrets | own
        self.environment = {f"WENFA_{name.upper()}": value for name, value in settings.items()}

    def run(self, *command: str, **changed: str) -> Result:
        """A command, with some settings changed."""
        return CliRunner(env=self.environment | changed).invoke(app, ["wechat", *command])


@pytest.fixture
def shell(tmp_path: Path, account: Account, tencent: str) -> Shell:
    """A county's server."""
    return Shell(tmp_path, account, tencent)


def test_the_menu_is_shown_and_sent(shell: Shell, account: Account) -> None:
    shown = json.loads(shell.run("menu", "--dry-run").stdout)
    assert account.menu == []
    assert shell.run("menu").exit_code == 0 and account.menu == shown["button"]
    items = [one for button in account.menu for one in button.get("sub_button", [button])]
    assert {"type": "view", "name": "算一算", "url": "https://law.example/tools"} in items
    assert {"type": "click", "name": "办到哪了", "key": "progress"} in items


@pytest.mark.parametrize("buttons", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_a_menu_wechat_would_not_take(shell: Shell, account: Account, buttons: object) -> None:
    file = shell.county / "wechat_menu.yml"
    file.write_text(yaml.safe_dump({"buttons": buttons}, allow_unicode=True), encoding="utf-8")
    done = shell.run("menu")
    assert done.exit_code == 1 and "wechat_menu.yml" in done.stderr and not account.calls


def test_codes_for_a_township_and_a_kiosk(shell: Shell, account: Account, tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'wenfa.sqlite3'}", load_vault(tmp_path / "keys"))
    migrate(engine)
    county = load_county(shell.county / "county.yml")
    KioskStore(engine, county, account.now).add("东湾一号", "柳河镇", "东湾村", "", "")
    engine.dispose()
    for scene in ("town:青山乡", "kiosk:东湾一号"):
        out = tmp_path / "code.png"
        done = shell.run("qr", "--scene", scene, "--out", str(out))
        assert done.exit_code == 0, done.stderr
        says = list(account.codes)[-1]
        again = tmp_path / "again.png"
        segno.make(says, error="m", micro=False).save(str(again), kind="png", scale=12, border=4)
        assert out.read_bytes() == again.read_bytes()
    assert list(account.codes.values()) == ["town:青山乡", "town:柳河镇"]


@pytest.mark.parametrize("scene", ["town:火星", "kiosk:没有", "coupon:1", "柳河镇"])
def test_a_code_for_nowhere(shell: Shell, account: Account, tmp_path: Path, scene: str) -> None:
    done = shell.run("qr", "--scene", scene, "--out", str(tmp_path / "code.png"))
    assert done.exit_code == 1 and not account.codes


def test_what_has_to_be_set_first(shell: Shell) -> None:
    assert "WENFA_PUBLIC_URL" in shell.run("menu", WENFA_PUBLIC_URL="").stderr
    assert "docs/wechat.md" in shell.run("menu", WENFA_WECHAT_APP_ID="").stderr
    assert "AppSecret" in shell.run("menu", WENFA_WECHAT_APP_SECRET="wrong").stderr
