"""The sync screen: what has not left this counter yet, why, and what to do about it."""
