"""Scans on their way up: in pieces, over lines that break, checked piece by piece and whole.

A scan is named by its SHA-256, so a counter that lost an answer, or another one that has the same file, goes
on where the office left off. Pieces are objects of their own and rows beside them: any process of the server
may take the next one. The `scan` row comes last, when the whole file lies in the store and its sum was right.
"""
