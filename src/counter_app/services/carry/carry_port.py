"""What carrying needs of the outside: the file on the stick, and a place for data packs not yet installed.

`counter_app.sync.carry_file` and `counter_app.sync.carry_packs` fulfil it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from counter_protocol.carry import CarryHeader, Record
    from counter_protocol.messages import PackOffer


class OpenCarry(Protocol):
    """A carry file open for reading; `header` is only a claim before `check`."""

    header: CarryHeader

    def check(self, sender_key: bytes) -> None:
        """Check the signature over the whole file; BadInput ``carry_damaged``."""
        ...

    def records(self, private_key: bytes) -> Iterator[Record]:
        """Yield what is in it, for the holder of the X25519 private key.

        Raises:
            BadInput: ``carry_wrong_recipient``, ``carry_damaged``, ``carry_too_big``.
        """
        ...


class CarryFiles(Protocol):
    """Files on a stick."""

    def write(
        self,
        target: Path,
        header: CarryHeader,
        records: Iterable[Record],
        *,
        recipient_key: bytes,
        signing_key: bytes,
    ) -> int:
        """Write a file whole or not at all, and return its bytes.

        Raises:
            BadInput: ``carry_too_big``.
            EnvironmentProblem: ``carry_not_written`` (reason), ``carry_disk_full``; what stood there before
                is untouched.
        """
        ...

    def open(self, source: Path) -> AbstractContextManager[OpenCarry]:
        """Open a file; its errors, and those of reading on, are of the families a clerk can be told about.

        Raises:
            BadInput: ``carry_not_a_file``, ``carry_newer``, ``carry_damaged``, ``carry_too_big``.
            EnvironmentProblem: ``carry_unreadable`` (reason).
        """
        ...


class PackShelf(Protocol):
    """Where data packs lie that came and were not yet installed."""

    def keep(self, offer: PackOffer, pieces: Iterable[bytes]) -> bool:
        """Keep a pack when the pieces are what was offered; False when they are not, and nothing is kept.

        Raises:
            EnvironmentProblem: ``disk_full``, ``pack_not_written`` (reason).
        """
        ...
