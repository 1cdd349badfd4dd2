"""The queue: tickets by one key, calls, who waits and how long."""
