"""Dossier numbers: which counter may give which numbers of a day."""
