"""What the use cases need of the database about family links, merged records and authorisation letters."""

from typing import Protocol


class KinshipQueries(Protocol):
    """Reads about family links, merged records and authorisation letters."""


class KinshipWrites(KinshipQueries, Protocol):
    """Writes about family links, merged records and authorisation letters; part of one act."""
