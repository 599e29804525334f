"""Commands for programs that use the API: python -m api.cli key add | list | revoke."""

from __future__ import annotations

from typing import Annotated

import typer

from api.plainly import plainly
from api.storage.api_keys import SCOPES
from api.wiring import api_keys_of_settings

app = typer.Typer(no_args_is_help=True, help="Keys of programs that use the API.")


@app.command()
@plainly
def add(
    name: str,
    scope: Annotated[list[str], typer.Option(help=f"One of {', '.join(SCOPES)}; repeat.")],
    per_day: Annotated[int, typer.Option(help="Requests a day.")] = 1_000,
) -> None:
    """Make a key; it is printed this once."""
    typer.echo(api_keys_of_settings().add(name, scope, per_day))


@app.command("list")
@plainly
def list_() -> None:
    """Every key: what it opens, how much of today's quota is used."""
    for key in api_keys_of_settings().all():
        state = "已停用" if key.revoked_at else f"今天{key.used}/{key.per_day}"
        typer.echo(f"{key.name}\t{','.join(key.scopes)}\t{state}\t{key.created_at:%Y-%m-%d}")


@app.command()
@plainly
def revoke(name: str) -> None:
    """Shut a program out at once."""
    api_keys_of_settings().revoke(name)
    typer.echo(f"{name}已停用")
