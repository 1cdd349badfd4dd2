"""The data key: what gives it back, the sheet that does, another key in its place."""
