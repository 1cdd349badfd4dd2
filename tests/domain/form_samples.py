"""A small invented form with every type of field, and invented people, for the form tests."""

from dataclasses import replace
from datetime import date

from counter_app.domain.condition import Condition
from counter_app.domain.form_template import (
    Block,
    CardFact,
    Column,
    FieldType,
    FormField,
    FormLayout,
    FormTemplate,
    Role,
    ValidationRule,
)
from counter_app.domain.office import Office
from counter_app.domain.person import Person, Sex
from counter_app.domain.provenance import Provenance

TODAY = date(2026, 11, 21)

OFFICE = Office(
    unit_code="H29.12",
    name="TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG XÃ TRUNG MINH",
    province="tỉnh Phú Thọ",
    commune_name="xã Trung Minh",
)

MOTHER = Person(
    full_name="Bùi Thị Hoa Mận",
    personal_id="017196004321",
    birth_date="1996-03-08",
    sex=Sex.FEMALE,
    address="Xóm Chu, xã Trung Minh, tỉnh Phú Thọ",
    legacy_address="Xóm Chu, Trung Minh, thành phố Hòa Bình, Hòa Bình",
    issued_on=date(2021, 5, 10),
)
FATHER = Person(
    full_name="Đinh Công Quyết",
    personal_id="017094001234",
    birth_date="1994",
    sex=Sex.MALE,
    address="Xóm Ngọc, xã Trung Minh, tỉnh Phú Thọ",
    issued_on=date(2024, 8, 15),
)


def field(key: str, kind: FieldType, **more: object) -> FormField:
    return FormField(key=key, label=key, type=kind, **more)  # type: ignore[arg-type]


def rule(check: str, value: str = "", message: str = "Sai.") -> ValidationRule:
    return ValidationRule(check=check, value=value, message=message)


def person_fields(prefix: str, role: str) -> tuple[FormField, ...]:
    no_number = Condition(field=f"{prefix}_so", filled=False)
    return (
        field(f"{prefix}_ten", FieldType.PERSON_NAME, role=role, card=CardFact.FULL_NAME, required=True,
              uppercase=True),
        field(f"{prefix}_so", FieldType.PERSONAL_ID, role=role, card=CardFact.PERSONAL_ID),
        field(f"{prefix}_giay_to", FieldType.ID_DOCUMENT, role=role, card=CardFact.ID_DOCUMENT),
        field(f"{prefix}_sinh", FieldType.DATE, role=role, card=CardFact.BIRTH_DATE, year_only=True,
              when=no_number, required=True),
        field(f"{prefix}_gioi", FieldType.CHOICE, role=role, card=CardFact.SEX, choices=("Nam", "Nữ"),
              when=no_number),
        field(f"{prefix}_o", FieldType.ADDRESS, role=role, card=CardFact.ADDRESS),
    )  # fmt: skip


def template_of(*fields: FormField, roles: tuple[Role, ...] = ()) -> FormTemplate:
    return FormTemplate(
        form_id="mau",
        version="v1",
        title="MẪU",
        valid_from=date(2026, 1, 1),
        provenance=Provenance(source="invented"),
        fields=fields,
        roles=roles,
        layout=FormLayout(body=(Block(text="x"),)),
    )


BIRTH = template_of(
    *person_fields("nyc", "nguoi_yeu_cau"),
    field("quan_he", FieldType.CHOICE, choices=("Mẹ", "Cha", "Khác"), free_choice=True, required=True),
    field("ks_ten", FieldType.PERSON_NAME, required=True, uppercase=True),
    field("ks_sinh", FieldType.DATE, required=True,
          rules=(rule("not_future"), rule("max_days_before_today", "60", "Đã quá 60 ngày."))),
    field("ks_sinh_chu", FieldType.COMPUTED, compute="date_in_words", compute_from=("ks_sinh",)),
    field("ks_que", FieldType.ADDRESS, suggest="office:commune_name"),
    field("quoc_tich", FieldType.CHOICE, choices=("Việt Nam",), free_choice=True, default="Việt Nam"),
    *person_fields("me", "me"),
    *person_fields("cha", "cha"),
    field("noi_o_chung", FieldType.ADDRESS, suggest="field:me_o"),
    field("ban_sao", FieldType.TICK),
    field("so_ban", FieldType.NUMBER, when=Condition(field="ban_sao", equals=True), required=True,
          rules=(rule("min", "1"), rule("max", "50"))),
    field("von", FieldType.MONEY),
    field("von_chu", FieldType.COMPUTED, compute="amount_in_words", compute_from=("von",)),
    field("dien_thoai", FieldType.PHONE),
    field("con", FieldType.TABLE, max_rows=3, columns=(
        Column(key="ten", label="Họ tên"),
        Column(key="sinh", label="Ngày sinh", type=FieldType.DATE),
        Column(key="tien", label="Số tiền", type=FieldType.MONEY),
    )),
    field("tong", FieldType.COMPUTED, compute="sum", compute_from=("con.tien",)),
    roles=(
        Role(role_id="nguoi_yeu_cau", label="Người yêu cầu", applicant=True),
        Role(role_id="me", label="Mẹ", sex="female",
             same_as_applicant_when=Condition(field="quan_he", equals="Mẹ")),
        Role(role_id="cha", label="Cha", sex="male",
             same_as_applicant_when=Condition(field="quan_he", equals="Cha")),
    ),
)  # fmt: skip


def with_fields(template: FormTemplate, *fields: FormField) -> FormTemplate:
    return replace(template, fields=fields)
