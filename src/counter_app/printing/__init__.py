"""Draws papers as PDF bytes: the slip, filled forms, their barcode and QR."""
