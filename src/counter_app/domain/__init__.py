"""Pure rules of the counter: the standard library only, no I/O, no clock."""
