"""The wire contract, frozen: a change here breaks counters that are already in offices."""

import json
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.protocol import contract, golden, renew_contract
from tests.protocol.contract import RENEW, breaks, message_types, snapshot

from counter_protocol.messages import Message

Change = Callable[[dict[str, Any]], object]


def test_the_contract_is_the_one_we_shipped() -> None:
    now, kept = contract.contract(), snapshot()
    assert breaks(kept, now) == []
    assert now == kept, f"something was added: run {RENEW}"


def test_the_snapshot_has_every_message_with_the_fields_of_its_struct() -> None:
    kept = snapshot()["messages"]
    assert {kind.__name__ for kind in message_types()} == set(kept)
    for kind in message_types():
        assert set(kept[kind.__name__]) == {f.encode_name for f in msgspec.structs.fields(kind)}


def fields_of(changed: dict[str, Any], name: str) -> dict[str, Any]:
    fields: dict[str, Any] = changed["messages"][name]
    return fields


BREAKING: dict[str, tuple[Change, str]] = {
    "a message removed": (lambda c: c["messages"].pop("PushReply"), "PushReply is gone"),
    "a field removed": (lambda c: fields_of(c, "Place").pop("hash"), "Place.hash was"),
    "a field renamed": (
        lambda c: fields_of(c, "Place").update(digest=fields_of(c, "Place").pop("hash")),
        "Place.hash was",
    ),
    "a field retyped": (lambda c: fields_of(c, "Place").update(seq={"type": "str"}), "Place.seq was"),
    "a field within retyped": (
        lambda c: fields_of(c, "PushReply").update(office_seqs={"type": "list[str]"}),
        "PushReply.office_seqs was",
    ),
    "another default": (
        lambda c: fields_of(c, "UploadState")["chunk_bytes"].update(default=1),
        "UploadState.chunk_bytes was",
    ),
    "a field no old peer says": (
        lambda c: fields_of(c, "Place").update(epoch={"type": "int"}),
        "Place.epoch is new and has no default",
    ),
    "a default taken away": (
        lambda c: fields_of(c, "PushRequest")["late"].pop("default"),
        "PushRequest.late was",
    ),
    "a code removed": (
        lambda c: c["values"]["Refusal"].remove("chain_broken"),
        "Refusal.chain_broken is gone",
    ),
    "a kind renamed": (
        lambda c: c["values"]["EventKind"].__setitem__(0, "act_taken_back"),
        "EventKind.act_undone is gone",
    ),
    "another tag": (lambda c: c["fixed"]["signature tags"].reverse(), "signature tags is another one"),
}


@pytest.mark.parametrize(("change", "told"), list(BREAKING.values()), ids=list(BREAKING))
def test_what_old_peers_could_not_read_is_a_break(change: Change, told: str) -> None:
    changed = deepcopy(snapshot())
    change(changed)
    assert any(told in each for each in breaks(snapshot(), changed))


ADDING: dict[str, Change] = {
    "a field with a default": lambda c: fields_of(c, "Place").update(note={"type": "str", "default": ""}),
    "a message": lambda c: c["messages"].update(Sealed={"seal": {"type": "bytes"}}),
    "a code": lambda c: c["values"]["Refusal"].append("too_early"),
}


@pytest.mark.parametrize("change", list(ADDING.values()), ids=list(ADDING))
def test_an_addition_asks_for_a_new_snapshot_and_no_more(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    after, path = deepcopy(snapshot()), tmp_path / "contract.json"
    path.write_text(contract.SNAPSHOT.read_text("utf-8"), "utf-8")
    change(after)
    monkeypatch.setattr(contract, "SNAPSHOT", path)
    monkeypatch.setattr(contract, "contract", lambda: after)
    monkeypatch.setattr(golden, "FOLDER", tmp_path / "golden")
    assert breaks(snapshot(), after) == []
    assert snapshot() != after
    assert renew_contract.main() == 0
    assert snapshot() == after
    # What was released is never written again, and a break is never taken in.
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.hex")}
    assert len(before) > 50
    monkeypatch.setattr(contract, "contract", lambda: {**after, "messages": {}})
    assert renew_contract.main() == 1
    assert snapshot() == after
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.hex")} == before
    assert "is gone" in capsys.readouterr().err


def test_the_command_runs_as_it_is_told() -> None:
    import subprocess

    module = RENEW.split()[-1]
    told = subprocess.run(
        [sys.executable, "-c", f"import {module} as renew; print(renew.main.__doc__)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert "Renew" in told.stdout


def test_a_version_is_always_said() -> None:
    """Left out because it is the default, it would be taken for that of whoever reads."""
    from counter_protocol.wire import to_bytes

    versions = [
        (kind, field.name)
        for kind in message_types()
        for field in msgspec.structs.fields(kind)
        if field.name in ("protocol", "version") and not field.required
    ]
    assert {kind.__name__ for kind, _ in versions} == {
        "EnrolRequest",
        "SessionRequest",
        "SessionReply",
        "PushRequest",
        "CarryHeader",
    }
    for kind, field in versions:
        said = msgspec.msgpack.decode(to_bytes(_least(kind)))
        assert said[field] == 1


def _least(kind: type[Message]) -> Message:
    """Return a message with what it must have and no more."""
    from tests.protocol.samples import sample_messages

    (sample,) = [each for each in sample_messages() if type(each) is kind]
    needed = {f.name: getattr(sample, f.name) for f in msgspec.structs.fields(kind) if f.required}
    return kind(**needed)


def test_the_golden_folder_of_a_version_is_complete() -> None:
    newest = golden.released()[-1]
    kept = {path.relative_to(newest).with_suffix("").as_posix() for path in newest.rglob("*.hex")}
    told = json.loads(contract.SNAPSHOT.read_text("utf-8"))
    assert kept == {
        *(f"messages/{name}" for name in told["messages"]),
        *(f"events/{kind}" for kind in told["values"]["EventKind"]),
        "signed_push",
        "carry_up",
    }, f"give what is new a sample in samples.py and run {RENEW}"
