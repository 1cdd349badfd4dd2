"""The tables of what citizens thought of the service."""
