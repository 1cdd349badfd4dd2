"""Which dossiers this counter's lists and figures are about, once those of other counters are here too.

Lists are about what this counter works on; figures about what it received, so that the figures of all
counters add up to the office's and none is counted twice.
"""

WORKED_ON_HERE = "owner = ''"
# A database without settings has no other counter's dossiers.
RECEIVED_HERE = (
    "counter = coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'counter.number'), counter)"
)
