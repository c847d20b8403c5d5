"""Leases, orders with who gave them and what they say, and drones with several links."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LAUNCHES = sa.text("kind = 'launch'")


def upgrade() -> None:
    """Add what commands in flight need; commands that are there already were given by dispatch."""
    op.create_table(
        "lease",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_lease"),
    )
    with op.batch_alter_table("drone") as drone:
        drone.add_column(sa.Column("component_id", sa.Integer(), nullable=False, server_default="1"))
        drone.add_column(sa.Column("uid", sa.String(), nullable=True))
        drone.add_column(sa.Column("backup_links", sa.String(), nullable=False, server_default="[]"))
    # Not in the batch, which would make the whole table anew for this kind of default.
    op.add_column("drone", sa.Column("may_move", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("by", sa.String(), nullable=False, server_default="dispatch"))
        outbox.add_column(sa.Column("arguments", sa.String(), nullable=False, server_default="{}"))
        outbox.drop_constraint("uq_outbox_sortie_id", type_="unique")
    op.create_index("ix_outbox_of_sortie", "outbox", ["sortie_id", "attempt", "kind"])
    op.create_index(
        "uq_outbox_launch",
        "outbox",
        ["sortie_id", "attempt"],
        unique=True,
        sqlite_where=LAUNCHES,
        postgresql_where=LAUNCHES,
    )


def downgrade() -> None:
    """Go back to one row for each kind of command: of several the newest stays."""
    op.execute(
        "DELETE FROM outbox WHERE id NOT IN (SELECT max(id) FROM outbox GROUP BY sortie_id, attempt, kind)"
    )
    op.drop_index("uq_outbox_launch", table_name="outbox")
    op.drop_index("ix_outbox_of_sortie", table_name="outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.create_unique_constraint("uq_outbox_sortie_id", ["sortie_id", "attempt", "kind"])
        outbox.drop_column("arguments")
        outbox.drop_column("by")
    # Not as a batch: on SQLite that would drop the table, and sorties refer to it.
    for column in ("may_move", "backup_links", "uid", "component_id"):
        op.drop_column("drone", column)
    op.drop_table("lease")
