"""What is sent and fetched independently of each other: acts, data packs, scans."""
