"""Requests, fleet, sorties, events, outbox, keys and settings of the first delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counter"),
    )
    op.create_table(
        "drone",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("type_id", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("system_id", sa.Integer(), nullable=False),
        sa.Column("base_site_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drone"),
        sa.UniqueConstraint("link", "system_id", name="uq_drone_link"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("reason_ja", sa.String(), nullable=True),
        sa.Column("data", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_subject_id", "event", ["subject_id"])
    op.create_table(
        "request",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("items", sa.String(), nullable=False),
        sa.Column("mass_kg", sa.Float(), nullable=False),
        sa.Column("temperature", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_site_id", sa.String(), nullable=False),
        sa.Column("to_site_id", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("reason_ja", sa.String(), nullable=True),
        sa.Column("sortie_id", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_request"),
    )
    op.create_index("ix_request_state", "request", ["state"])
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "sortie",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("drone_id", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan_hash", sa.String(), nullable=False),
        sa.Column("planned_duration_s", sa.Float(), nullable=False),
        sa.Column("planned_energy_wh", sa.Float(), nullable=False),
        sa.Column("arrives_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_en", sa.String(), nullable=True),
        sa.Column("reason_ja", sa.String(), nullable=True),
        sa.Column("held_from", sa.String(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_hash", sa.String(), nullable=True),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("landed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("energy_used_wh", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["drone_id"], ["drone.id"], name="fk_sortie_drone_id"),
        sa.ForeignKeyConstraint(["request_id"], ["request.id"], name="fk_sortie_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sortie"),
    )
    op.create_index("ix_sortie_drone_id", "sortie", ["drone_id"])
    op.create_index("ix_sortie_request_id", "sortie", ["request_id"])
    op.create_index("ix_sortie_state", "sortie", ["state"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sortie_id", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["sortie_id"], ["sortie.id"], name="fk_outbox_sortie_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("sortie_id", "attempt", "kind", name="uq_outbox_sortie_id"),
    )
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])
    op.create_table(
        "sortie_plan",
        sa.Column("sortie_id", sa.String(), nullable=False),
        sa.Column("flight_plan", sa.String(), nullable=False),
        sa.Column("way_out", sa.String(), nullable=False),
        sa.Column("way_home", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sortie_id"], ["sortie.id"], name="fk_sortie_plan_sortie_id"),
        sa.PrimaryKeyConstraint("sortie_id", name="pk_sortie_plan"),
    )


def downgrade() -> None:
    """Drop all tables."""
    op.drop_table("sortie_plan")
    op.drop_index("ix_outbox_sent_at", table_name="outbox")
    op.drop_table("outbox")
    op.drop_index("ix_sortie_state", table_name="sortie")
    op.drop_index("ix_sortie_request_id", table_name="sortie")
    op.drop_index("ix_sortie_drone_id", table_name="sortie")
    op.drop_table("sortie")
    op.drop_table("setting")
    op.drop_index("ix_request_state", table_name="request")
    op.drop_table("request")
    op.drop_index("ix_event_subject_id", table_name="event")
    op.drop_table("event")
    op.drop_table("drone")
    op.drop_table("counter")
    op.drop_table("api_key")
