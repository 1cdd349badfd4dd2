"""The page of the data key: its sheet, its passphrase, another key."""
