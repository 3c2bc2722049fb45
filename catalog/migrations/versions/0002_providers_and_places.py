"""Providers, locations, place names; every row of the catalogue keeps its source, dataset and confidence

The catalogue's tables are made anew: all they held came from data/catalogue, which fills them again at the next start.
Contact requests are left alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BEFORE = ("region_member", "programme_word", "offer", "programme", "municipality", "contact_point")


def upgrade() -> None:
    for table in BEFORE:
        op.drop_table(table)
    op.execute("DELETE FROM filled")
    op.create_table('contact_point',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('audience', sa.String(length=200), nullable=False),
    sa.Column('region', sa.String(length=80), nullable=False),
    sa.Column('sectors', sa.String(length=400), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=True),
    sa.Column('website', sa.String(length=300), nullable=True),
    sa.Column('what_for', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('municipality',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('nis', sa.String(length=5), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('province', sa.String(length=40), nullable=False),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.PrimaryKeyConstraint('nis'),
    sa.UniqueConstraint('name')
    )
    op.create_table('programme',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('dataset', sa.String(length=40), nullable=False),
    sa.Column('vanished_on', sa.String(length=10), nullable=True),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('grade', sa.String(length=40), nullable=False),
    sa.Column('finality', sa.String(length=40), nullable=True),
    sa.Column('study_domain', sa.String(length=80), nullable=True),
    sa.Column('sector', sa.String(length=80), nullable=True),
    sa.Column('contract', sa.String(length=20), nullable=True),
    sa.Column('min_hours_workplace', sa.Integer(), nullable=True),
    sa.Column('qualification', sa.Text(), nullable=True),
    sa.Column('vks_level', sa.Integer(), nullable=True),
    sa.Column('valid_from', sa.String(length=10), nullable=True),
    sa.Column('valid_until', sa.String(length=10), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_programme_sector'), 'programme', ['sector'], unique=False)
    op.create_table('provider',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('dataset', sa.String(length=40), nullable=False),
    sa.Column('vanished_on', sa.String(length=10), nullable=True),
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('network', sa.String(length=80), nullable=True),
    sa.Column('phone', sa.String(length=40), nullable=True),
    sa.Column('email', sa.String(length=120), nullable=True),
    sa.Column('website', sa.String(length=300), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('location',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('dataset', sa.String(length=40), nullable=False),
    sa.Column('vanished_on', sa.String(length=10), nullable=True),
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('provider_id', sa.String(length=80), nullable=False),
    sa.Column('street', sa.String(length=160), nullable=True),
    sa.Column('postcode', sa.String(length=4), nullable=True),
    sa.Column('municipality', sa.String(length=80), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.ForeignKeyConstraint(['provider_id'], ['provider.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_location_municipality'), 'location', ['municipality'], unique=False)
    op.create_index(op.f('ix_location_provider_id'), 'location', ['provider_id'], unique=False)
    op.create_table('place_name',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('municipality', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['municipality'], ['municipality.name'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('name', 'municipality')
    )
    op.create_table('programme_word',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('word', sa.String(length=80), nullable=False),
    sa.Column('programme_id', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('word', 'programme_id')
    )
    op.create_table('region_member',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('region', sa.String(length=40), nullable=False),
    sa.Column('municipality', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['municipality'], ['municipality.name'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('region', 'municipality')
    )
    op.create_table('offer',
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('verified_on', sa.String(length=10), nullable=False),
    sa.Column('confidence', sa.String(length=10), nullable=False),
    sa.Column('dataset', sa.String(length=40), nullable=False),
    sa.Column('vanished_on', sa.String(length=10), nullable=True),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('programme_id', sa.String(length=64), nullable=False),
    sa.Column('location_id', sa.String(length=120), nullable=False),
    sa.Column('school_year', sa.String(length=9), server_default='', nullable=False),
    sa.Column('enrolled', sa.Integer(), nullable=True),
    sa.Column('enrolment_open', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('programme_id', 'school_year', 'location_id')
    )
    op.create_index('ix_offer_location_programme', 'offer', ['location_id', 'programme_id'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Restore the copy of the database that was made before; see docs/operations.md.")
