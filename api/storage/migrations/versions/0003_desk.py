"""The lawyers' desk: states, leases, staff, sessions, notes, FAQ drafts, the chained audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_MOMENT = sa.DateTime(timezone=True)
_NO_CHANGE = """
CREATE OR REPLACE FUNCTION wenfa_audit_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$ LANGUAGE plpgsql
"""


def _text(name: str, length: int = 64) -> sa.Column:
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def upgrade() -> None:
    """Widen the reviews; make the desk's own tables."""
    op.add_column("conversations", _text("in_charge"))
    _reviews()
    _beside_reviews()
    _staff()
    _audit()


def _reviews() -> None:
    with op.batch_alter_table("reviews") as table:
        for column in (
            sa.Column("kind", sa.String(16), nullable=False, server_default="normal"),
            sa.Column("urgency", sa.Integer(), nullable=False, server_default="2"),
            _text("town"),
            _text("language", 16),
            sa.Column("paused_at", _MOMENT),
            sa.Column("escalated_at", _MOMENT),
            sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
            _text("assigned_to"),
            _text("owner"),
            sa.Column("lease_until", _MOMENT),
            _text("in_charge"),
            sa.Column("hand_back", sa.Boolean(), nullable=False, server_default=sa.true()),
            sa.Column("working", sa.Text(), nullable=False, server_default=""),
            sa.Column("outcome", sa.String(16)),
            _text("decided_by"),
            sa.Column("reason", sa.Text(), nullable=False, server_default=""),
            sa.Column("reply", sa.JSON()),
            sa.Column("second", sa.JSON(), nullable=False, server_default="[]"),
            _text("confirmed_by"),
            sa.Column("send_at", _MOMENT),
            sa.Column("sent_message", sa.Integer()),
            sa.Column("score", sa.Integer()),
        ):
            table.add_column(column)
    op.execute("UPDATE reviews SET decided_by = reviewer WHERE reviewer IS NOT NULL")
    op.execute("UPDATE reviews SET outcome = 'edited' WHERE sent_at IS NOT NULL")
    op.execute("UPDATE reviews SET answer = '' WHERE answer IS NULL")
    with op.batch_alter_table("reviews") as table:
        table.drop_column("reviewer")
        table.alter_column(
            "answer", existing_type=sa.Text(), nullable=False, server_default=""
        )
        table.create_index("ix_reviews_queue", ["state", "urgency", "due_at"])
        table.create_index("ix_reviews_send_at", ["send_at"])
        table.create_index("ix_reviews_sent_message", ["sent_message"])


def _beside_reviews() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("review", sa.Integer(), sa.ForeignKey("reviews.id"), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_notes_review", "notes", ["review"])
    op.create_table(
        "double_reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "review", sa.Integer(), sa.ForeignKey("reviews.id"), nullable=False, unique=True
        ),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("first_by", sa.String(64), nullable=False),
        sa.Column("first", sa.String(16), nullable=False),
        sa.Column("second_by", sa.String(64)),
        sa.Column("second", sa.String(16)),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("judged_at", _MOMENT),
    )
    op.create_table(
        "faq_drafts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "review", sa.Integer(), sa.ForeignKey("reviews.id"), nullable=False, unique=True
        ),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        _text("publisher"),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("published_at", _MOMENT),
        sa.Column("hits", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("flag", sa.Text(), nullable=False, server_default=""),
    )
    op.create_index("ix_faq_drafts_state", "faq_drafts", ["state"])


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()),
        *(
            sa.Column(name, sa.JSON(), nullable=False, server_default="[]")
            for name in ("topics", "towns", "languages")
        ),
        sa.Column("password", sa.Text()),
        sa.Column("totp", sa.Text()),
        sa.Column("totp_used", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("failures", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("locked_until", _MOMENT),
        sa.Column("invitation", sa.String(64), unique=True),
        sa.Column("invited_until", _MOMENT),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token", sa.String(64), nullable=False, unique=True),
        sa.Column("previous", sa.String(64)),
        sa.Column("staff", sa.Integer(), sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("rotated_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_sessions_previous", "sessions", ["previous"])
    op.create_index("ix_sessions_staff", "sessions", ["staff"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("review", sa.Integer()),
        sa.Column("before", sa.String(16), nullable=False),
        sa.Column("after", sa.String(16), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_review", "audit", ["review"])
    op.create_table(
        "audit_texts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("audit", sa.Integer(), sa.ForeignKey("audit.number"), nullable=False),
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_index("ix_audit_texts_audit", "audit_texts", ["audit"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "rows": 0, "hash": ""}])
    _forbid_change()


def _forbid_change() -> None:
    """What a program does by mistake; who may alter triggers is caught by the chain."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_NO_CHANGE)
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit"
            " FOR EACH ROW EXECUTE FUNCTION wenfa_audit_append_only()"
        )
        return
    for what in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{what.lower()} BEFORE {what} ON audit"
            " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
        )
