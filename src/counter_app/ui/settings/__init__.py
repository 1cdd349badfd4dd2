"""What an administrator or the clerk sets: office, desk, devices, look, the province's fees."""
