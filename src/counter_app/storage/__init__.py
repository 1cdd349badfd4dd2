"""The encrypted local database and the files around it."""
