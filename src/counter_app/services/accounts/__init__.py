"""Accounts: signing in, passwords, who works here, unlocking, recovering."""
