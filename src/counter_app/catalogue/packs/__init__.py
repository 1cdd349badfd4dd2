"""Signed data packs: read, checked, installed, taken back (docs/adr/0014)."""
