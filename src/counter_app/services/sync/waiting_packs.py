"""Data packs on their way or lying ready, with their versions as people write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from counter_app.domain.data_pack import PackVersion

if TYPE_CHECKING:
    from counter_app.services.desk import Desk
    from counter_app.services.sync_port import PackDownload

_READY, _COMING = "complete", "offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPack:
    """A pack that is not installed yet; ``ready`` once it is here whole."""

    sha256: str
    version: PackVersion
    ready: bool


def waiting_packs(desk: "Desk", downloads: "Sequence[PackDownload]") -> tuple[WaitingPack, ...]:
    """Return the packs that would change the data, the newest first.

    One a clerk has just installed is left out at once: the exchange notes it only when it next talks.
    """
    held: dict[tuple[str, str], PackVersion] = {}
    for pack in desk.packs.installed():
        which = pack.info.kind.value, pack.info.unit
        held[which] = max(pack.info.version, held.get(which, pack.info.version))
    found = []
    for each in downloads:
        version, newest = version_of(each.version), held.get((each.kind, each.unit))
        if each.state in (_READY, _COMING) and (newest is None or version > newest):
            found.append(WaitingPack(sha256=each.sha256, version=version, ready=each.state == _READY))
    return tuple(sorted(found, key=lambda pack: pack.version, reverse=True))


def version_of(number: int) -> PackVersion:
    """Return the version a number on the wire stands for: 2027030001 is 2027.3.1."""
    return PackVersion(number // 1_000_000, number // 10_000 % 100, number % 10_000)
