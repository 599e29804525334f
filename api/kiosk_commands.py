"""Commands for village kiosks: python -m api.cli kiosk add | list | link | revoke."""

from __future__ import annotations

from typing import Annotated

import typer

from api.casework.kiosks import MICROPHONES, SUPPLIES, troubles
from api.plainly import plainly
from api.storage.kiosks import Keys
from api.wiring import kiosks_of_settings, now

app = typer.Typer(no_args_is_help=True, help="Village kiosks.")


@app.command()
@plainly
def add(
    name: str,
    township: Annotated[str, typer.Option(help="A township of county.yml.")],
    place: Annotated[str, typer.Option(help="Where it stands, e.g. 东湾村便民服务点.")] = "",
    region: Annotated[str, typer.Option(help="Dialect: qichun, nanjiang, wuhu, …")] = "",
    phone: Annotated[str, typer.Option(help="Of whoever looks after it.")] = "",
) -> None:
    """Add a kiosk; prints the link that registers its browser, once, and the printer's token."""
    store, address = kiosks_of_settings()
    _show(store.add(name, township, place, region, phone), address)


@app.command()
@plainly
def link(name: str) -> None:
    """A new link and token, for a new machine or a lost cookie; the old ones stop working."""
    store, address = kiosks_of_settings()
    _show(store.renew(name), address)


@app.command()
@plainly
def revoke(name: str) -> None:
    """Shut a kiosk out at once."""
    kiosks_of_settings()[0].revoke(name)
    typer.echo(f"{name}已停用")


@app.command("list")
@plainly
def list_() -> None:
    """Every kiosk with its state."""
    for kiosk in kiosks_of_settings()[0].all():
        seen = f"{kiosk.seen_at:%Y-%m-%d %H:%M}Z" if kiosk.seen_at else "-"
        state = "已停用" if kiosk.revoked_at else "、".join(troubles(kiosk, now())) or "正常"
        parts = (kiosk.name, kiosk.township + kiosk.place, kiosk.region or "普通话", seen)
        typer.echo("\t".join((*parts, SUPPLIES[kiosk.paper], MICROPHONES[kiosk.microphone], state)))


def _show(keys: Keys, address: str) -> None:
    typer.echo(f"在一体机的浏览器里打开（只能用一次）：{address}/kiosk/register/{keys.link}")
    typer.echo(f"打印机旁的程序报纸量用的令牌（可以不用）：{keys.agent}")
