"""Scanned papers of dossiers: attached, looked at, taken off, copied out."""
