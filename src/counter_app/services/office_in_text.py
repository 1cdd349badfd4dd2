"""The office's name as it stands within a sentence: papers write it in capitals only in their head."""

from counter_app.domain.office import Office

_CENTRE = "trung tâm phục vụ"


def office_in_text(office: Office) -> str:
    """Return "Trung tâm Phục vụ hành chính công xã Trung Minh" of a name entered in capitals.

    Only a name that ends with the commune can be written small: of any other nobody knows which of its
    words are names. One entered with small letters stays as it is.
    """
    commune = office.commune_in_text
    folded = office.name.lower()
    if not (office.name.isupper() and commune and folded.endswith(commune.lower())):
        return office.name
    common = folded[: len(folded) - len(commune)]
    if common.startswith(_CENTRE):
        common = "trung tâm Phục vụ" + common[len(_CENTRE) :]
    return f"{common[:1].upper()}{common[1:]}{commune}"
