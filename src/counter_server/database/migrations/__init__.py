"""Migrations of the central database."""
