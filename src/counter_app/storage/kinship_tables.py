"""The tables of family links, merged records and authorisation letters."""
