"""Data packs as JSON values, for the command line and for people's scripts."""

from counter_app.domain.data_pack import InstalledPack, PackInfo, PackPreview


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
    from counter_app.services.change_words import summary

    changes, values = preview.changes, preview.values
    return info_to_json(preview.info) | {
        "changes": {
            "added": [*changes.added(), *values.added],
            "changed": [*changes.changed(), *values.changed],
            "removed": [*changes.removed(), *values.removed],
        },
        "words": list(summary(changes)),
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


def installed_to_json(pack: InstalledPack) -> dict[str, object]:
    """Return a pack of this counter."""
    return info_to_json(pack.info) | {
        "installed_at": pack.installed_at.isoformat(),
        "active": pack.active,
    }
