"""Essays are read: their text, what they resemble, and what their readers say."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "essay_text",
        sa.Column("essay_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("like_id", ID, nullable=True),
        sa.Column("like_percent", sa.Integer(), nullable=True),
        sa.Column("plan_percent", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_essay_text_essay_id")),
        sa.ForeignKeyConstraint(["like_id"], ["essay.id"], name=op.f("fk_essay_text_like_id")),
        sa.PrimaryKeyConstraint("essay_id", name=op.f("pk_essay_text")),
    )
    op.create_table(
        "essay_mark",
        sa.Column("essay_id", ID, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_essay_mark_essay_id")),
        sa.PrimaryKeyConstraint("essay_id", "mark", name=op.f("pk_essay_mark")),
    )
    op.create_index("ix_essay_mark_mark", "essay_mark", ["mark"], unique=False)
    op.create_table(
        "essay_review",
        sa.Column("essay_id", ID, nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("by_person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_essay_review_by_person_id")),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_essay_review_essay_id")),
        sa.PrimaryKeyConstraint("essay_id", name=op.f("pk_essay_review")),
    )


def downgrade() -> None:
    op.drop_table("essay_review")
    op.drop_index("ix_essay_mark_mark", table_name="essay_mark")
    op.drop_table("essay_mark")
    op.drop_table("essay_text")
