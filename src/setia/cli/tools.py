"""Commands for whoever keeps an installation or changes Setia."""

import argparse
import secrets
import sys
from pathlib import Path

from setia.cli.environment import print_problems, start_django


def doctor(options: argparse.Namespace) -> int:
    """Check this installation; every finding says what to do."""
    start_django()
    from django.conf import settings

    from setia.shops.checks import unsafe_settings

    problems = unsafe_settings(settings)
    print_problems(problems)
    if not problems:
        print("Nothing to mend.")
    return 1 if problems else 0


def secret(options: argparse.Namespace) -> int:
    """Print a fresh value for SETIA_SECRET_KEY."""
    print(secrets.token_urlsafe(50))
    return 0


def read_orders(options: argparse.Namespace) -> int:
    """Read orders from chat messages: a JSON line in, a JSON line out. With --score, against the labels in the file."""
    from setia.conversations import reading

    if options.score:
        return int(reading.score_file(Path(options.file), sys.stdout))
    return int(reading.read_file(Path(options.file), sys.stdout))


def manage(options: argparse.Namespace) -> int:
    """Django's own commands."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["setia manage", *options.rest])
    return 0


def test(options: argparse.Namespace) -> int:
    """Everything that can be tested here: SQLite, PostgreSQL, browser."""
    from setia import development

    return development.test(options.rest)


def check(options: argparse.Namespace) -> int:
    """The linters: ruff, mypy, import contracts, templates."""
    from setia import development

    return development.check()


def bench(options: argparse.Namespace) -> int:
    """Measurements beside their budgets."""
    from setia import development

    return development.bench(options.rest)


def texts(options: argparse.Namespace) -> int:
    """Collect the texts to translate into the catalogue."""
    from setia import development

    return development.texts()
