"""Dossiers found by code, name or number, the newest first."""
