"""The port to papers: content in, PDF bytes out."""

from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.services.paper_content import FormContent, PaperSize, SlipContent

if TYPE_CHECKING:
    from counter_app.services.notice_content import NoticeContent
    from counter_app.services.papers.address_label import LabelSheet
    from counter_app.services.papers.recovery_sheet import RecoverySheet
    from counter_app.services.queue.ticket_content import TicketContent
    from counter_app.services.ruled_content import RegisterBook, StatisticsSheet
    from counter_app.services.sheet_content import SheetContent


class ReportlabPaperRenderer:
    """Draws papers with reportlab; heavy imports wait for the first paper.

    The same content gives the same bytes for ever, so a reprint is the paper that was signed.
    """

    def __init__(self, font_folder: Path | None = None) -> None:
        """Take the folder that holds ``tinos/``; by default the one of a source tree."""
        self._font_folder = font_folder

    def warm_up(self) -> None:
        """Load libraries and fonts ahead of the first paper; for idle time after start-up."""
        import segno  # noqa: F401

        from counter_app.printing import slip  # noqa: F401
        from counter_app.printing.barcode import code128
        from counter_app.printing.fonts import register_fonts

        register_fonts(self._font_folder)
        code128("0")

    def unprintable(self, text: str) -> frozenset[str]:
        """Return the characters of `text` no paper can show; EnvironmentProblem ``font_missing``."""
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.glyphs import unprintable

        register_fonts(self._font_folder)
        return unprintable(text)

    def slip(self, content: SlipContent, size: PaperSize) -> bytes:
        """Draw Mẫu 01.

        Raises:
            BadInput: ``code_not_printable``, ``qr_text_too_long``.
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.slip import slip_pdf

        register_fonts(self._font_folder)
        return slip_pdf(content, size)

    def slip_with_problems(self, content: SlipContent, size: PaperSize) -> tuple[bytes, tuple[str, ...]]:
        """Draw Mẫu 01 and tell in what it says are characters that had to be printed as boxes.

        Returns:
            The PDF and problems such as ``unprintable:applicant_name``; names only, never a text.

        Raises:
            BadInput: ``code_not_printable``, ``qr_text_too_long``.
            EnvironmentProblem: ``font_missing``.
        """
        pdf = self.slip(content, size)
        from counter_app.printing.slip_problems import unprintable_texts

        return pdf, tuple(f"unprintable:{name}" for name in unprintable_texts(content))

    def form(self, content: FormContent) -> bytes:
        """Draw a filled form; what the layout asks in vain prints as dots (see `form_with_problems`)."""
        return self.form_with_problems(content)[0]

    def form_with_problems(self, content: FormContent) -> tuple[bytes, tuple[str, ...]]:
        """Draw a filled form and tell what in its layout could not be laid out.

        Returns:
            The PDF and problems such as ``unknown_placeholder:mother_nmae``, or ``unprintable:KEY`` for
            an answer with characters that had to be printed as boxes; names of the template's own
            keys only, never an answer.

        Raises:
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.form.document import form_pdf

        register_fonts(self._font_folder)
        return form_pdf(content)

    def sheet(self, content: "SheetContent") -> bytes:
        """Draw a list or a notice of the office on A4.

        Raises:
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.sheet import sheet_pdf

        register_fonts(self._font_folder)
        return sheet_pdf(content)

    def recovery_sheet(self, content: "RecoverySheet") -> bytes:
        """Draw the recovery sheet on A4.

        Raises:
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.recovery_sheet import recovery_sheet_pdf

        register_fonts(self._font_folder)
        return recovery_sheet_pdf(content)

    def ticket(self, content: "TicketContent", size: PaperSize) -> bytes:
        """Draw a ticket of the queue: 80 mm, or a quarter of an A5 sheet for any other size.

        Raises:
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.ticket import ticket_pdf

        register_fonts(self._font_folder)
        return ticket_pdf(content, size)

    def notice(self, content: "NoticeContent", size: PaperSize) -> bytes:
        """Draw a notice of a dossier's life.

        Raises:
            BadInput: ``code_not_printable``, ``qr_text_too_long``.
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.notice import notice_pdf

        register_fonts(self._font_folder)
        return notice_pdf(content, size)

    def labels(self, content: "LabelSheet", size: PaperSize) -> bytes:
        """Draw address labels.

        Raises:
            BadInput: ``code_not_printable``.
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.labels import labels_pdf

        register_fonts(self._font_folder)
        return labels_pdf(content, size)

    def register_book(self, content: "RegisterBook") -> bytes:
        """Draw the register (Mẫu 07) as a book; its lines are read while it is drawn.

        Raises:
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.register_book import register_book_pdf

        register_fonts(self._font_folder)
        return register_book_pdf(content)

    def statistics(self, content: "StatisticsSheet") -> bytes:
        """Draw a statistical form on A4 landscape.

        Raises:
            EnvironmentProblem: ``font_missing``.
        """
        from counter_app.printing.fonts import register_fonts
        from counter_app.printing.statistics_sheet import statistics_pdf

        register_fonts(self._font_folder)
        return statistics_pdf(content)
