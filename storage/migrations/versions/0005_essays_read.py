"""Essays are read: their text, what they resemble, and what their readers say; proposals are answered."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
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
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("by_person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_essay_review_by_person_id")),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_essay_review_essay_id")),
        sa.PrimaryKeyConstraint("essay_id", name=op.f("pk_essay_review")),
    )
    op.create_table(
        "proposal_answer",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("report_id", ID, nullable=True),
        sa.Column("essay_id", ID, nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by_person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_proposal_answer_by_person_id")
        ),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_proposal_answer_essay_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_proposal_answer_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_answer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposal_answer_report_id", "proposal_answer", ["report_id"], unique=False)
    op.create_index("ix_proposal_answer_essay_id", "proposal_answer", ["essay_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_proposal_answer_essay_id", table_name="proposal_answer")
    op.drop_index("ix_proposal_answer_report_id", table_name="proposal_answer")
    op.drop_table("proposal_answer")
    op.drop_table("essay_review")
    op.drop_index("ix_essay_mark_mark", table_name="essay_mark")
    op.drop_table("essay_mark")
    op.drop_table("essay_text")
