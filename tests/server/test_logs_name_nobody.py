"""A whole day's work, mistakes and failures with it, leaves nothing of a person in the logs or figures."""

import hashlib
import io
from collections.abc import Iterator

import httpx
import pytest
import structlog
from tests.server.raw_counter import RawCounter, Refused
from tests.server.serving import Served

from counter_protocol import wire
from counter_protocol.messages import UploadRequest
from counter_protocol.signing import new_private_key, public_key_of
from counter_server import log

UNIT = "H29.12"
PDF = b"%PDF-1.7\nLT"
NAME, NUMBER, SECRET = "Đèo Thị Ánh Nguyệt", "001099123456", "K7MX"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.configure(stream)
    yield stream
    structlog.reset_defaults()


async def _add_device(server: Served, counter: RawCounter) -> None:
    async with server.context.database.office(UNIT) as connection:
        await connection.execute(
            "INSERT INTO device (unit, device_id, counter, public_key) VALUES ($1, $2, 1, $3)",
            UNIT,
            counter.device_id,
            public_key_of(counter.key),
        )


def _work(server: Served, counter: RawCounter) -> None:
    applicant = {"full_name": NAME, "identity_number": NUMBER}
    dossier = counter.received(1, applicant=applicant, lookup_secret=SECRET)
    counter.session()
    request = counter.push_request()
    counter.push()
    counter.returned(dossier)
    counter.push()
    counter.pull()
    code = str(counter.state(1)["dossier_code"])
    httpx.post(f"{server.url}/tra-cuu", data={"ma": code, "bi-mat": SECRET})
    httpx.get(f"{server.url}/tra-cuu/{code}/{SECRET}")
    upload = UploadRequest(
        attachment_id="a", dossier_id=dossier, sha256=hashlib.sha256(PDF).hexdigest(), size=len(PDF)
    )
    headers = counter.headers()
    httpx.post(f"{server.url}/v1/uploads", content=wire.to_bytes(upload), headers=headers)
    # Mistakes and hostility.
    httpx.post(f"{server.url}/v1/push", content=NAME.encode(), headers=headers)
    httpx.get(f"{server.url}/v1/packs/{NUMBER}", headers=headers)
    httpx.get(f"{server.url}/{NAME}?name={NUMBER}", headers={"X-Request-Id": NUMBER})
    httpx.post(f"{server.url}/dang-nhap", data={"ten": NAME, "mat-khau": NUMBER})
    with pytest.raises(Refused):
        counter.send(request, key=new_private_key())


def test_nothing_of_a_person_is_logged_or_counted(server: Served, logged: io.StringIO) -> None:
    server.add_office(UNIT)
    with RawCounter(server.url, UNIT) as counter:
        server.run(_add_device(server, counter))
        _work(server, counter)
        code = str(counter.state(1)["dossier_code"])
        figures = httpx.get(f"{server.url}/metrics").text
        # A failure in the middle of an act: its text would name values.
        server.run(server.context.database.close())
        with pytest.raises(Refused):
            counter.push()
        token = counter.token
    written = logged.getvalue()
    assert written.count('"event": "request"') >= 14
    assert '"event": "failed"' in written
    for text in (written, figures):
        for told in (NAME, "Nguyệt", NUMBER, SECRET, code, token, "Lò Thị Thử"):
            assert told not in text
