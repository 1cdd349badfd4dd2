"""The tables of money taken and receipts given."""
