"""Commands: python -m api.cli ask | search | classify | verify-citations | index | user …"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from api import (
    backups,
    cli_keys,
    corpus_jobs,
    desk_commands,
    home_commands,
    jobs,
    key_commands,
    kiosk_commands,
    wechat_commands,
)
from api.explain import explain
from api.plainly import plainly as _plainly
from api.speech_commands import speech_model, transcribe
from api.worker import worker

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(desk_commands.user, name="user")
app.add_typer(desk_commands.audit, name="audit")
app.command()(backups.backup)
app.command()(backups.restore)
app.command()(worker)
app.command("export-feedback")(desk_commands.export_feedback)
app.add_typer(cli_keys.app, name="keys")
app.add_typer(kiosk_commands.app, name="kiosk")
app.add_typer(key_commands.app, name="key")
app.add_typer(wechat_commands.app, name="wechat")
_T = TypeVar("_T")
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
In = Annotated[Path, typer.Option("--batch", help="Questions, one JSON object a line.")]
Out = Annotated[Path, typer.Option("--out", help="Answers, one JSON object a line.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Law in force on this day.")
]


@app.command()
@_plainly
def ask(question: str, as_json: Json = False) -> None:
    """Answer one question in the terminal, without the dialogue and without storing anything."""
    reply = asyncio.run(jobs.ask(question))
    typer.echo(json.dumps(asdict(reply), ensure_ascii=False) if as_json else jobs.as_text(reply))


@app.command()
@_plainly
def search(batch: In, out: Out, limit: int = 20, on: On = None) -> None:
    """Find articles for many questions: {"id","question"} -> {"id","hits",...}."""
    _write(out, jobs.search(_read(batch), limit, _day(on)))


@app.command()
@_plainly
def classify(batch: In, out: Out) -> None:
    """Name the topic of many questions: {"id","question"} -> {"id","topic","confidence"}."""
    _write(out, jobs.classify(_read(batch)))


@app.command("verify-citations")
@_plainly
def verify_citations(as_json: Json = False, on: On = None) -> None:
    """Check every citation in the text on standard input."""
    findings = jobs.verify_text(sys.stdin.read(), _day(on))
    if as_json:
        typer.echo(json.dumps(findings, ensure_ascii=False))
        return
    for finding in findings:
        typer.echo(f"{finding['verdict']}\t{finding['text']}\t{finding['reason']}")


@app.command()
@_plainly
def index() -> None:
    """Build what is missing of the search index and put it into use."""
    typer.echo(f"索引就绪：{corpus_jobs.index()}")


@app.command("import-laws")
@_plainly
def import_laws(folder: Path, as_json: Json = False) -> None:
    """Import .md, .docx and .txt texts of law from a folder and put them into use."""
    imported = corpus_jobs.import_laws(folder)
    for report in imported.files:
        row = {"file": str(report.path), "articles": report.articles, "notes": report.notes}
        line = f"{report.articles}条\t{report.path.name}\t{'；'.join(report.notes)}"
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else line)
    total = sum(report.articles for report in imported.files)
    if not as_json:
        typer.echo(f"共{len(imported.files)}个文件、{total}条；索引就绪：{imported.index}")


@app.command("corpus-doctor")
@_plainly
def corpus_doctor(as_json: Json = False) -> None:
    """List what contradicts itself in the laws held: status, numbering, duplicates."""
    for one in corpus_jobs.conflicts():
        state = f"已更正：{one.settled}" if one.settled else "待律师核对"
        line = f"{one.kind}\t{one.law}（{one.published}）\t{one.what}\t{state}"
        typer.echo(json.dumps(asdict(one), ensure_ascii=False, default=str) if as_json else line)


@app.command()
@_plainly
def migrate() -> None:
    """Bring the database to the newest schema."""
    jobs.migrate_database()
    typer.echo("数据库已是最新结构")


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
                yield {"id": row["id"], "question": str(row["question"])}
            except (ValueError, KeyError, TypeError) as error:
                raise OSError(f'{path} 第{number}行不是 {{"id","question"}}') from error


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


app.command()(_plainly(transcribe))
app.command()(_plainly(explain))
app.command("export-resident")(home_commands.export_resident)
app.command("erase-resident")(home_commands.erase_resident)
app.command("retention")(home_commands.retention)
app.add_typer(speech_model, name="speech-model")

if __name__ == "__main__":
    app()
