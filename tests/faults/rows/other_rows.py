"""Rows made of tests that have their own places: poison, versions, packs, hostile text, other offices."""

from pathlib import Path

from tests.faults.rows.row import Found, Size
from tests.faults.rows.suites import run_suite


def poison(size: Size, folder: Path) -> Found:
    """Events and entries nobody can take, both ways."""
    found = Found()
    run_suite(found, "poison up, put aside alone", ["tests/sync/test_push_poison.py"], folder)
    down = ["tests/services/test_several_counters.py", "-k", "bad_entry"]
    run_suite(found, "poison down, put aside alone", down, folder)
    run_suite(found, "hostile logs", ["tests/services/test_hostile_log.py"], folder)
    run_suite(found, "hostile bodies at the server", ["tests/server/test_hostile_bodies.py"], folder)
    return found


def versions(size: Size, folder: Path) -> Found:
    """Programs of before and of tomorrow on either side; databases of every schema."""
    found = Found()
    run_suite(
        found, "pushes and sticks of released versions", ["tests/server/test_old_and_new_peers.py"], folder
    )
    run_suite(
        found, "replies of released and odd servers", ["tests/sync/test_old_and_odd_servers.py"], folder
    )
    run_suite(found, "golden bytes and the contract", ["tests/protocol"], folder)
    run_suite(found, "databases of every schema", ["tests/storage/test_schema_versions.py"], folder)
    return found


def packs(size: Size, folder: Path) -> Found:
    """Packs that are hostile, too old, signed by strangers, or meet a full disk."""
    found = Found()
    run_suite(found, "packs refused, the old one stays", ["tests/catalogue/test_pack_refusals.py"], folder)
    run_suite(found, "roots of trust", ["tests/catalogue/test_pack_trust.py"], folder)
    run_suite(found, "packs over the line", ["tests/sync/test_pack_lane.py"], folder)
    run_suite(found, "packs on a full disk", ["tests/faults/test_pack_disk_full.py"], folder)
    return found


def hostile_text(size: Size, folder: Path) -> Found:
    """Text that could be taken for something else, into everything that shows or stores it."""
    found = Found()
    run_suite(found, "whatever comes in", ["tests/faults/test_bad_input.py"], folder)
    run_suite(found, "every decoder, sink, list and paper", ["tests/hostile"], folder)
    run_suite(found, "hostile sticks", ["tests/server/test_hostile_sticks.py"], folder)
    return found


def other_office(size: Size, folder: Path) -> Found:
    """One office's device at another office's data, by every route and by SQL."""
    found = Found()
    run_suite(found, "attempts across offices, refused", ["tests/server/test_offices_apart.py"], folder)
    run_suite(found, "hostile peers", ["tests/server/test_hostile_peers.py"], folder)
    found.figures["rows shown or changed"] = 0 if found.held else "see what did not hold"
    return found
