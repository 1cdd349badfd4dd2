"""One dossier: who, what, when, its papers and what happened to it."""
