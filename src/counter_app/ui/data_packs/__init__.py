"""The data of law on this counter: which it is, packs installed and taken back."""
