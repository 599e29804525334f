"""Commands of the desk: user add | link | list, audit verify | export, export-feedback."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.console.people import split
from api.office import Office
from api.plainly import plainly
from api.review.learning import training_pairs
from api.review.people import STAFF, Person, Role
from api.wiring import corrections, office_of_settings

user = typer.Typer(no_args_is_help=True, help="Accounts of the desk.")
audit = typer.Typer(no_args_is_help=True, help="The audit trail.")
Names = Annotated[str, typer.Option(help="Separated by commas.")]
_BY = "命令行"


@user.command()
@plainly
def add(
    name: str,
    role: Annotated[Role, typer.Option(help="lawyer, supervisor, analyst or admin")] = Role.LAWYER,
    topics: Names = "",
    towns: Names = "",
    languages: Names = "",
) -> None:
    """Make an account and print its one-time link, good for 72 hours."""
    if role not in STAFF:
        raise typer.BadParameter("lawyer, supervisor, analyst or admin")
    office, address = _office()
    person = Person(name, role, split(topics), split(towns), split(languages))
    typer.echo(f"{address}/desk/join/{office.accounts.add(person, _BY)}")


@user.command()
@plainly
def link(name: str) -> None:
    """Print a new one-time link for somebody who lost password or phone; sessions end."""
    office, address = _office()
    typer.echo(f"{address}/desk/join/{office.accounts.invite_again(name, _BY)}")


@user.command("list")
@plainly
def show() -> None:
    """Everybody with an account."""
    for account in _office()[0].staff.all():
        state = "" if account.active else "\t停用"
        typer.echo(f"{account.person.name}\t{account.person.role}{state}")


@audit.command()
@plainly
def verify() -> None:
    """Check every row against its hash and its neighbours; exit code 1 when one does not hold."""
    trail = _office()[0].trail
    faults = trail.verify()
    for fault in faults:
        typer.echo(f"第{fault.number}行\t{fault.what}")
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{trail.last()}行，无误")


@audit.command("export")
@plainly
def export_trail(out: Annotated[Path, typer.Option(help="One JSON object a line.")]) -> None:
    """Write the whole trail as JSON Lines."""
    with out.open("w", encoding="utf-8") as lines:
        for entry in _office()[0].trail.all():
            lines.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")


@plainly
def export_feedback(out: Annotated[Path, typer.Option(help="One JSON object a line.")]) -> None:
    """Write what lawyers made of drafts as training pairs, without personal data."""
    office, library, on = corrections()
    pairs = training_pairs(
        office.cases.corrected(),
        lambda text: [f"《{found.law}》{found.article}" for found in library.verify(text, on)],
    )
    with out.open("w", encoding="utf-8") as lines:
        for pair in pairs:
            lines.write(json.dumps(pair, ensure_ascii=False) + "\n")
    typer.echo(f"{len(pairs)}条")


def _office() -> tuple[Office, str]:
    office, settings = office_of_settings()
    return office, settings.address
