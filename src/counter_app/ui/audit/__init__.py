"""The screen of the audit log: read, filtered, checked, taken out."""
