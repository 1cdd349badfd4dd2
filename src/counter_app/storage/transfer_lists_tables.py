"""The tables of hand-over and postal lists."""
