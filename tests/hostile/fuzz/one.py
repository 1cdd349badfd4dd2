"""One fuzzer in a process of its own: `python -m tests.hostile.fuzz.one TARGET [options of libFuzzer]`.

The program's code is instrumented as it is imported, so the fuzzer sees which bytes lead to new branches.
"""

import sys

import atheris

_FOUND = 70  # exit code when our own code raised; libFuzzer itself ends with 77 or a signal


def main() -> None:
    """Fuzz the named target until an option of libFuzzer says to stop."""
    name, *options = sys.argv[1:]
    with atheris.instrument_imports(
        include=["counter_app", "counter_protocol"], enable_loader_override=False
    ):
        from tests.hostile.fuzz.targets import TARGETS
    target = TARGETS[name]
    atheris.Setup([sys.argv[0], f"-error_exitcode={_FOUND}", *options], target.attack)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
