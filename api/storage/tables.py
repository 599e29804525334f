"""The tables. A change here comes with a new file in migrations/versions/."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from api.storage.sealed import SealedJson, SealedText

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("topic", String(32), nullable=False, server_default=""),
    Column("question", SealedText("conversations.question"), nullable=False, server_default=""),
    Column("cases", SealedJson("conversations.cases")),
    Column("in_charge", String(64), nullable=False, server_default=""),
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
    Column("text", SealedText("messages.text"), nullable=False),
    Column("reply", SealedJson("messages.reply")),
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
    Column("question", SealedText("reviews.question"), nullable=False),
    Column("why", JSON, nullable=False),
    Column("draft", SealedJson("reviews.draft")),
    Column("draft_text", SealedText("reviews.draft_text"), nullable=False, server_default=""),
    Column("kind", String(16), nullable=False, server_default="normal"),
    Column("urgency", Integer, nullable=False, server_default="2"),
    Column("town", String(64), nullable=False, server_default=""),
    Column("language", String(16), nullable=False, server_default=""),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("paused_at", DateTime(timezone=True)),
    Column("escalated_at", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("assigned_to", String(64), nullable=False, server_default=""),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("lease_until", DateTime(timezone=True)),
    Column("in_charge", String(64), nullable=False, server_default=""),
    Column("hand_back", Boolean, nullable=False, server_default=true()),
    Column("working", SealedText("reviews.working"), nullable=False, server_default=""),
    Column("outcome", String(16)),
    Column("decided_by", String(64), nullable=False, server_default=""),
    Column("reason", SealedText("reviews.reason"), nullable=False, server_default=""),
    Column("answer", SealedText("reviews.answer"), nullable=False, server_default=""),
    Column("reply", SealedJson("reviews.reply")),
    Column("second", JSON, nullable=False, server_default="[]"),
    Column("confirmed_by", String(64), nullable=False, server_default=""),
    Column("send_at", DateTime(timezone=True), index=True),
    Column("sent_at", DateTime(timezone=True)),
    Column("sent_message", Integer, index=True),
    Column("score", Integer),
    Index("ix_reviews_queue", "state", "urgency", "due_at"),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review", ForeignKey("reviews.id"), nullable=False, index=True),
    Column("author", String(64), nullable=False),
    Column("text", SealedText("notes.text"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

double_reviews = Table(
    "double_reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review", ForeignKey("reviews.id"), nullable=False, unique=True),
    Column("topic", String(32), nullable=False),
    Column("first_by", String(64), nullable=False),
    Column("first", String(16), nullable=False),
    Column("second_by", String(64)),
    Column("second", String(16)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("judged_at", DateTime(timezone=True)),
)

faq_drafts = Table(
    "faq_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("review", ForeignKey("reviews.id"), nullable=False, unique=True),
    Column("state", String(16), nullable=False, index=True),
    Column("entry", JSON, nullable=False),
    Column("articles", JSON, nullable=False),
    Column("author", String(64), nullable=False),
    Column("publisher", String(64), nullable=False, server_default=""),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("hits", Integer, nullable=False, server_default="0"),
    Column("flag", Text, nullable=False, server_default=""),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False, server_default=true()),
    Column("topics", JSON, nullable=False, server_default="[]"),
    Column("towns", JSON, nullable=False, server_default="[]"),
    Column("languages", JSON, nullable=False, server_default="[]"),
    Column("password", Text),
    Column("totp", Text),
    Column("totp_used", Integer, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("locked_until", DateTime(timezone=True)),
    Column("invitation", String(64), unique=True),
    Column("invited_until", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("previous", String(64), index=True),
    Column("staff", ForeignKey("staff.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("full", Boolean, nullable=False, server_default=true()),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("rotated_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("by", String(64), nullable=False),
    Column("action", String(24), nullable=False),
    Column("review", Integer, index=True),
    Column("before", String(16), nullable=False),
    Column("after", String(16), nullable=False),
    Column("details", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_texts = Table(
    "audit_texts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("audit", ForeignKey("audit.number"), nullable=False, index=True),
    Column("name", String(16), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("text", SealedText("audit_texts.text"), nullable=False),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

# `state`: waiting (also while tried again), parked (until the resident writes), dead (a person
# has to act), withdrawn (sent anew), delivered. `taken_at`: when the request answered by it came.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parts_done", Integer, nullable=False, server_default="0"),
    Column("next_at", DateTime(timezone=True)),
    Column("lease_until", DateTime(timezone=True)),
    Column("taken_at", DateTime(timezone=True)),
    Column("problem", String(24), nullable=False, server_default=""),
    Column("delivered_at", DateTime(timezone=True)),
    UniqueConstraint("message", "channel"),
    Index("ix_outbox_due", "channel", "state", "next_at"),
)
