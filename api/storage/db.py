"""Engines and their errors: SQLite by default, PostgreSQL by setting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from api.core.errors import StorageFull, StorageUnavailable
from api.storage.sealed import seal_with
from api.storage.vault import Vault

_FULL = "系统存储空间已满，您的消息还没有保存。请稍后再发；急事请拨打12348。"
_DOWN = "系统暂时无法保存您的消息，请稍后再发；急事请拨打12348。"


def open_engine(url: str, vault: Vault | None = None) -> Engine:
    """An engine for the URL; SQLite gets write-ahead logging and enforced foreign keys.

    With a vault, what residents and lawyers write is sealed (api/storage/sealed.py).
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 20})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    else:
        engine = create_engine(url, pool_pre_ping=True)
    if vault:
        seal_with(engine, vault)
    return engine


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """One transaction; the database's errors become ours. `reading` takes no write lock.

    Raises:
        IntegrityError: a row of that key is there already; the caller knows what that means.
        StorageFull: there is no space left.
        StorageUnavailable: any other failure to read or write.
    """
    try:
        with engine.execution_options(reading=reading).begin() as connection:
            yield connection
    except IntegrityError:
        raise
    except DBAPIError as error:
        if _is_full(error):
            raise StorageFull(_FULL) from error
        raise StorageUnavailable(_DOWN) from error
    except SQLAlchemyError as error:
        raise StorageUnavailable(_DOWN) from error


def aware(moment: datetime) -> datetime:
    """SQLite forgets the zone; all our times are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _is_full(error: DBAPIError) -> bool:
    text = str(error.orig)
    return "disk is full" in text or "No space left" in text or "disk I/O" in text


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # pysqlite would begin transactions lazily, after the first read: we begin them ourselves.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail when another writes in between.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
