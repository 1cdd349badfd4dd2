"""Family links: what received forms say two people are to each other, and where that helps again.

A link is what somebody declared, never a finding of the office: it is offered, and the clerk decides.
Which words and roles mean kinship is read off the shipped forms and their lists of choices.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from counter_app.domain.person import Person, Sex

if TYPE_CHECKING:
    from counter_app.domain.dossier import Dossier, FilledForm


class Kin(StrEnum):
    """What one person is to another; whether a parent is mother or father is a matter of their sex."""

    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    CO_PARENT = "co_parent"  # the other parent of a child both stand as parents of
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    GUARDIAN = "guardian"
    WARD = "ward"


INVERSE: Mapping[Kin, Kin] = {
    Kin.PARENT: Kin.CHILD,
    Kin.CHILD: Kin.PARENT,
    Kin.SPOUSE: Kin.SPOUSE,
    Kin.CO_PARENT: Kin.CO_PARENT,
    Kin.GRANDPARENT: Kin.GRANDCHILD,
    Kin.GRANDCHILD: Kin.GRANDPARENT,
    Kin.SIBLING: Kin.SIBLING,
    Kin.GUARDIAN: Kin.WARD,
    Kin.WARD: Kin.GUARDIAN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLink:
    """``relative_id`` is the ``kin`` of ``person_id``; both are personal ids."""

    person_id: str
    kin: Kin
    relative_id: str

    @property
    def inverse(self) -> "FamilyLink":
        """The same tie seen from the other end."""
        return FamilyLink(person_id=self.relative_id, kin=INVERSE[self.kin], relative_id=self.person_id)


# "Cháu" is a grandchild or a nephew, "Chủ hộ" no kin at all: such words tie nobody.
_WORDS: Mapping[str, Kin] = {
    "Mẹ": Kin.PARENT,
    "Cha": Kin.PARENT,
    "Con": Kin.CHILD,
    "Vợ": Kin.SPOUSE,
    "Chồng": Kin.SPOUSE,
    "Vợ, chồng": Kin.SPOUSE,
    "Ông": Kin.GRANDPARENT,
    "Bà": Kin.GRANDPARENT,
    "Ông nội": Kin.GRANDPARENT,
    "Bà nội": Kin.GRANDPARENT,
    "Ông ngoại": Kin.GRANDPARENT,
    "Bà ngoại": Kin.GRANDPARENT,
    "Ông, bà": Kin.GRANDPARENT,
    "Cha, mẹ": Kin.PARENT,
    "Anh": Kin.SIBLING,
    "Chị": Kin.SIBLING,
    "Em": Kin.SIBLING,
    "Anh, chị, em ruột": Kin.SIBLING,
    "Người giám hộ": Kin.GUARDIAN,
}
# A grandparent of the child is a parent of that parent of the child.
_SIDE = {"Ông nội": "cha", "Bà nội": "cha", "Ông ngoại": "me", "Bà ngoại": "me"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _FormFamily:
    """What a form says about kinship.

    ``also`` is the role the applicant has too when the answer ``applicant_is`` says that word;
    ``fixed`` are (of, kin, who) by role alone; ``said`` are (answer, of, who): the answer says what
    `who` is to `of`. ``sides`` says that the applicant may be a grandparent of the parents' child.
    """

    applicant: str
    applicant_is: str = "nyc_quan_he"
    also: Mapping[str, str] = field(default_factory=dict)
    fixed: tuple[tuple[str, Kin, str], ...] = ()
    said: tuple[tuple[str, str, str], ...] = ()
    sides: bool = False


_PARENTS = {"Mẹ": "me", "Cha": "cha"}
_TOGETHER = (("me", Kin.CO_PARENT, "cha"),)
_BORN = "nguoi_duoc_khai_sinh"
_GROWN_BIRTH = _FormFamily(
    applicant="nguoi_yeu_cau",
    also={**_PARENTS, "Bản thân": _BORN},
    fixed=(*_TOGETHER, (_BORN, Kin.PARENT, "me"), (_BORN, Kin.PARENT, "cha")),
    said=(("nyc_quan_he", _BORN, "nguoi_yeu_cau"),),
    sides=True,
)
_MARRIAGE = _FormFamily(applicant="ben_nu", fixed=(("ben_nu", Kin.SPOUSE, "ben_nam"),))
_GUARDIANSHIP = _FormFamily(
    applicant="nguoi_yeu_cau",
    also={"Người giám hộ": "nguoi_giam_ho", "Người được giám hộ": "nguoi_duoc_giam_ho"},
    fixed=(("nguoi_duoc_giam_ho", Kin.GUARDIAN, "nguoi_giam_ho"),),
)


def _requester(subject: str, *, answer: str = "nyc_quan_he", applicant: str = "nguoi_yeu_cau") -> _FormFamily:
    return _FormFamily(
        applicant=applicant,
        applicant_is=answer,
        also={"Bản thân": subject},
        said=((answer, subject, applicant),),
    )


_FORMS: Mapping[str, _FormFamily] = {
    "ht-khai-sinh": _FormFamily(applicant="nguoi_yeu_cau", also=_PARENTS, fixed=_TOGETHER, sides=True),
    "ht-khai-sinh-lai": _GROWN_BIRTH,
    "ht-khai-sinh-ho-so": _GROWN_BIRTH,
    "ht-ket-hon": _MARRIAGE,
    "ht-ket-hon-lai": _MARRIAGE,
    "ht-giam-ho": _GUARDIANSHIP,  # a guardianship that ends (ht-cham-dut-giam-ho) ties nobody
    "ht-khai-tu": _requester("nguoi_chet"),
    "ht-khai-tu-lai": _requester("nguoi_chet"),
    "ht-trich-luc": _requester("nguoi_duoc_cap"),
    "ht-thay-doi-cai-chinh": _requester("nguoi_duoc_thay_doi"),
    "ht-xac-nhan-tinh-trang-hon-nhan": _requester("nguoi_duoc_xac_nhan"),
    "ht-nhan-cha-me-con": _FormFamily(
        applicant="nguoi_yeu_cau",
        also={"Bản thân": "nguoi_nhan"},
        said=(("quan_he_nhan", "nguoi_duoc_nhan", "nguoi_nhan"),),
    ),
    "ct01": _FormFamily(applicant="nguoi_thay_doi", said=(("quan_he_chu_ho", "chu_ho", "nguoi_thay_doi"),)),
    "btxh-1a": _requester("doi_tuong", answer="nk_quan_he", applicant="nguoi_khai_thay"),
    "btxh-1d": _FormFamily(applicant="doi_tuong", said=(("nk_quan_he", "doi_tuong", "nguoi_khai_thay"),)),
    "btxh-1dd": _FormFamily(applicant="doi_tuong", said=(("nk_quan_he", "doi_tuong", "nguoi_khai_thay"),)),
    "htxh-01": _FormFamily(
        applicant="nguoi_de_nghi", said=(("nk_quan_he", "nguoi_de_nghi", "nguoi_khai_thay"),)
    ),
    "giay-uy-quyen": _FormFamily(
        applicant="ben_uy_quyen", said=(("quan_he", "ben_uy_quyen", "ben_duoc_uy_quyen"),)
    ),
}


def links_of(dossier: "Dossier") -> tuple[FamilyLink, ...]:
    """Return the links a received dossier declares, each from both ends, none twice.

    Only people with personal ids can be tied; most dossiers have one person and say nothing.
    """
    if not any(person.personal_id for person in dossier.people.values()):
        return ()
    found: dict[FamilyLink, None] = {}
    for form in dossier.forms:
        family = _FORMS.get(form.form_id)
        if family is not None:
            for link in _links(dossier, form, family):
                found[link] = found[link.inverse] = None
    return tuple(found)


def _links(dossier: "Dossier", form: "FilledForm", family: _FormFamily) -> Iterator[FamilyLink]:
    word = str(form.answers.get(family.applicant_is) or "")
    people: dict[str, Person] = {**dossier.people, family.applicant: dossier.applicant}
    if word in family.also:
        people[family.also[word]] = dossier.applicant
    ids = {role: person.personal_id for role, person in people.items()}
    ties = list(family.fixed)
    for key, of, who in family.said:
        kin = _WORDS.get(str(form.answers.get(key) or ""))
        ties += [(of, kin, who)] if kin is not None else []
    if family.sides and word in _SIDE:
        ties.append((_SIDE[word], Kin.PARENT, family.applicant))
    for of, kin, who in ties:
        if ids.get(of) and ids.get(who) and ids[of] != ids[who]:
            yield FamilyLink(person_id=ids[of], kin=kin, relative_id=ids[who])


_MATES = frozenset({Kin.SPOUSE, Kin.CO_PARENT})
_CARERS = frozenset({Kin.PARENT, Kin.GUARDIAN})


def may_fill(role: str, *, role_sex: str, placed: str, kin: Kin, relative: Person) -> bool:
    """Tell whether a relative is worth offering for an empty role of a visit.

    Args:
        role: The empty role.
        role_sex: The sex the form wants there, "" for either.
        placed: The role of the person whose relative it is; "applicant" for the applicant.
        kin: What the relative is to that person.
        relative: Whom to offer.
    """
    if role_sex and relative.sex is not None and relative.sex is not Sex(role_sex):
        return False
    if role in ("me", "cha"):
        if placed == _BORN:
            return kin is Kin.PARENT
        # Whoever registers is a parent, or a grandparent whose child is one.
        return kin in _MATES or (placed == "applicant" and kin is Kin.CHILD)
    if role in ("ben_nam", "ben_nu"):
        return kin in _MATES
    if role == "cha_me":
        return kin in _CARERS
    return placed == "applicant"
