"""Commands for one resident's rights, and for what was kept long enough."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from api.core.phones import mobile
from api.erasure import AT_THE_COUNTER, NAMES
from api.home_wiring import Home
from api.plainly import plainly
from api.storage.residents import Visit
from api.takeaway import take_away
from api.wiring import application_of_settings, now

Phone = Annotated[str, typer.Argument(help="The mobile number; see the identity card first.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


@plainly
def export_resident(phone: Phone, out: Annotated[Path, typer.Option("--out")]) -> None:
    """Write everything kept about a phone's owner into one ZIP."""
    parts = application_of_settings()
    who = _who(parts.home, phone)
    county = parts.settings.county
    data = take_away(parts.home.personal, who, county, now(), at_the_counter=True)
    out.write_bytes(data)
    out.chmod(0o600)
    typer.echo(f"已导出：{out}（{len(data)}字节）")


@plainly
def erase_resident(
    phone: Phone,
    yes: Annotated[bool, typer.Option("--yes", help="Really erase; else only count.")] = False,
    as_json: Json = False,
) -> None:
    """Erase everything kept about a phone's owner; without --yes nothing is erased."""
    home = application_of_settings().home
    who = _who(home, phone)
    file = home.personal.file(who, at_the_counter=True)
    if not yes:
        typer.echo(f"对话{len(file.talks)}段、办过的事{len(file.matters)}件；加上 --yes 才会删除")
        return
    told = home.erasure.told_under(who.phone)
    done = home.erasure.resident(who, AT_THE_COUNTER)
    counts: dict[str, int] = {}
    for kind, count in (*told.counts.items(), *done.counts.items()):
        counts[kind] = counts.get(kind, 0) + count
    kept = sorted({*told.kept, *done.kept})
    if as_json:
        typer.echo(json.dumps({"erased": counts, "kept": kept}, ensure_ascii=False))
        return
    gone = "、".join(f"{NAMES[kind]}{count}" for kind, count in counts.items()) or "没有东西"
    typer.echo(f"已删除：{gone}" + (f"；办结前保留：{'、'.join(kept)}" if kept else ""))


@plainly
def retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    as_json: Json = False,
) -> None:
    """Take away what was kept long enough by the county's retention.yml."""
    home = application_of_settings().home
    counts = home.keeper.due() if dry_run else home.keeper.run()
    if as_json:
        typer.echo(json.dumps({name.value: count for name, count in counts.items()}))
        return
    for name, count in counts.items():
        rule = home.keeper.retention.keep[name]
        typer.echo(f"{count}\t{rule.what}\t{rule.days}天\t{rule.reason}")


def _who(home: Home, phone: str) -> Visit:
    """The phone's owner; somebody never verified still may have told things under it."""
    return home.residents.with_phone(phone) or Visit(0, "", mobile(phone), now())
