"""Scanners, card pictures and printers: the hardware around the counter."""
