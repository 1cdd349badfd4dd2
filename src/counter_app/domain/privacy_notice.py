"""What citizens are told about the use of their data; the words are dated data in resources/."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a line is: read in the law, read about it, remembered, or what the office itself does."""

    VERIFIED = "verified"
    SECONDARY = "secondary"
    RECALLED = "recalled"
    OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A sentence; it may hold {office}, {address} and {contact}."""

    text: str
    mark: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSection:
    """What one question is answered by."""

    heading: str
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyNotice:
    """The notice in force from a day on."""

    valid_from: date
    title: str
    sections: tuple[NoticeSection, ...]
