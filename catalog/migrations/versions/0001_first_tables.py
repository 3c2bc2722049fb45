"""First tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_point",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("region", sa.String(length=80), nullable=False),
        sa.Column("sectors", sa.String(length=400), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("email", sa.String(length=120), nullable=True),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("what_for", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "contact_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reference"),
    )
    with op.batch_alter_table("contact_request", schema=None) as batch_op:
        batch_op.create_index("ix_contact_request_status", ["status", "created_at"], unique=False)

    op.create_table(
        "filled",
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("what"),
    )
    op.create_table(
        "municipality",
        sa.Column("nis", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("province", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("nis"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("finality", sa.String(length=40), nullable=True),
        sa.Column("study_domain", sa.String(length=80), nullable=True),
        sa.Column("sector", sa.String(length=80), nullable=True),
        sa.Column("contract", sa.String(length=20), nullable=True),
        sa.Column("min_hours_workplace", sa.Integer(), nullable=True),
        sa.Column("qualification", sa.Text(), nullable=True),
        sa.Column("vks_level", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=True),
        sa.Column("valid_until", sa.String(length=10), nullable=True),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_sector"), ["sector"], unique=False)

    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.String(length=64), nullable=False),
        sa.Column("school", sa.String(length=200), nullable=False),
        sa.Column("postcode", sa.String(length=4), nullable=True),
        sa.Column("municipality", sa.String(length=80), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=True),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("programme_id", "school", "school_year"),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offer_municipality"), ["municipality"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_programme_id"), ["programme_id"], unique=False)

    op.create_table(
        "programme_word",
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("programme_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word", "programme_id"),
    )
    op.create_table(
        "region_member",
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.name"],
        ),
        sa.PrimaryKeyConstraint("region", "municipality"),
    )


def downgrade() -> None:
    op.drop_table("region_member")
    op.drop_table("programme_word")
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_offer_programme_id"))
        batch_op.drop_index(batch_op.f("ix_offer_municipality"))

    op.drop_table("offer")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_sector"))

    op.drop_table("programme")
    op.drop_table("municipality")
    op.drop_table("filled")
    with op.batch_alter_table("contact_request", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_request_status")

    op.drop_table("contact_request")
    op.drop_table("contact_point")
