"""Reports of the office about its own work: the register, Biểu số II.06, the figures of a period."""
