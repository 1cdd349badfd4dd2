"""What holds for every test: the keys of test databases never reach the keyring of whoever runs them."""

import os

# Also inherited by the programs that tests start. A test of the keyring puts its own in place.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
