"""Citizens' data: requests about it, giving it, destroying it after its time."""
