"""Reads resources/privacy-notice: one file for every day from which the notice says something else."""

from datetime import date
from pathlib import Path

from counter_app.catalogue.data_file import bad_data_file, read_data_file
from counter_app.domain.errors import RuleRefusal
from counter_app.domain.privacy_notice import Certainty, NoticeLine, NoticeSection, PrivacyNotice

FOLDER = "privacy-notice"
_SCHEMA = "privacy-notice.schema.json"


def read_privacy_notice(folder: Path, on: date) -> PrivacyNotice:
    """Return the notice in force on a day.

    Raises:
        BadInput: ``bad_data_file``.
        RuleRefusal: ``privacy_notice_missing`` when none was in force yet.
    """
    before = [path for path in sorted(folder.glob("*.yaml")) if path.stem <= on.isoformat()]
    if not before:
        raise RuleRefusal("privacy_notice_missing")
    newest = before[-1]
    data = read_data_file(newest, folder / _SCHEMA)
    if data["valid_from"] != newest.stem:
        raise bad_data_file(newest.name, 1, ("valid_from",), "must be", newest.stem)
    return PrivacyNotice(
        valid_from=date.fromisoformat(data["valid_from"]),
        title=data["title"],
        sections=tuple(
            NoticeSection(
                heading=section["heading"],
                lines=tuple(
                    NoticeLine(text=line["text"], mark=Certainty(line["mark"])) for line in section["lines"]
                ),
            )
            for section in data["sections"]
        ),
    )
