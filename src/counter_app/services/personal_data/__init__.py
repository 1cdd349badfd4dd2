"""What the office owes a citizen about the data kept of them (Luật 91/2025/QH15)."""
