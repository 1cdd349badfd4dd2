"""Family links in the database: each kept from both ends, found by either person."""

import json
from collections.abc import Sequence
from datetime import datetime

from counter_app.domain.family import FamilyLink, Kin
from counter_app.services.kinship_port import Relative
from counter_app.storage import moments, people, person_merges
from counter_app.storage.sql import Sql

_ADD = (
    "INSERT INTO person_link (person_id, relative_id, kin, learned_at) "
    "SELECT value ->> 0, value ->> 1, value ->> 2, ? FROM json_each(?) WHERE true "
    "ON CONFLICT (person_id, relative_id, kin) DO UPDATE "
    "SET removed_at = NULL, learned_at = excluded.learned_at WHERE removed_at IS NOT NULL"
)
_REMOVE = (
    "UPDATE person_link SET removed_at = ? WHERE removed_at IS NULL AND kin = ? "
    "AND person_id IN (SELECT value FROM json_each(?)) AND relative_id IN (SELECT value FROM json_each(?))"
)
_OF = (
    "SELECT relative_id, kin, learned_at FROM person_link WHERE removed_at IS NULL "
    "AND person_id IN (SELECT value FROM json_each(?)) ORDER BY learned_at DESC, relative_id, kin"
)


def remember(sql: Sql, links: Sequence[FamilyLink], at: datetime) -> None:
    """Keep the links not known yet."""
    if links:
        rows = [(link.person_id, link.relative_id, link.kin.value) for link in links]
        sql.run(_ADD, (moments.to_text(at), json.dumps(rows)))


def remove(sql: Sql, link: FamilyLink, at: datetime) -> None:
    """Let a link no longer hold, whichever of the merged records declared it."""
    for each in (link, link.inverse):
        ids = (person_merges.together(sql, each.person_id), person_merges.together(sql, each.relative_id))
        sql.run(_REMOVE, (moments.to_text(at), each.kin.value, *(json.dumps(group) for group in ids)))


def relatives(sql: Sql, personal_id: str) -> list[Relative]:
    """Return the relatives of a person, newest known first, merged people once."""
    own = person_merges.together(sql, personal_id)
    rows = sql.rows(_OF, (json.dumps(own),))
    kept = person_merges.kept_ids(sql, [row["relative_id"] for row in rows])
    known = {each.personal_id: each for each in people.shown(sql, list(dict.fromkeys(kept.values())))}
    found: dict[tuple[str, str], Relative] = {}
    for row in rows:
        relative = kept[row["relative_id"]]
        if relative in known and relative not in own:
            at = moments.from_text(row["learned_at"])
            tie = Relative(person=known[relative], kin=Kin(row["kin"]), learned_at=at)
            found.setdefault((relative, row["kin"]), tie)
    return list(found.values())
