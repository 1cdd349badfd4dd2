"""Which part of a file a request asks for (RFC 9110 §14): one range, or the whole."""

import re

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


class Unsatisfiable(Exception):
    """The file has no such part."""


def wanted(header: str, if_range: str, etag: str, size: int) -> tuple[int, int] | None:
    """Return the first byte and the one after the last; None for the whole file.

    A range that cannot be read, or several, count for nothing, as the standard lets us; so does one of
    another version of the file (``If-Range``).

    Raises:
        Unsatisfiable: it begins past the end.
    """
    found = _RANGE.fullmatch(header.strip())
    if found is None or (if_range and if_range.strip() != etag):
        return None
    first, last = found.groups()
    if not first:
        if not last:
            return None
        if int(last) == 0:
            raise Unsatisfiable
        return max(0, size - int(last)), size
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last) + 1, size) if last else size
