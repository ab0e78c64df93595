"""What units publish about the plan: media items."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_item",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("plan", sa.String(length=60), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("link", sa.String(length=600), nullable=True),
        sa.Column("link_key", sa.String(length=600), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("best_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("broadcast_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by_account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["broadcast_id"], ["broadcast.id"], name=op.f("fk_media_item_broadcast_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_media_item_by_account_id")),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_media_item_by_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_media_item_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_item")),
        sa.UniqueConstraint("plan", "link_key", name=op.f("uq_media_item_plan_link_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("media_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_media_item_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("media_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_media_item_unit_id"))

    op.drop_table("media_item")
