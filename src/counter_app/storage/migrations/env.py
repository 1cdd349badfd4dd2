"""Alembic's entry point: migrates the connection it is given, all or nothing."""

from alembic import context

# The caller has already begun BEGIN IMMEDIATE; SQLite rolls schema changes back like any others.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
