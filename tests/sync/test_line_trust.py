"""A server nobody vouches for is told nothing."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.sync.scripted_server import ScriptedServer, listening

from counter_app.sync.answers import Refused
from counter_app.sync.gateway import Gateway
from counter_protocol.messages import Done
from counter_protocol.refusals import ErrorClass


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return what a server shows that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "may-chu.example.vn")])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=36500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_certificate_nobody_vouches_for_ends_the_call(tmp_path: Path) -> None:
    server = ScriptedServer()
    with listening(server, tls=self_signed(tmp_path)):
        gateway = Gateway(server.url, on_bytes=lambda sent, received: None)
        with pytest.raises(Refused) as caught:
            gateway.post("/v1/quarantine", Done(), Done)
        gateway.close()
    assert caught.value.answer.error_class is ErrorClass.NETWORK
    assert caught.value.answer.code == "certificate_refused"
    assert server.asked == []


def test_a_server_that_speaks_no_tls_is_the_network(tmp_path: Path) -> None:
    server = ScriptedServer()
    with listening(server):
        gateway = Gateway(server.url.replace("http:", "https:"), on_bytes=lambda sent, received: None)
        with pytest.raises(Refused) as caught:
            gateway.post("/v1/quarantine", Done(), Done)
        gateway.close()
    assert caught.value.answer.code == "tls_broken"
    assert server.asked == []
