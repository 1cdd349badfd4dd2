"""Data packs as JSON values, for the command line and for people's scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from counter_app.domain.data_pack import InstalledPack, PackInfo, PackPreview

if TYPE_CHECKING:
    from counter_app.domain.catalogue_changes import ItemChange
    from counter_app.domain.form_template import FormTemplate
    from counter_app.domain.procedure import Procedure


def info_to_json(info: PackInfo) -> dict[str, object]:
    """Return what a pack says of itself."""
    return {
        "kind": info.kind.value,
        "version": str(info.version),
        "unit": info.unit,
        "issued_on": info.issued_on.isoformat(),
        "issuer": info.issuer,
        "title": info.title,
        "notes": info.notes,
        "sections": list(info.sections),
        "digest": info.digest,
        "file": info.file_name,
    }


def preview_to_json(preview: PackPreview) -> dict[str, object]:
    """Return the pack and the ids that come, change and go; an overlay's are ids of its values."""
    changes, values = preview.changes, preview.values
    return info_to_json(preview.info) | {
        "changes": {
            "added": [*changes.added(), *values.added],
            "changed": [*changes.changed(), *values.changed],
            "removed": [*changes.removed(), *values.removed],
        },
        "rewritten": list(changes.rewritten()),
        "words": list(preview_words(preview)),
        "details": [*map(_change_to_json, changes.items()), *_days_and_places(preview)],
        "form_gaps": [
            {
                "id": gap.procedure_id,
                "name": gap.name,
                "form_id": gap.form_id,
                "from": gap.from_day.isoformat(),
            }
            for gap in preview.form_gaps
        ],
    }


def preview_words(preview: PackPreview) -> tuple[str, ...]:
    """Return what a clerk reads first: counts of national changes, local values by name, warnings."""
    from counter_app.services.change_words import rewritten_words, summary
    from counter_app.services.local_change_words import local_change_lines

    changes, local = preview.changes, local_change_lines(preview.values)
    national = () if changes.empty and local else summary(changes)
    return (*rewritten_words(changes, preview.info.issued_on), *national, *local)


def _change_to_json(change: "ItemChange[Procedure] | ItemChange[FormTemplate]") -> dict[str, object]:
    from counter_app.services.change_words import change_lines

    return {
        "id": change.item_id,
        "name": change.name,
        "from": change.from_day.isoformat(),
        "aspects": [aspect.value for aspect in change.aspects],
        "lines": list(change_lines(change)),
    }


def _days_and_places(preview: PackPreview) -> Iterator[dict[str, object]]:
    from counter_app.services.change_words import commune_words, day_words

    for day in preview.changes.days:
        first = day.day.isoformat()
        yield {"id": first, "name": "", "from": first, "aspects": ["calendar"], "lines": [day_words(day)]}
    for commune in preview.changes.communes:
        yield {
            "id": commune.code,
            "name": commune.after or commune.before,
            "from": preview.info.issued_on.isoformat(),
            "aspects": ["name"],
            "lines": [commune_words(commune)],
        }


def installed_to_json(pack: InstalledPack) -> dict[str, object]:
    """Return a pack of this counter."""
    return info_to_json(pack.info) | {
        "installed_at": pack.installed_at.isoformat(),
        "active": pack.active,
    }
