"""Counters that come by stick: their files go the way of the line, and get an answer to take home."""
