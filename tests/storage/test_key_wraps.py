"""A sealed copy of the key opens with its own secret and with nothing else, however it is changed."""

import copy
import json
import secrets
from datetime import UTC, datetime
from typing import Any

import pytest

from counter_app.domain.errors import EnvironmentProblem
from counter_app.domain.recovery_code import RANDOM_BYTES, code_from
from counter_app.services.keys_port import WrapKind
from counter_app.storage import key_wraps
from counter_app.storage.key_places import fingerprint

KEY = bytes(range(32))
AT = datetime(2026, 11, 23, 3, 45, tzinfo=UTC)
CODE = code_from(bytes(range(RANDOM_BYTES)))
PHRASE = "bốn con bò vàng ngủ ngoài đê"


def sealed(kind: WrapKind) -> dict[str, Any]:
    return key_wraps.seal(KEY, kind, CODE if kind is WrapKind.RECOVERY else PHRASE, AT)


@pytest.fixture(scope="module")
def recovery() -> dict[str, Any]:
    return sealed(WrapKind.RECOVERY)


@pytest.fixture(scope="module")
def passphrase() -> dict[str, Any]:
    return sealed(WrapKind.PASSPHRASE)


def test_each_opens_with_its_own_secret(recovery: dict[str, Any], passphrase: dict[str, Any]) -> None:
    assert key_wraps.unseal(recovery, CODE) == KEY
    assert key_wraps.unseal(recovery, CODE.lower().replace("-", "  ")) == KEY
    assert key_wraps.unseal(passphrase, PHRASE) == KEY
    assert key_wraps.unseal(passphrase, f" {PHRASE}\n") == KEY


def test_a_passphrase_may_come_decomposed_from_another_keyboard(passphrase: dict[str, Any]) -> None:
    import unicodedata

    assert key_wraps.unseal(passphrase, unicodedata.normalize("NFD", PHRASE)) == KEY


def test_nothing_else_opens_them(recovery: dict[str, Any], passphrase: dict[str, Any]) -> None:
    other = code_from(bytes(range(1, RANDOM_BYTES + 1)))
    for wrap, wrong in ((recovery, other), (recovery, PHRASE), (recovery, ""), (recovery, CODE[:-1])):
        assert key_wraps.unseal(wrap, wrong) is None
    for wrong in (PHRASE.upper(), PHRASE + "x", "", CODE):
        assert key_wraps.unseal(passphrase, wrong) is None


def test_copies_never_repeat_themselves(recovery: dict[str, Any]) -> None:
    again = sealed(WrapKind.RECOVERY)
    for name in ("id", "nonce", "sealed"):
        assert again[name] != recovery[name]
    assert again["kdf"]["salt"] != recovery["kdf"]["salt"]


def test_a_passphrase_is_stretched_as_argon2id_should(passphrase: dict[str, Any]) -> None:
    settings = passphrase["kdf"]
    assert (settings["name"], settings["memory_kib"], settings["passes"], settings["lanes"]) == (
        "argon2id",
        65536,
        3,
        4,
    )
    assert len(bytes.fromhex(settings["salt"])) == 16


CHANGES: list[tuple[str, Any]] = [
    ("kind", "passphrase"),
    ("kind", "another"),
    ("version", 2),
    ("version", "1"),
    ("fingerprint", "0" * 16),
    ("fingerprint", fingerprint(bytes(32))),
    ("fingerprint", 7),
    ("nonce", "00" * 12),
    ("nonce", "00"),
    ("nonce", "no hex"),
    ("sealed", ""),
    ("sealed", "00" * 48),
    ("kdf", None),
    ("kdf", {}),
    ("kdf", {"name": "hkdf-sha256", "salt": "00" * 16}),
    ("kdf", {"name": "argon2id", "salt": "00" * 16}),
]


@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_a_changed_copy_opens_nothing(recovery: dict[str, Any], name: str, value: Any) -> None:
    assert key_wraps.unseal(recovery | {name: value}, CODE) is None


