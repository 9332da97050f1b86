"""The open requests of a lane and of a member are found without reading all the closed ones"""

from __future__ import annotations

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ('lane', 'holder'):
        op.drop_index(f'ix_requests_{column}', table_name='requests')
        op.create_index(f'ix_requests_{column}_state', 'requests', [column, 'state'])


def downgrade() -> None:
    for column in ('lane', 'holder'):
        op.drop_index(f'ix_requests_{column}_state', table_name='requests')
        op.create_index(f'ix_requests_{column}', 'requests', [column])
