"""Changing keys: old rows are sealed anew, and the old key may go; on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.casework.aid import Applicant
from api.casework.county import load_county
from api.casework.errors import SealBroken
from api.casework.orders import Told, load_services
from api.casework.uploads import Scan
from api.storage.aid import AidStore
from api.storage.carried import Carried
from api.storage.orders import OrderStore
from api.storage.papers import PaperStore
from api.storage.reseal import reseal
from api.storage.vault import Vault
from knowledge.legal_aid import AidFacts, Matter
from tests.conftest import NOW, ROOT

OLD, NEW = {"k1": bytes(32)}, {"k2": b"2" * 32}
COUNTY = load_county(ROOT / "county/county.yml")


def test_after_resealing_the_old_key_may_go(engine: Engine) -> None:
    vault = Vault(OLD)
    load = Carried(engine, vault, lambda: NOW).put({"name": "张小满"}, None)
    paper = PaperStore(engine, vault, lambda: NOW).add("mediation", {"name": "张小满"}, None)
    services = load_services(ROOT / "county/services.yml")
    told = Told("张小满", "13800000000", "邻里纠纷")
    order = OrderStore(engine, vault, COUNTY, services, lambda: NOW).open("mediation", told)
    aid = AidStore(engine, vault, COUNTY, lambda: NOW)
    made = aid.apply(
        AidFacts(matter=Matter.WAGES),
        Applicant("张小满", "13800000000", "三个月没发工钱"),
        verdict="missing",
        lane="ordinary",
    )
    photo = aid.add_photo(made.token, "case", Scan("image/jpeg", b"picture"))

    both, new = Vault(OLD | NEW), Vault(NEW)
    assert reseal(engine, both) == 5 and reseal(engine, both) == 0
    assert Carried(engine, new, lambda: NOW).get(load).facts == {"name": "张小满"}
    assert PaperStore(engine, new, lambda: NOW).get(paper.token).values == {"name": "张小满"}
    kept = OrderStore(engine, new, COUNTY, services, lambda: NOW).get(order.token)
    assert kept.told == told and kept.reference == "GD20261123-0001"
    again = AidStore(engine, new, COUNTY, lambda: NOW)
    assert again.get(made.token).applicant.name == "张小满"
    assert again.photo(made.id, photo.token, "王律师").data == b"picture"
    with pytest.raises(SealBroken, match="k2"):
        AidStore(engine, vault, COUNTY, lambda: NOW).get(made.token)


def test_the_commands(tmp_path: Path) -> None:
    names = ("RASA_TOKEN", "ACTION_SECRET", "DESK_PASSWORD", "SECRET_KEY")
    secrets = {f"WENFA_{name}": "x" * 16 for name in names}
    environment = os.environ | secrets | {"WENFA_DATA": str(tmp_path)}

    def run(*command: str) -> str:
        line = [sys.executable, "-m", "api.cli", *command]
        done = subprocess.run(
            line, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    run("migrate")
    assert "新密钥" in run("keys", "rotate")
    assert "重新加密0条" in run("keys", "reseal")
