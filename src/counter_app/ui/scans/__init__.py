"""Scanned papers on a screen: a panel with one line a paper, and a viewer."""
