"""Papers a supplement request named in words of its own: on no checklist, yet handed in and listed."""

from counter_app.domain.dossier import SubmittedPart
from counter_app.domain.dossier_life import Life

_PREFIX = "bo-sung-"


def extra_papers(life: Life) -> dict[str, str]:
    """Return id and name of everything the open request asks for; nothing when none is open."""
    asked = life.open_supplement
    if asked is None:
        return {}
    round_ = len(life.supplements)
    return {f"{_PREFIX}{round_}-{place}": item for place, item in enumerate(asked.items, start=1)}


def is_extra(part: SubmittedPart) -> bool:
    """Tell whether a paper came for a request and is on no checklist."""
    return part.part_id.startswith(_PREFIX)
