"""The open requests of a place and of a member, and those of a day, are found without reading all the others"""

from __future__ import annotations

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ('lane', 'holder'):
        op.drop_index(f'ix_requests_{column}', table_name='requests')
    for column in ('lane', 'unit', 'holder'):
        op.create_index(f'ix_requests_{column}_state', 'requests', [column, 'state'])
    for column in ('created_at', 'offered_to'):
        op.create_index(f'ix_requests_{column}', 'requests', [column])


def downgrade() -> None:
    for column in ('created_at', 'offered_to'):
        op.drop_index(f'ix_requests_{column}', table_name='requests')
    for column in ('lane', 'unit', 'holder'):
        op.drop_index(f'ix_requests_{column}_state', table_name='requests')
    for column in ('lane', 'holder'):
        op.create_index(f'ix_requests_{column}', 'requests', [column])
