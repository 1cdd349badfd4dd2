"""Finding dossiers and looking at one."""
