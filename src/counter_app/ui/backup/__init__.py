"""Backups the window makes by itself."""
