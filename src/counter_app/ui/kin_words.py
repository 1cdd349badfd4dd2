"""What one person is to another, in the clerk's words: a parent is mother or father by their sex."""

from counter_app.domain.family import Kin
from counter_app.domain.person import Sex
from counter_app.i18n import _


def kin_words(kin: Kin, sex: Sex | None) -> str:
    """Return "Mẹ", "Con trai", "Cha của con chung"…; neutral words where the sex is not known."""
    woman, man, either = {
        Kin.PARENT: (_("Mẹ"), _("Cha"), _("Cha hoặc mẹ")),
        Kin.CHILD: (_("Con gái"), _("Con trai"), _("Con")),
        Kin.SPOUSE: (_("Vợ"), _("Chồng"), _("Vợ hoặc chồng")),
        Kin.CO_PARENT: (_("Mẹ của con chung"), _("Cha của con chung"), _("Cha hoặc mẹ của con chung")),
        Kin.GRANDPARENT: (_("Bà"), _("Ông"), _("Ông hoặc bà")),
        Kin.GRANDCHILD: (_("Cháu gái"), _("Cháu trai"), _("Cháu")),
        Kin.SIBLING: (_("Chị hoặc em gái"), _("Anh hoặc em trai"), _("Anh, chị, em")),
        Kin.GUARDIAN: (_("Người giám hộ"),) * 3,
        Kin.WARD: (_("Người được giám hộ"),) * 3,
    }[kin]
    return {Sex.FEMALE: woman, Sex.MALE: man, None: either}[sex]
