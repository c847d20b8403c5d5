"""Alembic's entry point; `dispatch.store.migrate` hands the open connection in."""

from alembic import context

from dispatch.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    # SQLite can change a table only by copying it.
    render_as_batch=True,
)
context.run_migrations()
