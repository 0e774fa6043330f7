"""The command line: `setia <command>`. `setia help` lists the commands."""

import sys
from collections.abc import Sequence

from setia.cli.parsing import PASS_ON, Command, parser
from setia.core.errors import DomainError
from setia.service import PreparationFailed

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. What a rule of the house refuses is said in its words."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    rest = words[1:] if words and words[0] in PASS_ON else []
    options = parser().parse_args(words[: len(words) - len(rest)])
    options.rest = rest
    command: Command = options.command
    try:
        return command(options)
    except (DomainError, PreparationFailed) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
