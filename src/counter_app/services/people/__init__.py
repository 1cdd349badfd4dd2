"""What a clerk does with citizens: look up, correct, merge, keep letters, offer relatives."""
