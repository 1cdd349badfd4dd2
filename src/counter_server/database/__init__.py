"""PostgreSQL: roles, schema, connections."""
