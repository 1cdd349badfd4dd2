"""Giving results to citizens: a slip, a look at who has come, one press."""
