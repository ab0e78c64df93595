"""A proposal concerns a level, is passed on, and is answered by that level; what is said of it stands together."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "proposal_step",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=30), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("by_person_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_proposal_step_by_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_step")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposal_step_source", "proposal_step", ["source", "source_id"], unique=False)
    op.execute(
        "INSERT INTO proposal_step"
        " (source, source_id, ordinal, proposal, kind, text, by_person_id, at)"
        " SELECT CASE WHEN report_id IS NULL THEN 'e' ELSE 'r' END, coalesce(report_id, essay_id), ordinal,"
        " proposal, 'answered', answer, by_person_id, at FROM proposal_answer ORDER BY id"
    )
    op.drop_index("ix_proposal_answer_report_id", table_name="proposal_answer")
    op.drop_index("ix_proposal_answer_essay_id", table_name="proposal_answer")
    op.drop_table("proposal_answer")
    op.add_column("participation", sa.Column("proposal_level", sa.String(length=30), nullable=True))
    op.add_column("essay_review", sa.Column("proposal_level", sa.String(length=30), nullable=True))


def downgrade() -> None:
    """The answers stay; whose a proposal is, and its way, are lost."""
    op.drop_column("essay_review", "proposal_level")
    op.drop_column("participation", "proposal_level")
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
    op.execute(
        "INSERT INTO proposal_answer (report_id, essay_id, ordinal, proposal, answer, by_person_id, at)"
        " SELECT CASE WHEN source = 'r' THEN source_id END, CASE WHEN source = 'e' THEN source_id END, ordinal,"
        " proposal, text, by_person_id, at FROM proposal_step"
        " WHERE kind = 'answered' AND source IN ('r', 'e') ORDER BY id"
    )
    op.drop_index("ix_proposal_step_source", table_name="proposal_step")
    op.drop_table("proposal_step")
