"""Who the office is, as printed on every paper."""

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.i18n import _
from counter_app.services.office_settings import OfficeSettings
from counter_app.ui.settings.form_page import FormPage
from counter_app.ui.widgets.commune_field import CommuneField
from counter_app.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from counter_app.services.places import Place, Places


class OfficePage(FormPage):
    """The unit code can be entered in the first run only: it is part of every dossier code."""

    def __init__(self, *, first_run: bool = False, places: "Places | None" = None) -> None:
        super().__init__(_("Những dòng này được in trên giấy hẹn và tờ khai."))
        self.unit_code = TextField(_("Mã đơn vị"), placeholder="H29.12", max_length=24)
        self.unit_code.setReadOnly(not first_run)
        self.name = TextField(_("Tên bộ phận một cửa"))
        self.parent_name = TextField(_("Tên Ủy ban nhân dân"))
        self.commune = CommuneField(
            _("Tên xã, phường"),
            find=places.find if places is not None else None,
            placeholder=_("Gõ vài chữ rồi chọn: xã Trung Minh"),
        )
        self._places = places
        self.commune.picked.connect(self._picked)
        self.commune.left.connect(self._complete)
        self.province = TextField(_("Tỉnh, thành phố"), placeholder=_("Phú Thọ"))
        self.address = TextField(_("Địa chỉ"))
        self.phone = TextField(_("Điện thoại"))
        code_note = (
            _("Mã định danh điện tử của cơ quan, do tỉnh cấp, có trong mã hồ sơ: H29.12-261123-1001.")
            if first_run
            else _("Nằm trong mọi mã hồ sơ đã cấp nên không đổi được ở đây.")
        )
        self.add(self.unit_code.accessibleName(), self.unit_code, code_note)
        self.add(_("Xã, phường, đặc khu"), self.commune, _("Ghi cả chữ xã, phường hoặc đặc khu."))
        self.add(_("Tỉnh, thành phố"), self.province)
        self.add(_("Tên bộ phận một cửa"), self.name, _("Như trên biển hiệu, viết hoa như sẽ in."))
        self.add(_("Tên Ủy ban nhân dân"), self.parent_name)
        self.add(_("Địa chỉ"), self.address)
        if first_run:  # later it is a value with its days: see the page of contacts
            self.add(_("Điện thoại"), self.phone)

    def _picked(self, place: "Place") -> None:
        """Let the province follow, and suggest the names that go with the commune."""
        self._set_place(place)
        self.edited.emit()
        self.commune.accepted.emit()

    def _set_place(self, place: "Place") -> None:
        self.commune.set_value(place.commune)
        self.province.set_value(place.province)
        self._suggest_names()

    def _complete(self) -> None:
        """Write the kind before a bare name the list knows."""
        if self._places is None or not self.commune.value():
            return
        found = self._places.named(str(self.commune.value()), str(self.province.value()))
        if len(found) == 1 and found[0].commune != self.commune.value():
            self._set_place(found[0])
            self.edited.emit()
        self._suggest_names()

    def _suggest_names(self) -> None:
        """Offer the usual names; Enter takes them while the fields are empty."""
        commune = str(self.commune.value()).upper()
        # Printed on papers: the same words in every language.
        centre = _("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG {commune}").format(commune=commune)
        committee = _("ỦY BAN NHÂN DÂN {commune}").format(commune=commune)
        self.name.set_suggestion(centre if commune else "")
        self.parent_name.set_suggestion(committee if commune else "")

    def show_settings(self, settings: OfficeSettings) -> None:
        """Show the office."""
        office = settings.office
        for field, value in (
            (self.unit_code, office.unit_code),
            (self.name, office.name),
            (self.parent_name, office.parent_name),
            (self.commune, office.commune_name),
            (self.province, office.province),
            (self.address, office.address),
            (self.phone, office.phone),
        ):
            field.set_value(value)
        self._suggest_names()

    def read(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with this office."""
        office = replace(
            settings.office,
            unit_code=str(self.unit_code.value()).upper(),
            name=str(self.name.value()),
            parent_name=str(self.parent_name.value()),
            commune_name=str(self.commune.value()),
            province=str(self.province.value()),
            address=str(self.address.value()),
            phone=str(self.phone.value()),
        )
        return replace(settings, office=office)
