"""The tables of scanned papers."""
