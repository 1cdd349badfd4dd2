"""The desktop app of the reception counter: one code path, local first."""
