"""What officers behind the desk tell the counters: statuses, tasks, official numbers, flags settled.

Each is an event of the server in the office's log, so it reaches every counter in the office's order and is
folded there as everything else is.
"""
