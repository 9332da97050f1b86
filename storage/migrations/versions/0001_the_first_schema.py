"""The first schema"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('binding_codes',
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('member', sa.Text(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_binding_codes'))
    )
    op.create_table('chats',
    sa.Column('chat_id', sa.Text(), nullable=False),
    sa.Column('is_group', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_chats'))
    )
    op.create_table('conversations',
    sa.Column('openid', sa.Text(), nullable=False),
    sa.Column('gathering', sa.Integer(), nullable=True),
    sa.Column('gathering_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draft', sa.Text(), server_default='', nullable=False),
    sa.Column('question', sa.Text(), server_default='', nullable=False),
    sa.Column('question_request', sa.Integer(), nullable=True),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('message_opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('message_used', sa.Integer(), server_default='0', nullable=False),
    sa.Column('click_opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('click_used', sa.Integer(), server_default='0', nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('has_held', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.PrimaryKeyConstraint('openid', name=op.f('pk_conversations'))
    )
    op.create_table('counters',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('value', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_counters'))
    )
    op.create_table('duties',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('member', sa.Text(), nullable=False),
    sa.Column('area', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=True),
    sa.Column('ends', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duties'))
    )
    op.create_table('files',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('request', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('channel', sa.Text(), server_default='', nullable=False),
    sa.Column('media_id', sa.Text(), server_default='', nullable=False),
    sa.Column('media_url', sa.Text(), server_default='', nullable=False),
    sa.Column('media_key', sa.Text(), server_default='', nullable=False),
    sa.Column('digest', sa.Text(), server_default='', nullable=False),
    sa.Column('content_type', sa.Text(), server_default='', nullable=False),
    sa.Column('size', sa.Integer(), server_default='0', nullable=False),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_files'))
    )
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.create_index('ix_files_due_at', ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_files_request'), ['request'], unique=False)

    op.create_table('households',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('lane', sa.Text(), nullable=False),
    sa.Column('name_sealed', sa.Text(), server_default='', nullable=False),
    sa.Column('phone_sealed', sa.Text(), server_default='', nullable=False),
    sa.Column('tags', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_households')),
    sa.UniqueConstraint('lane', 'address', name=op.f('uq_households_lane_address'))
    )
    op.create_table('inbox',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('dedupe_key', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sender', sa.Text(), server_default='', nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('event', sa.Text(), server_default='', nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('fate', sa.Text(), server_default='', nullable=False),
    sa.Column('reason', sa.Text(), server_default='', nullable=False),
    sa.Column('request', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Text(), server_default='', nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inbox')),
    sa.UniqueConstraint('channel', 'dedupe_key', name=op.f('uq_inbox_channel_dedupe_key'))
    )
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.create_index('ix_inbox_received_at', ['received_at'], unique=False)
        batch_op.create_index('ix_inbox_sender', ['sender'], unique=False)

    op.create_table('lanes',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('unit', sa.Text(), server_default='', nullable=False),
    sa.Column('aliases', sa.JSON(), nullable=False),
    sa.Column('addresses', sa.Text(), server_default='', nullable=False),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('chat_id', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_lanes'))
    )
    op.create_table('leaves',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('member', sa.Text(), nullable=False),
    sa.Column('starts', sa.Date(), nullable=False),
    sa.Column('ends', sa.Date(), nullable=False),
    sa.Column('substitute', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_leaves'))
    )
    op.create_table('members',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name_sealed', sa.Text(), server_default='', nullable=False),
    sa.Column('phone_sealed', sa.Text(), server_default='', nullable=False),
    sa.Column('wecom_id', sa.Text(), server_default='', nullable=False),
    sa.Column('openid', sa.Text(), server_default='', nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_members'))
    )
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_members_openid'), ['openid'], unique=False)
        batch_op.create_index(batch_op.f('ix_members_wecom_id'), ['wecom_id'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('channel', sa.Text(), nullable=False),
    sa.Column('to', sa.Text(), nullable=False),
    sa.Column('is_group', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('request', sa.Integer(), nullable=True),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('template', sa.JSON(), nullable=False),
    sa.Column('only_if', sa.JSON(), nullable=False),
    sa.Column('reply_token', sa.Text(), server_default='', nullable=False),
    sa.Column('reply_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('urgent', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), server_default='0', nullable=False),
    sa.Column('error', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_request', ['request'], unique=False)
        batch_op.create_index('ix_outbox_to_state', ['to', 'state'], unique=False)
        batch_op.create_index('ix_outbox_waiting', ['due_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('reminders',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('request', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('request', 'kind', 'level', 'person', 'day', 'due_at', name=op.f('uq_reminders_request_kind_level_person_day_due_at'))
    )
    op.create_table('reports',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('kind', 'unit', 'day', name=op.f('uq_reports_kind_unit_day'))
    )
    op.create_table('requests',
    sa.Column('number', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reporter', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('type', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), server_default='', nullable=False),
    sa.Column('types_all', sa.JSON(), nullable=False),
    sa.Column('urgency', sa.Text(), server_default='', nullable=False),
    sa.Column('emergency_kind', sa.Text(), server_default='', nullable=False),
    sa.Column('sensitivity', sa.Text(), server_default='', nullable=False),
    sa.Column('place_text', sa.Text(), server_default='', nullable=False),
    sa.Column('lane', sa.Text(), server_default='', nullable=False),
    sa.Column('unit', sa.Text(), server_default='', nullable=False),
    sa.Column('on_behalf_of', sa.Text(), server_default='', nullable=False),
    sa.Column('logged_by', sa.Text(), server_default='', nullable=False),
    sa.Column('holder', sa.Text(), server_default='', nullable=False),
    sa.Column('first_responder', sa.Text(), server_default='', nullable=False),
    sa.Column('co_workers', sa.JSON(), nullable=False),
    sa.Column('supervisor', sa.Text(), server_default='', nullable=False),
    sa.Column('offered_to', sa.Text(), server_default='', nullable=False),
    sa.Column('escalation_level', sa.Integer(), server_default='0', nullable=False),
    sa.Column('ladder', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('dispatched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_response_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_first_response', sa.DateTime(timezone=True), nullable=True),
    sa.Column('due_resolution', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reopen_count', sa.Integer(), server_default='0', nullable=False),
    sa.Column('return_count', sa.Integer(), server_default='0', nullable=False),
    sa.Column('rating', sa.Text(), server_default='', nullable=False),
    sa.Column('result', sa.Text(), server_default='', nullable=False),
    sa.Column('merged_into', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('gathering','received','closed','merged','declined','cancelled') OR holder <> ''", name=op.f('ck_requests_has_holder')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_requests')),
    sa.UniqueConstraint('id', name=op.f('uq_requests_id')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.create_index('ix_requests_holder', ['holder'], unique=False)
        batch_op.create_index('ix_requests_lane', ['lane'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_reporter'), ['reporter'], unique=False)
        batch_op.create_index('ix_requests_state', ['state'], unique=False)

    op.create_table('residents',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('openid', sa.Text(), nullable=False),
    sa.Column('lane', sa.Text(), server_default='', nullable=False),
    sa.Column('follows', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('notice', sa.Text(), server_default='', nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_residents')),
    sa.UniqueConstraint('openid', name=op.f('uq_residents_openid')),
    sqlite_autoincrement=True
    )
    op.create_table('timers',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('request', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('step', sa.Integer(), server_default='0', nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timers')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('timers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_timers_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_timers_request'), ['request'], unique=False)

    op.create_table('units',
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), server_default='', nullable=False),
    sa.Column('kind', sa.Text(), server_default='', nullable=False),
    sa.Column('parent', sa.Text(), server_default='', nullable=False),
    sa.Column('chat_id', sa.Text(), server_default='', nullable=False),
    sa.Column('aliases', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_units'))
    )
    op.create_table('worries',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('request', sa.Integer(), nullable=True),
    sa.Column('person', sa.Text(), server_default='', nullable=False),
    sa.Column('unit', sa.Text(), server_default='', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worries'))
    )
    with op.batch_alter_table('worries', schema=None) as batch_op:
        batch_op.create_index('ix_worries_at', ['at'], unique=False)

    op.create_table('journal',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('request', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('actor', sa.Text(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('words', sa.Text(), server_default='', nullable=False),
    sa.ForeignKeyConstraint(['request'], ['requests.number'], name=op.f('fk_journal_request_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal')),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.create_index('ix_journal_at', ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_journal_request'), ['request'], unique=False)

    op.bulk_insert(sa.table("counters", sa.column("name"), sa.column("value")), [{"name": "roster", "value": 0}])


def downgrade() -> None:
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_journal_request'))
        batch_op.drop_index('ix_journal_at')

    op.drop_table('journal')
    with op.batch_alter_table('worries', schema=None) as batch_op:
        batch_op.drop_index('ix_worries_at')

    op.drop_table('worries')
    op.drop_table('units')
    with op.batch_alter_table('timers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_timers_request'))
        batch_op.drop_index(batch_op.f('ix_timers_due_at'))

    op.drop_table('timers')
    op.drop_table('residents')
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_index('ix_requests_state')
        batch_op.drop_index(batch_op.f('ix_requests_reporter'))
        batch_op.drop_index('ix_requests_lane')
        batch_op.drop_index('ix_requests_holder')

    op.drop_table('requests')
    op.drop_table('reports')
    op.drop_table('reminders')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_outbox_to_state')
        batch_op.drop_index('ix_outbox_request')

    op.drop_table('outbox')
    with op.batch_alter_table('members', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_members_wecom_id'))
        batch_op.drop_index(batch_op.f('ix_members_openid'))

    op.drop_table('members')
    op.drop_table('leaves')
    op.drop_table('lanes')
    with op.batch_alter_table('inbox', schema=None) as batch_op:
        batch_op.drop_index('ix_inbox_sender')
        batch_op.drop_index('ix_inbox_received_at')

    op.drop_table('inbox')
    op.drop_table('households')
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_files_request'))
        batch_op.drop_index('ix_files_due_at')

    op.drop_table('files')
    op.drop_table('duties')
    op.drop_table('counters')
    op.drop_table('conversations')
    op.drop_table('chats')
    op.drop_table('binding_codes')