@pytest.mark.parametrize("name", ["kind", "version", "fingerprint", "nonce", "sealed", "kdf"])
def test_a_copy_without_a_part_opens_nothing(recovery: dict[str, Any], name: str) -> None:
    rest = {key: value for key, value in recovery.items() if key != name}
    assert key_wraps.unseal(rest, CODE) is None


@pytest.mark.parametrize("cut", [1, 2, 32, 64, 95])
def test_a_truncated_copy_opens_nothing(recovery: dict[str, Any], cut: int) -> None:
    assert key_wraps.unseal(recovery | {"sealed": recovery["sealed"][:-cut]}, CODE) is None


@pytest.mark.parametrize(
    "settings",
    [
        {"memory_kib": 2**31, "passes": 3, "lanes": 4},
        {"memory_kib": 65536, "passes": 10**9, "lanes": 4},
        {"memory_kib": 65536, "passes": 3, "lanes": 10**6},
        {"memory_kib": -1, "passes": 3, "lanes": 4},
        {"memory_kib": True, "passes": 3, "lanes": 4},
        {"memory_kib": "65536", "passes": 3, "lanes": 4},
        {"memory_kib": 8, "passes": 1, "lanes": 16},
    ],
)
def test_a_record_cannot_ask_for_the_whole_machine(
    passphrase: dict[str, Any], settings: dict[str, Any]
) -> None:
    changed = copy.deepcopy(passphrase)
    changed["kdf"] |= settings
    assert key_wraps.unseal(changed, PHRASE) is None


def test_every_flipped_bit_of_a_copy_is_noticed(recovery: dict[str, Any]) -> None:
    """Whatever the flip does to the record, what opens is this key or nothing."""
    text = json.dumps(recovery).encode()
    refused = 0
    for place in range(len(text)):
        for bit in range(8):
            changed = bytearray(text)
            changed[place] ^= 1 << bit
            try:
                wrap = json.loads(bytes(changed))
            except ValueError:
                refused += 1
                continue
            found = key_wraps.unseal(wrap, CODE) if isinstance(wrap, dict) else None
            assert found in (None, KEY)
            refused += found is None
    assert refused > len(text) * 4


def test_a_document_opens_as_the_record_does(recovery: dict[str, Any], passphrase: dict[str, Any]) -> None:
    record = {"fingerprint": fingerprint(KEY), "wraps": [recovery, passphrase], "entry": "x", "where": "file"}
    content = key_wraps.document(record)
    assert KEY.hex().encode() not in content
    assert b"entry" not in content
    assert key_wraps.key_of_document(content, WrapKind.RECOVERY, CODE) == KEY
    assert key_wraps.key_of_document(content, WrapKind.PASSPHRASE, PHRASE) == KEY
    assert key_wraps.key_of_document(content, WrapKind.PASSPHRASE, CODE) is None


def test_a_document_of_another_key_opens_nothing(recovery: dict[str, Any]) -> None:
    content = key_wraps.document({"fingerprint": fingerprint(secrets.token_bytes(32)), "wraps": [recovery]})
    assert key_wraps.key_of_document(content, WrapKind.RECOVERY, CODE) is None


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"7", b"[" * 100_000])
def test_what_is_no_document_is_told(content: bytes) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        key_wraps.key_of_document(content, WrapKind.RECOVERY, CODE)
    assert caught.value.code == "key_record_damaged"


def test_what_is_no_copy_is_passed_over(recovery: dict[str, Any]) -> None:
    record: dict[str, Any] = {"wraps": [7, None, [], {}, {"kind": "recovery"}, recovery]}
    assert key_wraps.first_opened(key_wraps.wraps_in(record), WrapKind.RECOVERY, CODE) == KEY
    assert key_wraps.wraps_in({"wraps": "x"}) == []
    assert [key_wraps.info(wrap) for wrap in key_wraps.wraps_in(record)][:2] == [None, None]


def test_a_file_from_a_stick_may_not_ask_for_endless_work() -> None:
    told = {"wraps": [{"kind": "passphrase"}] * 10_000}
    assert len(key_wraps.wraps_in(told)) == key_wraps.MOST
