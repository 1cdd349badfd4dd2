"""Reads the dated data of forms/ and resources/calendars into domain objects."""
