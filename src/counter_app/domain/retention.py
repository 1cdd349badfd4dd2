"""How long the papers of a dossier are kept, and from which day on they may be destroyed.

Nghị định 23/2015/NĐ-CP Điều 14 (2 years for certified signatures, 20 for contracts) was read; other periods
are what the procedures' files say, with their own mark of certainty. That a period begins with the year
after the one the dossier ended in is recalled of Luật Lưu trữ 33/2024/QH15 and not verified: it is the later
of the two readings, so nothing goes too early by it. Checked 2026-11-21.
"""

from collections.abc import Iterable
from datetime import date

from counter_app.domain.procedure import Retention


def over_on(retention: Retention, ended_on: date) -> date | None:
    """Return the first day on which a dossier may go, None when it is kept for ever.

    Example: ended 14/3/2024, kept 2 years: 1/1/2027, when the two years after 2024 are over.
    """
    return None if retention.years is None else date(ended_on.year + retention.years + 1, 1, 1)


def longest(rules: Iterable[Retention | None]) -> Retention | None:
    """Return the rule that keeps longest, None when there is none at all.

    A dossier is kept as the law said when it was received and as it says today, whichever is longer. Of two
    that keep equally long the one not verified is returned: what it rests on is still to be compared.
    """
    found = [rule for rule in rules if rule is not None]
    if not found:
        return None
    return max(found, key=lambda rule: (rule.years is None, rule.years or 0, not rule.verified))
