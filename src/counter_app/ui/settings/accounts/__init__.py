"""The page of the accounts: who works here, one's own password, the first account."""
