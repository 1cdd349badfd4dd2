"""Use cases of the counter, one file each; they speak to the outside through `ports`."""
