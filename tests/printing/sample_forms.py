"""Invented forms for the tests: one of the usual kind, one with every kind of block."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from counter_app.domain.condition import Condition
from counter_app.domain.form_template import (
    Block,
    BlockKind,
    Column,
    FieldType,
    FormField,
    FormLayout,
    FormTemplate,
    SignatureBlock,
)
from counter_app.domain.provenance import Provenance
from counter_app.services.paper_content import FormContent, Marks

CODE = "H29.12-261121-1001"
OFFICE = {
    "office.commune_name": "xã Trung Minh",
    "office.province": "tỉnh Thí Dụ",
    "office.place": "Trung Minh",
}
TODAY = {"today": "ngày 21 tháng 11 năm 2026"}
PEOPLE = ("asker", "mother", "father")


def _text(key: str) -> FormField:
    return FormField(key=key, label=key, type=FieldType.TEXT)


def _birth_template() -> FormTemplate:
    keys = [f"{who}_{what}" for who in PEOPLE for what in ("name", "id", "born", "sex", "nation", "home")]
    child = ["child_name", "child_born", "child_words", "child_sex", "child_place"]
    copies = FormField(key="copies", label="Bản sao", type=FieldType.CHOICE, choices=("Có", "Không"))
    body = [Block(text="Họ, chữ đệm, tên người yêu cầu: {asker_name}"), *_person("asker")]
    body += [
        Block(kind=BlockKind.HEADING, text="Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:"),
        Block(text="Họ, chữ đệm, tên(4): {child_name}"),
        Block(text="Ngày, tháng, năm sinh: {child_born}   ghi bằng chữ: {child_words}"),
        Block(text="Giới tính: {child_sex}   Nơi sinh: {child_place}"),
        Block(text="Họ, chữ đệm, tên người mẹ: {mother_name}"),
        *_person("mother"),
        Block(text="Họ, chữ đệm, tên người cha: {father_name}"),
        *_person("father"),
    ]
    return FormTemplate(
        form_id="sample-birth",
        version="1",
        title="Tờ khai đăng ký khai sinh",
        valid_from=date(2024, 1, 1),
        provenance=Provenance(source="invented for tests"),
        fields=(*map(_text, keys + child), copies),
        layout=FormLayout(
            addressee="Kính gửi(1): Ủy ban nhân dân {office.commune_name}, {office.province}",
            body=tuple(body),
            oath="Tôi cam đoan những nội dung khai trên đây là đúng sự thật.",
            signatures=(SignatureBlock(title="Người yêu cầu", name="{asker_name}"),),
            closing=(Block(kind=BlockKind.CHOICES, field="copies", text="Đề nghị cấp bản sao(6):"),),
            footnotes=("(1) Ghi rõ tên cơ quan đăng ký.", "(4) Viết bằng chữ in hoa, có dấu."),
            font_size=12.5,
        ),
    )


def _person(who: str) -> list[Block]:
    return [
        Block(text=f"Giấy tờ tùy thân: {{{who}_id}}"),
        Block(
            text=f"Ngày sinh(2): {{{who}_born}}   Giới tính: {{{who}_sex}}   Quốc tịch: {{{who}_nation}}",
            when=Condition(field=f"{who}_id", filled=False),
        ),
        Block(text=f"Nơi cư trú: {{{who}_home}}", when=Condition(field=f"{who}_id", filled=False)),
    ]


BIRTH = _birth_template()
BIRTH_ANSWERS = {
    "asker_name": "NGUYỄN THỊ THÙY DƯƠNG",
    "asker_id": "Căn cước số 001190000001, cấp ngày 02/07/2024",
    "child_name": "TRẦN NGUYỄN BẢO QUỲNH",
    "child_born": "02/11/2026",
    "child_words": "ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu",
    "child_sex": "Nữ",
    "child_place": "Trung tâm Y tế khu vực Trung Minh, tỉnh Thí Dụ",
    "mother_name": "NGUYỄN THỊ THÙY DƯƠNG",
    "mother_id": "001190000001",
    "father_name": "TRẦN VĂN ĐỨC",
    "copies": "Có",
}


def birth_content(answers: Mapping[str, str] | None = None, *, marks: Marks | None = None) -> FormContent:
    given = BIRTH_ANSWERS if answers is None else answers
    empty = {field.key: "" for field in BIRTH.fields}
    return FormContent(
        template=BIRTH,
        values={**empty, **OFFICE, **TODAY, **given},
        tables={},
        answers=given,
        dossier_code=CODE,
        marks=marks or Marks(),
    )


def block_content(
    *body: Block,
    fields: tuple[FormField, ...] = (),
    answers: Mapping[str, object] | None = None,
    values: Mapping[str, str] | None = None,
    tables: Mapping[str, tuple[tuple[str, ...], ...]] | None = None,
    **layout: object,
) -> FormContent:
    """A form of just these blocks; values default to the texts among the answers."""
    given = answers or {}
    texts = {key: value for key, value in given.items() if isinstance(value, str)}
    template = replace(
        BIRTH,
        form_id="sample-blocks",
        title="Mẫu thử",
        fields=fields,
        layout=FormLayout(body=body, **layout),  # type: ignore[arg-type]
    )
    return FormContent(
        template=template,
        values={**OFFICE, **TODAY, **texts, **(values or {})},
        tables=tables or {},
        answers=given,
    )


MEMBERS = FormField(
    key="members",
    label="Thành viên",
    type=FieldType.TABLE,
    columns=(
        Column(key="name", label="Họ và tên", width=2),
        Column(key="born", label="Ngày sinh", type=FieldType.DATE),
        Column(key="note", label="Ghi chú", width=2),
    ),
)
