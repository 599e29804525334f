"""The tables of casework. What a resident told stands in `sealed` columns only."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from api.storage.tables import metadata

# What a conversation brought out, kept until the resident goes on with it on a page.
carried = Table(
    "carried",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)

aid_applications = Table(
    "aid_applications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(32), nullable=False, unique=True),
    Column("reference", String(24), nullable=False, unique=True),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("phone", String(64), index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("lane", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("owner", String(64)),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False, server_default="1"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", ForeignKey("aid_applications.id"), nullable=False, index=True),
    Column("material", String(32), nullable=False),
    Column("media_type", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("token", String(32), nullable=False, unique=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(32), nullable=False, unique=True),
    Column("reference", String(24), nullable=False, unique=True),
    Column("service", String(16), nullable=False, index=True),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("phone", String(64), index=True),
    Column("state", String(16), nullable=False, index=True),
    Column("office", String(64), nullable=False, server_default=""),
    Column("place", String(255), nullable=False, server_default=""),  # the kiosk it came from
    Column("owner", String(64)),
    Column("sealed", LargeBinary, nullable=False),
    Column("due_at", DateTime(timezone=True)),
    Column("slot_at", DateTime(timezone=True)),
    Column("result", Text, nullable=False, server_default=""),
    Column("rating", Integer),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("office", "slot_at"),  # nobody is given an hour twice
)

# Append-only: who did what to an application ("aid") or an order ("order").
casework_events = Table(
    "casework_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", String(8), nullable=False, index=True),
    Column("number", Integer, nullable=False, index=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("step", String(24), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)

# Village kiosks. Tokens are kept as digests; a link registers one browser, once.
kiosks = Table(
    "kiosks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("township", String(64), nullable=False),
    Column("place", String(128), nullable=False, server_default=""),
    Column("region", String(16), nullable=False, server_default=""),
    Column("phone", String(32), nullable=False, server_default=""),
    Column("link", String(64), unique=True),
    Column("token", String(64), unique=True),
    Column("agent", String(64), unique=True),
    Column("paper", String(16), nullable=False, server_default="unknown"),
    Column("microphone", String(16), nullable=False, server_default="unknown"),
    Column("registered_at", DateTime(timezone=True)),
    Column("seen_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
)
