"""The tables of closed days."""
