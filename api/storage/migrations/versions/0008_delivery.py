"""Delivery: the outbox with attempts and reasons, people of channels, what came in and waits."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the outbox anew with its rows; make the tables of channels."""
    _outbox()
    op.create_table(
        "channel_people",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("subscribed", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("township", sa.String(64), nullable=False, server_default=""),
        sa.Column("menu", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("grants", sa.JSON(), nullable=False, server_default="{}"),
    )
    op.create_table(
        "channel_inbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("external_id", sa.String(64), nullable=False),
        sa.Column("incoming", sa.JSON()),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("lease_until", _MOMENT),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("done_at", _MOMENT),
        sa.Column("message", sa.Integer()),
        sa.UniqueConstraint("conversation", "external_id"),
    )
    op.create_index("ix_channel_inbox_open", "channel_inbox", ["done_at", "lease_until"])
    op.create_table(
        "case_pictures",
        sa.Column("token", sa.String(32), primary_key=True),
        sa.Column("review", sa.Integer(), sa.ForeignKey("reviews.id"), nullable=False),
        sa.Column("media_type", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_case_pictures_review", "case_pictures", ["review"])
    op.create_table(
        "contact_ways",
        sa.Column("conversation", sa.String(64), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("phone", sa.Text(), nullable=False, server_default=""),
        sa.Column("email", sa.Text(), nullable=False, server_default=""),
        sa.Column("at_night", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("changed_at", _MOMENT, nullable=False),
    )


def _outbox() -> None:
    """A message may go more than one way: unique by message and channel, not by message."""
    op.drop_index("ix_outbox_conversation", "outbox")
    op.rename_table("outbox", "outbox_before")
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("message", sa.Integer(), sa.ForeignKey("messages.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("conversation", sa.String(64), sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, server_default="waiting"),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("parts_done", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_at", _MOMENT),
        sa.Column("lease_until", _MOMENT),
        sa.Column("taken_at", _MOMENT),
        sa.Column("problem", sa.String(24), nullable=False, server_default=""),
        sa.Column("delivered_at", _MOMENT),
        sa.UniqueConstraint("message", "channel"),
    )
    kept = "message, channel, conversation, delivered_at"
    op.execute(
        f"INSERT INTO outbox ({kept}, state) SELECT {kept}, "
        "CASE WHEN delivered_at IS NULL THEN 'waiting' ELSE 'delivered' END "
        "FROM outbox_before ORDER BY id"
    )
    op.drop_table("outbox_before")
    op.create_index("ix_outbox_conversation", "outbox", ["conversation"])
    op.create_index("ix_outbox_due", "outbox", ["channel", "state", "next_at"])
