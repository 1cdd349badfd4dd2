"""What the citizen sees: reading back, the promise, the rating, calls; nothing of anyone else."""
