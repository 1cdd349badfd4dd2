"""The citizens the desk knows: found, looked at, corrected, merged, with their letters."""
