"""The tables of the queue."""
