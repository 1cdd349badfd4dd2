"""Dossiers as the national public-service gateway (Cổng DVCQG) wants them told."""
