"""What can be done with a dossier, each act a small form in the page."""
