"""Whose sounds to allow for in voice messages, where somebody said so."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the region; NULL is the county's own."""
    op.add_column("channel_people", sa.Column("region", sa.String(16)))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("channel_people", "region")
