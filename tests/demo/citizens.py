"""Invented citizens and what they come for, as the command line takes it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from tests.helpers.builders import make_person
from tests.helpers.visits import CHILD_ANSWERS, FATHER, GRANDMOTHER, MOTHER, card_text

from counter_app.domain.person import Person

UNIT = "H29.12"
OFFICE = "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH"
PROVINCE = "Phú Thọ"
BIRTH_PART = "giay_chung_sinh"


@dataclass(frozen=True, slots=True)
class Errand:
    """Somebody with cards and answers; `words` go behind ``receive``."""

    who: Person
    what: str
    cards: tuple[Person, ...]
    answers: dict[str, object]
    procedure: tuple[str, ...]

    def words(self, folder: Path) -> tuple[str, ...]:
        """Write the answers file and return the command line that receives the errand."""
        folder.mkdir(parents=True, exist_ok=True)
        answers = folder / f"{self.who.personal_id}.json"
        answers.write_text(json.dumps(self.answers, ensure_ascii=False), encoding="utf-8")
        cards = [word for card in self.cards for word in ("--card", card_text(card))]
        out = ("--answers", str(answers), "--out", str(folder / self.who.personal_id), "--slip")
        return ("receive", *self.procedure, *cards, *out)


def _birth(grandmother: Person, mother: Person, father: Person, child: str) -> Errand:
    answers: dict[str, object] = {
        "fields": {"ht-khai-sinh": CHILD_ANSWERS | {"ks_ho_ten": child}},
        "parts": [{"part_id": BIRTH_PART, "original": 1}],
    }
    return Errand(
        grandmother,
        "đăng ký khai sinh",
        (grandmother, mother, father),
        answers,
        ("--procedure", "dang-ky-khai-sinh", "--case", "thong-thuong"),
    )


def _copies(number: int, name: str) -> Errand:
    who = make_person(number, full_name=name, personal_id=f"017190{number:06d}")
    return Errand(
        who,
        "chứng thực bản sao từ bản chính",
        (replace(who, ethnicity=""),),
        {"facts": {"pages": 3, "copies_certified": 2}},
        ("--procedure", "chung-thuc-ban-sao-tu-ban-chinh"),
    )


OFFLINE = (
    _birth(GRANDMOTHER, MOTHER, FATHER, "Nguyễn Bùi Minh Khôi"),
    _copies(101, "Lò Thị Xuân"),
    _copies(102, "Hà Văn Quý"),
)
DURING_THE_CUT = (
    _birth(
        replace(GRANDMOTHER, full_name="Bùi Thị Thơm", personal_id="017157002217", birth_date="1957-06-21"),
        replace(MOTHER, full_name="Quách Thị Lan", personal_id="017195003318", birth_date="1995-10-02"),
        replace(FATHER, full_name="Hà Văn Tuấn", personal_id="017092004419", birth_date="1992-01-30"),
        "Hà Minh Châu",
    ),
    _copies(103, "Đặng Thị Ngọc Hường"),
)
ON_A_STICK = _copies(104, "Đinh Thị Sao")
