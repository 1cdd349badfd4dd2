"""The intake screen: one visit of a citizen, from the first card to the printed slip."""
