"""Data packs on their way down: published by the operator, offered to the offices they are for.

The server hands packs on and vouches for nothing in them: a counter installs only what the keys it trusts
have signed (docs/data-packs.md). The operator's mistakes are caught here: a file that is no pack or damaged,
a pack for somebody else, an older one over a newer.
"""
