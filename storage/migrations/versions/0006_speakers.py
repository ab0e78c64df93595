"""Speakers: registers, their training, how they are judged."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "speaker",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=True),
        sa.Column("workplace", sa.String(length=200), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_speaker_by_person_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_speaker_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("unit_id", "name_key", name=op.f("uq_speaker_unit_id_name_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_person_id"), ["person_id"], unique=False)

    op.create_table(
        "training",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("plan", sa.String(length=60), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("held_by", sa.String(length=200), nullable=True),
        sa.Column("topic", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_training_report_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_training_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
        sa.UniqueConstraint("report_id", name=op.f("uq_training_report_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_training_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "speaker_judgement",
        sa.Column("session_id", ID, nullable=False),
        sa.Column("name_key", sa.String(length=120), nullable=False),
        sa.Column("grade", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("by_person_id", ID, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_speaker_judgement_by_person_id")
        ),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_speaker_judgement_session_id")),
        sa.PrimaryKeyConstraint("session_id", "name_key", name=op.f("pk_speaker_judgement")),
    )
    op.create_table(
        "training_count",
        sa.Column("training_id", ID, nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["training_id"], ["training.id"], name=op.f("fk_training_count_training_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_training_count_unit_id")),
        sa.PrimaryKeyConstraint("training_id", "unit_id", name=op.f("pk_training_count")),
    )
    op.create_table(
        "training_speaker",
        sa.Column("training_id", ID, nullable=False),
        sa.Column("speaker_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_training_speaker_speaker_id")),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name=op.f("fk_training_speaker_training_id")
        ),
        sa.PrimaryKeyConstraint("training_id", "speaker_id", name=op.f("pk_training_speaker")),
    )


def downgrade() -> None:
    op.drop_table("training_speaker")
    op.drop_table("training_count")
    op.drop_table("speaker_judgement")
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_training_unit_id"))

    op.drop_table("training")
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_person_id"))

    op.drop_table("speaker")
