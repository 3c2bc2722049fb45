"""The editors' order of who works for a sector"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sector_contact",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("sector", sa.String(length=80), nullable=False),
        sa.Column("contact_point", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_point"], ["contact_point.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sector", "contact_point"),
    )


def downgrade() -> None:
    op.drop_table("sector_contact")
