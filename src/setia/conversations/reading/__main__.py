"""`python -m setia.conversations.reading FILE.jsonl`: read orders from a file of messages."""

import sys

from . import read_file


def main(arguments: list[str]) -> int:
    """Read the one file named; 2 with a line of help when none is."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python -m setia.conversations.reading FILE.jsonl\n")
        return 2
    return read_file(arguments[0], sys.stdout)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
