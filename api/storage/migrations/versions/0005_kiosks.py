"""Village kiosks, and the place an order comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sa.DateTime(timezone=True)


def _text(name: str, length: int, default: str = "") -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False, server_default=default)


def upgrade() -> None:
    """Make the kiosks' table; orders get a place."""
    op.add_column("orders", _text("place", 255))
    op.create_table(
        "kiosks",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("township", sa.String(64), nullable=False),
        _text("place", 128),
        _text("region", 16),
        _text("phone", 32),
        sa.Column("link", sa.String(64), unique=True),
        sa.Column("token", sa.String(64), unique=True),
        sa.Column("agent", sa.String(64), unique=True),
        _text("paper", 16, "unknown"),
        _text("microphone", 16, "unknown"),
        sa.Column("registered_at", _MOMENT),
        sa.Column("seen_at", _MOMENT),
        sa.Column("revoked_at", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
