"""Sends scans piece by piece, one file at a time; after any break it goes on where the server stands."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from counter_app.domain.errors import EnvironmentProblem
from counter_app.services import sync_settings
from counter_app.services.sync_port import ItemState, ScanUpload
from counter_app.sync.answers import Refused
from counter_app.sync.lanes.chunk_size import ChunkSize
from counter_app.sync.lanes.step import DONE, MORE, Step
from counter_protocol.messages import UploadRequest, UploadState
from counter_protocol.refusals import ErrorClass, Refusal

if TYPE_CHECKING:
    from counter_app.services.sync_settings import SyncSettings
    from counter_app.sync.link import Link

_TRIES = 3
_TRY_AGAIN = timedelta(minutes=1)
_LOST_PLACE = frozenset({Refusal.UPLOAD_OFFSET, Refusal.UPLOAD_UNKNOWN})


class Scans:
    """The scans lane. Holds the content of the one file under way, so that it is deciphered once."""

    def __init__(self) -> None:
        self._chunk = ChunkSize()
        self._open: tuple[str, bytes] = ("", b"")
        self._exchanges = -1

    def step(self, link: Link) -> Step:
        """Send one piece; Refused, EnvironmentProblem as `Store.writing`."""
        now = link.desk.clock.now()
        with link.desk.store.reading() as queries:
            settings = sync_settings.load(queries)
        wait = settings.scans_wait_s(now)
        if wait:
            return Step(more=False, wait_s=wait)
        if self._exchanges != link.exchanges:
            with link.desk.store.writing() as transaction:
                transaction.queue_uploads(now)
            self._exchanges = link.exchanges
        with link.desk.store.reading() as queries:
            upload = queries.next_upload(now)
        if upload is None:
            self._open = ("", b"")
            return DONE
        return self._try(link, upload, settings)

    def _try(self, link: Link, upload: ScanUpload, settings: SyncSettings) -> Step:
        try:
            content = self._content(link, upload)
        except EnvironmentProblem as problem:
            # The file is gone or damaged here; no other one has to wait for it.
            _keep(link, replace(upload, state=ItemState.QUARANTINED, last_answer=problem.code))
            link.tally.quarantined += 1
            return MORE
        try:
            return self._send(link, upload, content, settings)
        except Refused as refused:
            return self._refused(link, upload, refused)

    def _send(self, link: Link, upload: ScanUpload, content: bytes, settings: SyncSettings) -> Step:
        if not upload.upload_id:
            return self._standing(link, upload, self._announce(link, upload))
        size = self._size(settings)
        piece = content[upload.sent : upload.sent + size]
        began = link.pace.seconds()
        state = self._piece(link, upload, piece)
        took = link.pace.seconds() - began
        if len(piece) == size:
            self._chunk.passed(took)
        step = self._standing(link, upload, state)
        if settings.scan_rate_kbps:
            earned = len(piece) / (settings.scan_rate_kbps * 1000)
            return Step(more=True, wait_s=max(0.0, earned - took))
        return step

    def _size(self, settings: SyncSettings) -> int:
        """A capped line gets pieces of five seconds at most, so that acts need not wait longer."""
        capped = settings.scan_rate_kbps * 1000 * 5
        return min(self._chunk.size, max(capped, 16 * 1024)) if capped else self._chunk.size

    def _content(self, link: Link, upload: ScanUpload) -> bytes:
        if self._open[0] != upload.attachment_id:
            content = link.desk.scans.get(upload.attachment_id, upload.file_key)
            self._open = (upload.attachment_id, content)
        return self._open[1]

    def _announce(self, link: Link, upload: ScanUpload) -> UploadState:
        wanted = UploadRequest(
            attachment_id=upload.attachment_id,
            dossier_id=upload.dossier_id,
            sha256=upload.sha256,
            size=upload.size,
        )
        return link.ask(lambda token: link.gateway.post("/v1/uploads", wanted, UploadState, token=token))

    def _piece(self, link: Link, upload: ScanUpload, piece: bytes) -> UploadState:
        path = f"/v1/uploads/{upload.upload_id}"
        if not piece:  # everything was sent; what is missing is the answer
            return link.ask(lambda token: link.gateway.get(path, UploadState, token=token))
        headers = {
            "Upload-Offset": str(upload.sent),
            "Upload-Checksum": f"sha256 {hashlib.sha256(piece).hexdigest()}",
        }
        try:
            return link.ask(
                lambda token: link.gateway.patch(path, piece, UploadState, headers=headers, token=token)
            )
        except Refused as refused:
            if refused.answer.code != Refusal.UPLOAD_OFFSET:
                raise
        return link.ask(lambda token: link.gateway.get(path, UploadState, token=token))

    def _standing(self, link: Link, upload: ScanUpload, state: UploadState) -> Step:
        """Write how far the server is, in the same words it used."""
        arrived = replace(upload, upload_id=state.upload_id, sent=min(state.offset, upload.size))
        if state.done:
            arrived = replace(arrived, state=ItemState.ACKED, sent=upload.size, last_answer="")
            link.tally.scans_sent += 1
        elif state.offset >= upload.size or (state.offset == 0 and upload.sent):
            # The server put the whole file together and its sum was wrong: it begins anew, a few times.
            arrived = self._blamed(link, replace(arrived, sent=0), Refusal.CHECKSUM)
        else:
            arrived = replace(arrived, state=ItemState.SENDING, next_attempt_at=None)
        _keep(link, arrived)
        return MORE

    def _refused(self, link: Link, upload: ScanUpload, refused: Refused) -> Step:
        answer = refused.answer
        if answer.code in _LOST_PLACE:
            _keep(link, self._blamed(link, replace(upload, upload_id="", sent=0), answer.code))
            return MORE
        if answer.error_class is not ErrorClass.POISON:
            self._chunk.failed()
            _keep(link, replace(upload, state=ItemState.WAITING, last_answer=answer.code))
            raise refused
        _keep(link, self._blamed(link, upload, answer.code))
        return MORE

    def _blamed(self, link: Link, upload: ScanUpload, code: str) -> ScanUpload:
        """Return the upload after one more failure that is its own; the third one puts it aside."""
        attempts = upload.attempts + 1
        if attempts >= _TRIES:
            link.tally.quarantined += 1
            return replace(upload, attempts=attempts, last_answer=code, state=ItemState.QUARANTINED)
        again = link.desk.clock.now() + _TRY_AGAIN
        return replace(
            upload, attempts=attempts, last_answer=code, state=ItemState.WAITING, next_attempt_at=again
        )


def _keep(link: Link, upload: ScanUpload) -> None:
    with link.desk.store.writing() as transaction:
        transaction.put_upload(upload)
