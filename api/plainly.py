"""How every command fails: a known error is one line and exit code 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import typer

from api.core.errors import CoreError
from knowledge.errors import KnowledgeError


def plainly(command: Callable[..., None]) -> Callable[..., None]:
    """A known error is one line and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except (CoreError, KnowledgeError, OSError) as error:
            typer.echo(f"wenfa: {error}", err=True)
            raise typer.Exit(1) from error

    return run
