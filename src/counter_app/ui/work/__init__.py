"""Work of today: every list with its count, one key to each, acts on several dossiers at once."""
