"""Talking to the central server, as use cases: what is shown, applied, printed and handed to others."""
