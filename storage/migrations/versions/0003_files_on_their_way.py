"""Pictures and voices that go out, and who sent them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.add_column(sa.Column('file', sa.Integer(), nullable=True))
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sender', sa.Text(), server_default='resident', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_column('sender')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_column('file')
