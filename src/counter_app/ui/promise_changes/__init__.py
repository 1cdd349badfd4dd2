"""Slips whose day a new calendar moves: seen, changed or kept, printed again."""
