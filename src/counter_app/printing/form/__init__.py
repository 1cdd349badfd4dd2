"""Lays out filled forms from their templates."""
