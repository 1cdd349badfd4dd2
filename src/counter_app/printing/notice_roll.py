"""A notice on the 80 mm roll: the same words one below the other, signed elsewhere."""

from counter_app.printing.flow import Slice, space, text_slices
from counter_app.printing.fonts import BOLD, REGULAR, Face
from counter_app.printing.marks import TRAINING
from counter_app.printing.notice_blocks import Column, block_slices
from counter_app.printing.roll import COLUMN, bars_slice, centred, roll_pdf, square_slice
from counter_app.printing.runs import Run
from counter_app.printing.text import wrap
from counter_app.services.notice_content import NoticeContent, Signature

_FACE = Face(REGULAR, 10)


def notice_roll_pdf(content: NoticeContent) -> bytes:
    """Draw the notice on one page as long as its text; fonts must be registered."""
    return roll_pdf(_slices(content), content.title.capitalize())


def _slices(content: NoticeContent) -> list[Slice]:
    head = _FACE.at(9)
    office = content.office
    slices: list[Slice] = []
    if content.marks.training:
        slices += [*centred(TRAINING, Face(BOLD, 10.5)), space(4)]
    slices += centred(office.parent_name.upper(), head) if office.parent_name else []
    slices += [*centred(office.name.upper(), head.bold()), space(5), *centred(content.title, Face(BOLD, 11))]
    if content.number:
        slices += centred(f"Số: {content.number}", head)
    slices += centred(content.place_date, head.italic())
    slices += centred(content.subtitle, head.bold().italic()) if content.subtitle else []
    for mark in (content.marks.corrected, content.marks.reprint):
        slices += centred(mark, head.bold().italic()) if mark else []
    if content.dossier_code:
        code = centred(content.dossier_code, Face(BOLD, 11))
        slices += [space(4), bars_slice(content.dossier_code), *code]
        slices += centred("(mã tạm)", head.italic()) if content.provisional else []
    slices.append(space(4))
    column = Column(COLUMN, _FACE, first_line=0.0)
    for block in content.blocks:
        slices += [*block_slices(block, column), space(1.5)]
    for signature in content.signatures:
        slices += _signed(signature)
    if content.qr_text:
        slices += [space(4), square_slice(content.qr_text)]
    for note in content.notes:
        slices += [space(3), *centred(note, head.italic())]
    return slices


def _signed(signature: Signature) -> list[Slice]:
    """Return who takes part by name; on a roll nobody signs."""
    if not signature.name:
        return []
    runs = [Run(f"{signature.title.capitalize()}: ", _FACE), Run(signature.name, _FACE)]
    return text_slices(wrap(runs, COLUMN))
