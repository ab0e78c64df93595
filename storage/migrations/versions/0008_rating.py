"""The year-end rating: what units contest, and how it was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rating_contest",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("plan", sa.String(length=60), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("fact", sa.String(length=20), nullable=False),
        sa.Column("figures", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("by_person_id", ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("decided_by_unit_id", ID, nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_rating_contest_by_person_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_rating_contest_decided_by")),
        sa.ForeignKeyConstraint(
            ["decided_by_unit_id"], ["unit.id"], name=op.f("fk_rating_contest_decided_by_unit_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_contest_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_contest")),
        sa.UniqueConstraint("plan", "unit_id", "fact", name=op.f("uq_rating_contest_plan_unit_id_fact")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rating_contest_unit_id", "rating_contest", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_rating_contest_unit_id", table_name="rating_contest")
    op.drop_table("rating_contest")
