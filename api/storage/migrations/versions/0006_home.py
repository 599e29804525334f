"""The resident's own file: who is verified, what is theirs, consents, ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)


def _text(name: str, length: int = 64, **more: object) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False, **more)


def _when(name: str) -> sa.Column:
    return sa.Column(name, _MOMENT, nullable=False)


def _number() -> sa.Column:
    return sa.Column("id", sa.Integer(), primary_key=True)


def _sealed() -> sa.Column:
    return sa.Column("sealed", sa.LargeBinary(), nullable=False)


def _resident(nullable: bool = False) -> sa.Column:
    return sa.Column("resident", sa.Integer(), sa.ForeignKey("residents.id"), nullable=nullable)


def _conversation() -> sa.Column:
    return sa.Column("conversation", sa.String(64), sa.ForeignKey("conversations.id"))


def upgrade() -> None:
    """Make the tables; applications and orders can be found by phone."""
    _people()
    _theirs()
    for table in ("aid_applications", "orders"):
        op.add_column(table, sa.Column("phone", sa.String(64)))
        op.create_index(f"ix_{table}_phone", table, ["phone"])


def _people() -> None:
    op.create_table(
        "residents",
        _number(),
        _text("token", 32, unique=True),
        _text("phone", unique=True),
        _sealed(),
        _when("created_at"),
    )
    op.create_table(
        "resident_codes",
        _number(),
        _text("token", unique=True),
        _text("phone"),
        _text("address"),
        _text("code"),
        _sealed(),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"),
        _when("created_at"),
        _when("expires_at"),
        sa.Column("used_at", _MOMENT),
    )
    op.create_index("ix_resident_codes_phone", "resident_codes", ["phone"])
    op.create_index("ix_resident_codes_address", "resident_codes", ["address"])
    op.create_table(
        "resident_sessions",
        _number(),
        _text("token", unique=True),
        _resident(),
        _text("csrf"),
        _when("created_at"),
        _when("seen_at"),
    )
    op.create_index("ix_resident_sessions_resident", "resident_sessions", ["resident"])


def _theirs() -> None:
    op.create_table(
        "resident_links",
        _number(),
        _resident(),
        _text("kind", 16),
        _text("subject"),
        _when("created_at"),
        sa.UniqueConstraint("kind", "subject"),
    )
    op.create_index("ix_resident_links_resident", "resident_links", ["resident"])
    op.create_table(
        "consents",
        _number(),
        _resident(nullable=True),
        _conversation(),
        _text("purpose", 16),
        _text("version", 16),
        sa.Column("given", sa.Boolean(), nullable=False),
        _when("at"),
    )
    op.create_index("ix_consents_resident", "consents", ["resident"])
    op.create_index("ix_consents_conversation", "consents", ["conversation"])
    op.create_table(
        "ratings",
        _number(),
        _text("token", unique=True),
        _text("kind", 16),
        _text("subject"),
        _conversation(),
        _text("grade", 16),
        sa.Column("reasons", sa.JSON(), nullable=False),
        _sealed(),
        _text("follow_up", 24, server_default=""),
        _when("created_at"),
        _when("changed_at"),
    )
    op.create_index("ix_ratings_kind", "ratings", ["kind"])
    op.create_index("ix_ratings_conversation", "ratings", ["conversation"])
