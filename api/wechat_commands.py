"""Commands for the official account: python -m api.cli wechat menu | qr."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import segno
import typer

from api.casework.county import load_county
from api.casework.errors import CountyInvalid
from api.channels.wechat.account_menu import menu_of_county
from api.channels.wechat.setup import wechat_account
from api.clients.wechat import WeChat
from api.core.delivering import Impossible
from api.plainly import plainly
from api.settings import Settings
from api.wiring import kiosks_of_settings, now

app = typer.Typer(no_args_is_help=True, help="The WeChat official account.")
_T = TypeVar("_T")


@app.command()
@plainly
def menu(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be sent.")
    ] = False,
) -> None:
    """Give the account the menu of the county's wechat_menu.yml."""
    settings = _settings()
    if not settings.public_url:
        raise CountyInvalid("请先设置WENFA_PUBLIC_URL：菜单里的页面要用它开头")
    body = menu_of_county(settings.county_files / "wechat_menu.yml", settings.address)
    if dry_run:
        typer.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return
    _ask(settings, lambda account: account.create_menu(body))
    typer.echo("菜单已经交给微信；居民重新进入公众号就能看到")


@app.command()
@plainly
def qr(
    scene: Annotated[str, typer.Option(help="town:柳河镇, or kiosk:<name of a kiosk>.")],
    out: Annotated[Path, typer.Option(help="The picture, PNG.")],
) -> None:
    """Make a permanent code that greets with the nearest office; WeChat gives out 100,000."""
    settings = _settings()
    township = _township(scene, settings)
    url = _ask(settings, lambda account: account.code(f"town:{township}"))
    segno.make(url, error="m", micro=False).save(str(out), kind="png", scale=12, border=4)
    typer.echo(f"{township}的码：{out}")


def _township(scene: str, settings: Settings) -> str:
    """The township a code is for."""
    kind, _, value = scene.partition(":")
    if kind == "kiosk":
        for kiosk in kiosks_of_settings()[0].all():
            if kiosk.name == value and not kiosk.revoked_at:
                return kiosk.township
        raise CountyInvalid(f"没有在用的一体机“{value}”；名单：python -m api.cli kiosk list")
    found = load_county(settings.county_files / "county.yml").township_in(value)
    if kind != "town" or found is None:
        raise CountyInvalid(f"“{scene}”不是town:乡镇名（见county.yml），也不是kiosk:一体机名")
    return found.name


def _ask(settings: Settings, what: Callable[[WeChat], Awaitable[_T]]) -> _T:
    async def ask() -> _T:
        account = wechat_account(settings, now)
        try:
            return await what(account)
        finally:
            await account.close()

    return asyncio.run(ask())


def _settings() -> Settings:
    settings = Settings()  # type: ignore[call-arg]
    if not settings.wechat_app_id:
        raise Impossible("还没有设置公众号：WENFA_WECHAT_APP_ID等各项见docs/wechat.md")
    return settings
