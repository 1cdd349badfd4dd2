"""Which answers of a visit hold letters no paper face has a shape for; they would print as boxes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from counter_app.services.assess_visit import Assessment
from counter_app.services.visit import Visit

if TYPE_CHECKING:
    from counter_app.services.desk import Desk

# Latin with its additions, marks, punctuation: every face has them, so the faces need not be read.
_SURE = ((0x20, 0x7E), (0xA0, 0x17F), (0x1EA0, 0x1EF9), (0x2013, 0x2014), (0x2018, 0x201D))
_APPLICANT = (("full_name", "Họ tên người nộp"), ("address", "Địa chỉ người nộp"), ("phone", "Điện thoại"))


def unprintable_places(desk: "Desk", visit: Visit, assessment: Assessment) -> tuple[str, ...]:
    """Return the labels of the answers that would lose letters; labels only, never an answer."""
    places = (
        label
        for label, text in _texts(visit, assessment)
        if not _surely_printable(text) and desk.renderer.unprintable(text)
    )
    return tuple(dict.fromkeys(places))


def _texts(visit: Visit, assessment: Assessment) -> Iterator[tuple[str, str]]:
    if visit.applicant is not None:
        for name, label in _APPLICANT:
            yield label, str(getattr(visit.applicant, name) or "")
    for form in assessment.forms:
        for field in form.visible:
            for text in _leaves(form.filled.values.get(field.key)):
                yield field.ask or field.label, text


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _leaves(inner)


def _surely_printable(text: str) -> bool:
    return all(any(first <= ord(letter) <= last for first, last in _SURE) for letter in text)
