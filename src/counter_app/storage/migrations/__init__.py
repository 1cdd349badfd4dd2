"""Schema migrations, run by `counter_app.storage.schema_version` and never by hand."""
