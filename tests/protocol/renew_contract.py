"""Renews the snapshot after an addition, and writes golden files of what is new; refuses anything else.

Run ``python -m tests.protocol.renew_contract`` and commit what it wrote.
"""

import json
import sys
from pathlib import Path

from tests.protocol import contract, golden, samples

from counter_protocol.events import decode_event
from counter_protocol.version import PROTOCOL
from counter_protocol.wire import to_bytes


def main() -> int:
    """Renew; return 1 when today's code could not talk to what is out there."""
    now = contract.contract()
    broken = contract.breaks(contract.snapshot(), now) if contract.SNAPSHOT.exists() else []
    for each in broken:
        sys.stderr.write(f"{each}\n")
    if broken:
        return 1
    told = json.dumps(now, ensure_ascii=False, indent=1, sort_keys=True)
    contract.SNAPSHOT.write_text(told + "\n", "utf-8")
    for path in add_missing(golden.FOLDER / f"v{PROTOCOL}"):
        sys.stdout.write(f"{path}\n")
    return 0


def add_missing(folder: Path) -> list[Path]:
    """Write the golden files a version does not have yet; return them."""
    content = {f"messages/{type(each).__name__}": to_bytes(each) for each in samples.sample_messages()}
    for body in (*samples.events(), *samples.server_events()):
        content.setdefault(f"events/{decode_event(body).kind}", body)
    content["signed_push"] = to_bytes(samples.signed_push())
    content["carry_up"] = samples.carry_up()
    paths = {folder / f"{name}.hex": each for name, each in content.items()}
    return [path for path, each in paths.items() if golden.add(path, each)]


if __name__ == "__main__":
    sys.exit(main())
