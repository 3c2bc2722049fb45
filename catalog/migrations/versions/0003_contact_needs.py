"""Needs: what people look for a contact point for, the words that tell it, and who helps"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "need",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("tip", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "need_word",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("word", sa.String(length=80), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["need"], ["need.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("word"),
    )
    op.create_table(
        "contact_need",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("verified_on", sa.String(length=10), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("need", sa.String(length=40), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("contact_point", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["contact_point"], ["contact_point.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["need"], ["need.name"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("need", "audience", "contact_point"),
    )


def downgrade() -> None:
    op.drop_table("contact_need")
    op.drop_table("need_word")
    op.drop_table("need")
