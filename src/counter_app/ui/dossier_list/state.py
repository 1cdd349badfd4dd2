"""What the dossier screens show."""

from dataclasses import dataclass

from counter_app.services.ports import DossierRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """The list: rows so far, and whether more may follow. ``error`` is a message for the clerk."""

    text: str = ""
    rows: tuple[DossierRow, ...] = ()
    loading: bool = False
    more: bool = False
    total: int = 0
    error: str = ""

    @property
    def nothing_yet(self) -> bool:
        """Whether the counter has no dossier at all."""
        return not (self.rows or self.text or self.loading or self.error)

    @property
    def nothing_found(self) -> bool:
        """Whether the search has no hit."""
        return bool(self.text) and not self.rows and not self.loading and not self.error
