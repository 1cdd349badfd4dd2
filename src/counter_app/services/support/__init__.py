"""Getting help: what broke last time, what may be handed to support, what the self-check can mend."""
