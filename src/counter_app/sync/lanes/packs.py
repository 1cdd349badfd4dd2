"""Fetches the data packs the server offers into the data folder; installing them is left to a clerk.

A download goes on where it stopped. A pack is ``complete`` only when its sum is the one that was offered; who
signed it is judged when it is installed, as with a pack from a stick.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services.sync.standing_place import version_number
from counter_app.services.sync_port import PackDownload
from counter_app.sync.answers import Refused, strange_answer
from counter_app.sync.lanes.step import DONE, MORE, Step
from counter_protocol.refusals import ErrorClass

if TYPE_CHECKING:
    from counter_app.sync.link import Link
    from counter_protocol.messages import PackOffer

OFFERED, COMPLETE, INSTALLED, REFUSED = "offered", "complete", "installed", "refused"
LARGEST = 512 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SUM_WRONG = "checksum"


class Packs:
    """The packs lane; ``folder`` takes what comes in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._offers = 0

    def file_of(self, sha256: str) -> Path:
        """Return where a complete pack lies; the sum is its only name."""
        return self._folder / sha256

    def step(self, link: Link, called_off: Callable[[], bool]) -> Step:
        """Fetch one pack as far as `called_off` lets it; Refused, EnvironmentProblem as `Store.writing`."""
        session = link.session()
        if self._offers != link.offers:
            self._note_offers(link, session.packs)
            self._offers = link.offers
        with link.desk.store.reading() as queries:
            wanted = next((pack for pack in queries.pack_downloads() if pack.state == OFFERED), None)
        if wanted is None:
            return DONE
        self._fetch(link, wanted, called_off)
        return MORE

    def _note_offers(self, link: Link, offers: list[PackOffer]) -> None:
        held = {
            (pack.info.kind.value, pack.info.unit): version_number(pack.info.version)
            for pack in sorted(link.desk.packs.installed(), key=lambda one: one.info.version)
        }
        with link.desk.store.writing() as transaction:
            known = {pack.sha256: pack for pack in transaction.pack_downloads()}
            for offer in offers:
                usable = _SHA256.fullmatch(offer.sha256) is not None and 0 < offer.size <= LARGEST
                newer = offer.version > held.get((offer.kind, offer.unit), 0)
                if usable and newer and offer.sha256 not in known:
                    transaction.put_pack_download(_offered(offer))
            for pack in known.values():
                if pack.state != INSTALLED and pack.version <= held.get((pack.kind, pack.unit), 0):
                    transaction.put_pack_download(replace(pack, state=INSTALLED, problem=""))
                    with suppress(OSError):
                        self.file_of(pack.sha256).unlink(missing_ok=True)

    def _fetch(self, link: Link, pack: PackDownload, called_off: Callable[[], bool]) -> None:
        part = self._folder / f"{pack.sha256}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            have = min(part.stat().st_size, pack.size) if part.is_file() else 0
            if have < pack.size:
                link.ask(lambda token: self._receive(link, pack, part, have, token, called_off))
                have = part.stat().st_size
            if have < pack.size:
                _keep(link, replace(pack, received=have))
            else:
                self._complete(link, pack, part)
        except OSError as error:
            code = "disk_full" if error.errno == errno.ENOSPC else "disk_failed"
            raise EnvironmentProblem(code) from error
        except Refused as refused:
            if refused.answer.error_class is not ErrorClass.POISON:
                raise
            _keep(link, replace(pack, state=REFUSED, problem=refused.answer.code))

    def _receive(
        self,
        link: Link,
        pack: PackDownload,
        part: Path,
        have: int,
        token: str,
        called_off: Callable[[], bool],
    ) -> None:
        etag = f'"{pack.sha256}"'
        headers = {"Range": f"bytes={have}-", "If-Range": etag} if have else {}
        with link.gateway.download(f"/v1/packs/{pack.sha256}", token=token, headers=headers) as download:
            if download.etag != etag:
                raise strange_answer()
            goes_on = bool(have) and download.status == 206
            size = have if goes_on else 0
            with part.open("ab" if goes_on else "wb") as file:
                for piece in download.pieces:
                    size += len(piece)
                    if size > pack.size:
                        raise strange_answer()
                    file.write(piece)
                    link.beat()
                    if called_off():
                        return

    def _complete(self, link: Link, pack: PackDownload, part: Path) -> None:
        with part.open("rb+") as file:
            right = hashlib.file_digest(file, "sha256").hexdigest() == pack.sha256
            os.fsync(file.fileno())
        if right:
            part.replace(self.file_of(pack.sha256))
            link.tally.packs_complete += 1
            _keep(link, replace(pack, received=pack.size, state=COMPLETE, problem=""))
            return
        part.unlink()
        # A second copy with a wrong sum is no accident of the line.
        state = REFUSED if pack.problem == _SUM_WRONG else OFFERED
        _keep(link, replace(pack, received=0, state=state, problem=_SUM_WRONG))


def _offered(offer: PackOffer) -> PackDownload:
    return PackDownload(
        sha256=offer.sha256,
        kind=offer.kind,
        version=offer.version,
        unit=offer.unit,
        size=offer.size,
        received=0,
        state=OFFERED,
    )


def _keep(link: Link, pack: PackDownload) -> None:
    with link.desk.store.writing() as transaction:
        transaction.put_pack_download(pack)
