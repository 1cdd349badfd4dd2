"""Pages for people: figures for leaders, and for citizens where their dossier stands."""
