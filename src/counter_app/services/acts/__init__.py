"""What a clerk does with a dossier after its receipt: one use case an act, one transaction each."""
