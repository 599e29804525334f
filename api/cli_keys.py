"""Commands for the keys that seal what residents tell: python -m api.cli keys rotate | reseal."""

from __future__ import annotations

from datetime import datetime

import typer

from api.core.deadlines import COUNTY
from api.settings import Settings
from api.storage.db import open_engine
from api.storage.reseal import reseal as reseal_rows
from api.storage.vault import add_key, load_vault

app = typer.Typer(no_args_is_help=True, help="Keys that seal what residents tell.")


@app.command()
def rotate() -> None:
    """Add a fresh key, which seals from the next start on; the old ones still open."""
    settings = Settings()  # type: ignore[call-arg]
    name = add_key(settings.keys, datetime.now(COUNTY).date())
    typer.echo(f"新密钥{name}已写入{settings.keys}；请备份，重启服务，再运行 keys reseal")


@app.command()
def reseal() -> None:
    """Seal everything with the newest key; after that older keys may be taken away."""
    settings = Settings()  # type: ignore[call-arg]
    vault = load_vault(settings.keys)
    changed = reseal_rows(open_engine(settings.database, vault), vault)
    typer.echo(f"已用最新密钥重新加密{changed}条")
