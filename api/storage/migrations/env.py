"""Alembic's entry: runs on the connection that `api.storage.migrate` hands over."""

from alembic import context

from api.storage import (  # noqa: F401  (they register their tables)
    casework_tables,
    channel_tables,
    home_tables,
)
from api.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
