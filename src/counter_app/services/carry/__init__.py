"""Sync on foot: what waits for the server leaves in a file on a stick, and its answer comes back in one."""
