"""Half-done visits: go on with one, or throw it away."""
