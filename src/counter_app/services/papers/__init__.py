"""The wording of the papers of a dossier's life, one module a paper; no layout here."""
