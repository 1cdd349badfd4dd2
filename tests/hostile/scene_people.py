"""Lets the scenes of the guide's pictures happen to other people: the whole program in a few seconds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import ModuleType

from tests.helpers import desks, visits
from tests.screenshots import act_scenes, counter_scenes, make_screenshots, queue_scenes, report_scenes

from counter_app.domain.person import Person
from counter_app.services.visit import Visit
from counter_app.ui.citizen_screen.stage_port import ReadingLine

_SCENES = (act_scenes, counter_scenes, make_screenshots, queue_scenes, report_scenes)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPeople:
    """Who comes instead of the invented family. The names hold no digit, or no form takes them."""

    applicant: Person
    mother: Person
    father: Person
    child: str
    place: str
    agency: str
    clerk: str

    @property
    def answers(self) -> dict[str, object]:
        """The answers of the birth registration."""
        return visits.CHILD_ANSWERS | {"ks_ho_ten": self.child, "ks_noi_sinh": self.place}

    @property
    def birth(self) -> Visit:
        """The birth registration."""
        return replace(
            visits.BIRTH,
            applicant=self.applicant,
            people={"me": self.mother, "cha": self.father},
            fields={"ht-khai-sinh": self.answers},
        )

    def in_scenes(self) -> Iterator[tuple[ModuleType, str, object]]:
        """Yield module, name and value of what to put in place in this process."""
        family = (self.applicant, self.mother, self.father)
        named = {
            "GRANDMOTHER": self.applicant,
            "MOTHER": self.mother,
            "FATHER": self.father,
            "CHILD_ANSWERS": self.answers,
            "BIRTH": self.birth,
            "CERTIFIED_COPY": replace(visits.CERTIFIED_COPY, applicant=self.applicant),
            "_NAMES": (*(each.full_name for each in family), self.child, self.applicant.full_name),
            "_FAMILY": tuple(
                replace(each, full_name=f"{each.full_name} x", personal_id=f"{each.personal_id[:-1]}{n}")
                for n, each in enumerate(family, start=1)
            ),
            "_LINES": (ReadingLine(label="Họ tên", value=self.child),),
            "_AGENCY": self.agency,
        }
        for module in _SCENES:
            for word, value in named.items():
                if hasattr(module, word):
                    yield module, word, value
        yield desks, "CLERK", self.clerk
