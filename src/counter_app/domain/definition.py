"""The definitions a dossier is received under; the dossier keeps them, whatever the data files become."""

from typing import TypeVar

from counter_app.domain.form_template import FormTemplate
from counter_app.domain.office import Office
from counter_app.domain.procedure import Procedure
from counter_app.domain.working_calendar import WorkingCalendar

Definition = Procedure | FormTemplate | Office | WorkingCalendar
DefinitionT = TypeVar("DefinitionT", bound=Definition)
