"""The wire contract between counters and the central server; imports nothing of ours."""
