"""The tables. A change here comes with a new file in migrations/versions/."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("topic", String(32), nullable=False, server_default=""),
    Column("question", Text, nullable=False, server_default=""),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(64)),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("reply", JSON),
    Column("reply_to", ForeignKey("messages.id"), unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("channel", "conversation", "external_id"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", String(24), nullable=False, unique=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("message", ForeignKey("messages.id"), nullable=False, unique=True),
    Column("state", String(16), nullable=False, index=True),
    Column("topic", String(32), nullable=False),
    Column("question", Text, nullable=False),
    Column("why", JSON, nullable=False),
    Column("draft", JSON),
    Column("draft_text", Text, nullable=False, server_default=""),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("answer", Text),
    Column("reviewer", String(64)),
    Column("sent_at", DateTime(timezone=True)),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False, unique=True),
    Column("channel", String(16), nullable=False),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("delivered_at", DateTime(timezone=True)),
)
