"""Clocks that stand still and promise news, where a request came from, corrected types, jobs' last runs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

_MOMENTS = ('due_next_update', 'clock_from', 'paused_at', 'extension_until')


def upgrade() -> None:
    with op.batch_alter_table('requests', schema=None) as batch_op:
        for name in _MOMENTS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('came_from', sa.JSON(), nullable=True))
        batch_op.create_index('ix_requests_merged_into', ['merged_into'], unique=False)
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words', sa.Text(), server_default='', nullable=False))
    op.create_table('corrections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['request'], ['requests.number'], name=op.f('fk_corrections_request_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_corrections'))
    )
    op.create_index(op.f('ix_corrections_request'), 'corrections', ['request'], unique=False)
    op.create_table('jobs',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('result', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_jobs'))
    )


def downgrade() -> None:
    op.drop_table('jobs')
    op.drop_table('corrections')
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_column('words')
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_index('ix_requests_merged_into')
        batch_op.drop_column('came_from')
        for name in reversed(_MOMENTS):
            batch_op.drop_column(name)
