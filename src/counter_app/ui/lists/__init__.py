"""Several dossiers at once: handed over, given to the post, or their results taken in."""
