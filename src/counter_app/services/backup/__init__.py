"""Backups: made, verified, rotated, taken to a second place, and put back."""
