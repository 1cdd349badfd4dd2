"""The bill of materials is that of the lock files."""

import json
import tomllib

from tools.make_sbom import ROOT, SBOM, document, locked


def test_the_bill_is_that_of_the_lock_files() -> None:
    assert SBOM.read_text("utf-8") == document(), "run: python tools/make_sbom.py"


def test_every_library_of_the_program_is_in_it() -> None:
    listed = {each["name"]: each for each in json.loads(SBOM.read_text("utf-8"))["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in project["dependencies"]:
        name = wanted.split(">")[0].split("[")[0].lower()
        assert listed[name]["scope"] == "required"
    assert listed["litestar"]["scope"] == "optional"


def test_both_lock_files_agree() -> None:
    everything = locked("requirements-dev.lock")
    assert {name: everything[name] for name in locked("requirements.lock")} == locked("requirements.lock")
