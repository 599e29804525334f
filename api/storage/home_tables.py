"""The tables of the resident's own file. Phones stand as keyed digests, or in `sealed` columns."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from api.storage.tables import metadata

residents = Table(
    "residents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(32), nullable=False, unique=True),
    Column("phone", String(64), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

# `token` is the digest of what the browser holds while it waits for its six digits.
resident_codes = Table(
    "resident_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("phone", String(64), nullable=False, index=True),
    Column("address", String(64), nullable=False, index=True),
    Column("code", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True)),
)

resident_sessions = Table(
    "resident_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("resident", ForeignKey("residents.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

# What a resident put into the own file: a conversation, an application, a paper, an order.
resident_links = Table(
    "resident_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("resident", ForeignKey("residents.id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("kind", "subject"),
)

# Append-only: each consent and each withdrawal, with the version of the words agreed to.
consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("resident", ForeignKey("residents.id"), index=True),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("purpose", String(16), nullable=False),
    Column("version", String(16), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False, index=True),
    Column("subject", String(64), nullable=False),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("grade", String(16), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("follow_up", String(24), nullable=False, server_default=""),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
