"""Scans from wherever they come: keys, a serial port, pictures; and where each belongs."""
