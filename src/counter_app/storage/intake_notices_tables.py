"""The tables of supplement requests and refusals given before anything was received."""
