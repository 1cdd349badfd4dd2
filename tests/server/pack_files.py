"""Pack files for the server's tests, made by the counter's own program."""

from pathlib import Path

from tests.helpers.packs import PackMaker

from counter_app.domain.data_pack import PackKind

CALENDAR = "calendars/vn-2027.yaml"
OVERLAY = "overlay/values.yaml"


def make_pack(
    folder: Path,
    version: str,
    *,
    kind: str = "national",
    unit: str = "",
    entries: tuple[str, ...] = (CALENDAR,),
    filling: str = "days: []\n",
) -> Path:
    """Return a signed pack with entries of any content; the server does not read into them."""
    content = folder / f"content-{kind}-{unit}-{version}"
    for entry in entries:
        path = content / entry
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(filling, encoding="utf-8")
    signer = "nation" if kind == "national" else "province"
    return PackMaker.below(folder / f"maker-{kind}-{unit}-{version}").make(
        content, version, kind=PackKind(kind), unit=unit, signed_by=(signer,)
    )
