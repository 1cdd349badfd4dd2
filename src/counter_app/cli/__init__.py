"""The same use cases without a window; options, JSON and exit codes are a promise to outsiders."""
