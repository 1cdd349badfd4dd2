"""Write docs/sbom.cdx.json: every Python library in the lock files, as a CycloneDX 1.6 bill of materials.

    .venv/bin/python tools/make_sbom.py

Run it whenever the lock files are renewed (`make lock` does). ``scope`` is required for what the counter
needs, optional for what only the server or the tests need. The digests of every file that may be installed
are in the lock files. Libraries of the system: installer/linux.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SBOM = ROOT / "docs" / "sbom.cdx.json"
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def locked(file_name: str) -> dict[str, str]:
    """Return the version of each library of a lock file, by name."""
    return dict(_PIN.findall((ROOT / file_name).read_text("utf-8")))


def document() -> str:
    """Return the bill; the same lock files give the same text."""
    needed, everything = locked("requirements.lock"), locked("requirements-dev.lock")
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "quay-mot-cua", "bom-ref": "quay-mot-cua"}},
        "components": list(_components(needed, everything)),
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _components(needed: dict[str, str], everything: dict[str, str]) -> Iterator[dict[str, str]]:
    for name, version in sorted({**everything, **needed}.items()):
        purl = f"pkg:pypi/{name}@{version}"
        yield {
            "type": "library",
            "name": name,
            "version": version,
            "purl": purl,
            "bom-ref": purl,
            "scope": "required" if name in needed else "optional",
        }


if __name__ == "__main__":
    SBOM.write_text(document(), encoding="utf-8")
    sys.stdout.write(f"{SBOM}\n")
