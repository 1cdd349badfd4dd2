"""What the clerk should know of the data today: one quiet strip under the top bar."""
