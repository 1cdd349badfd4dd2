"""Small widgets every screen is built of; each shows data as plain text.

Fields share one shape: ``value()``, ``set_value(value)``, ``set_state("missing"|"suggested"|
"error"|"")``, ``commit()`` (ends a pre-edit of the input method), and the signals ``edited()``
(each change by the clerk), ``accepted()`` (Enter) and ``left()`` (focus gone).
"""
