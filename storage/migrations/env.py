"""Alembic's environment: runs on the connection that ``storage.migrating`` hands in."""

from __future__ import annotations

from alembic import context

import storage.anonymous_tables
import storage.deciding_tables
import storage.digest_tables
import storage.docket_tables
import storage.exchange_tables
import storage.ledger_tables
import storage.matter_tables
import storage.personal_tables
import storage.series_tables
import storage.unsent
import storage.urgent_tables  # noqa: F401  (all fill the catalogue, with storage.tables)
from storage.answer_tables import PREFIX
from storage.columns import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=False,
    # The jobs' tables are procrastinate's: it makes and changes them itself. Those of open waves'
    # answers come and go with their waves.
    include_name=lambda name, kind, parents: not str(name).startswith(("procrastinate_", PREFIX)),
)
with context.begin_transaction():
    context.run_migrations()
