"""Reads what IT centres have, says what is wrong with it, and writes drafts of what is beyond doubt."""
