"""The forms a resident has half filled in, so that a restart of the dialogue loses none."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column."""
    op.add_column("conversations", sa.Column("cases", sa.JSON()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("conversations", "cases")
