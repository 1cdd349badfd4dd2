"""Putting the counter back from a backup, in one guided screen."""
