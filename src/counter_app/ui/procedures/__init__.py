"""The procedures in force: what they need, cost and take, and how sure we are."""
