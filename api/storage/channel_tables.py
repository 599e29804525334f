"""The tables of channels that know residents by an account of theirs: WeChat, 企业微信."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

from api.storage.sealed import SealedJson, SealedText
from api.storage.tables import metadata

# Who a conversation is with; `person` is the account's own name of them (openid).
channel_people = Table(
    "channel_people",
    metadata,
    Column("conversation", ForeignKey("conversations.id"), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("person", SealedText("channel_people.person"), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("subscribed", Boolean, nullable=False, server_default=true()),
    Column("township", String(64), nullable=False, server_default=""),
    Column("menu", JSON, nullable=False, server_default="[]"),
    Column("grants", JSON, nullable=False, server_default="{}"),
    Column("region", String(16)),
)

# What came in, until it is answered: who dies in between leaves it to the next process.
channel_inbox = Table(
    "channel_inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("incoming", SealedJson("channel_inbox.incoming")),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("lease_until", DateTime(timezone=True)),
    Column("attempts", Integer, nullable=False, server_default="1"),
    Column("done_at", DateTime(timezone=True)),
    Column("message", Integer),
    UniqueConstraint("conversation", "external_id"),
    Index("ix_channel_inbox_open", "done_at", "lease_until"),
)

case_pictures = Table(
    "case_pictures",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("review", ForeignKey("reviews.id"), nullable=False, index=True),
    Column("media_type", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

# How a resident wants to be told that a lawyer has answered, besides in the conversation.
contact_ways = Table(
    "contact_ways",
    metadata,
    Column("conversation", ForeignKey("conversations.id"), primary_key=True),
    Column("phone", SealedText("contact_ways.phone"), nullable=False, server_default=""),
    Column("email", SealedText("contact_ways.email"), nullable=False, server_default=""),
    Column("at_night", Boolean, nullable=False, server_default=false()),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)
