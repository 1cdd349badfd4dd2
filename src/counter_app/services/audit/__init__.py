"""The audit log: read, checked, countersigned, taken out; and what is put on record of looking."""
