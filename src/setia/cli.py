"""The command line: `setia <command>`. `setia help` lists the commands."""

import argparse
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from setia.core.errors import DomainError
from setia.service import PreparationFailed

# One thread for arithmetic: shops are small, and idle threads cost memory in every process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

Command = Callable[[argparse.Namespace], int]


# What follows these is theirs: it is handed on as it stands.
PASS_ON = frozenset({"emulator", "manage", "test", "bench"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. What a rule of the house refuses is said in its words."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    rest = words[1:] if words and words[0] in PASS_ON else []
    options = _parser().parse_args(words[: len(words) - len(rest)])
    options.rest = rest
    command: Command = options.command
    try:
        return command(options)
    except (DomainError, PreparationFailed) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _django(mode: str | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setia.settings")
    if mode:
        os.environ.setdefault("SETIA_MODE", mode)
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")


def _installed() -> None:
    """Django, where an installation is in place; else say how to begin."""
    _django()
    from django.conf import settings

    from setia import prepare

    if prepare.is_new():
        raise SystemExit(f"Nothing is set up in {settings.HOME} yet. Begin with: setia new-shop NAME --owner USER")


def demo(options: argparse.Namespace) -> int:
    """The whole product with an invented shop and a WhatsApp that is played here."""
    from setia.demo import start

    return start.demo(host=options.host, port=options.port, reset=options.reset)


def run(options: argparse.Namespace) -> int:
    """The product for real: web and worker, settings from the environment."""
    _django("production")
    from django.conf import settings

    from setia import prepare, service, worker
    from setia.shops.checks import unsafe_settings

    problems = unsafe_settings(settings)
    if problems:
        _print_problems(problems)
        return 2
    service.apart(prepare.all_of_it)
    print(f"Setia runs at {settings.BASE_URL} (listening on {options.host}:{options.port}). Ctrl-C stops it.")
    service.run(
        [
            service.Part("web", lambda: service.web(options.host, options.port)),
            service.Part("worker", worker.run),
        ]
    )
    return 0


def run_worker(options: argparse.Namespace) -> int:
    """One more worker, here or on another machine with the same settings."""
    _installed()
    from setia import worker

    worker.run()
    return 0


def run_emulator(options: argparse.Namespace) -> int:
    """The WhatsApp emulator alone; its own options follow."""
    from setia.emulator.__main__ import main as emulator_main

    return int(emulator_main(options.rest) or 0)


def new_shop(options: argparse.Namespace) -> int:
    """Make a shop and its owner; prints a login link."""
    _django()
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from setia import prepare
    from setia.shops import actions

    prepare.all_of_it()
    with transaction.atomic():
        users = get_user_model().objects
        user = users.filter(username__iexact=options.owner).first() or users.create_user(username=options.owner)
        shop = actions.open_new_shop(
            name=options.name, user_id=user.pk, owner_name=options.owner, language=options.language
        )
        link = _login_link(user.pk)
    print(f"Made {shop.name}. Sign in once with {link}, then set a password under Settings.")
    return 0


def login(options: argparse.Namespace) -> int:
    """Print a one-time login link for a user."""
    _installed()
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(username__iexact=options.user).first()
    if user is None:
        print(f"Nobody signs in as {options.user!r}.", file=sys.stderr)
        return 1
    print(_login_link(user.pk))
    return 0


def _login_link(user_id: int) -> str:
    from django.conf import settings

    from setia.shops import actions
    from setia.web.links import site_url

    return settings.BASE_URL + site_url("sign_in_link", actions.make_login_link(user_id=user_id))


def _shop(slug: str) -> Any:
    from setia.shops.queries import all_shops

    shops = list(all_shops())
    found = [shop for shop in shops if shop.slug == slug] if slug else shops
    if len(found) != 1:
        known = ", ".join(shop.slug for shop in shops) or "none yet; make one with `setia new-shop`"
        raise SystemExit(f"Say which shop with --shop. Shops here: {known}.")
    return found[0]


def import_file(options: argparse.Namespace) -> int:
    """Bring in customers or past purchases from a CSV, XLSX or vCard file; or everything, from `setia export`."""
    _installed()
    from setia import prepare
    from setia.desk.archive import commands

    path = Path(options.file)
    if not path.is_file():
        print(f"There is no file {path}.", file=sys.stderr)
        return 1
    prepare.all_of_it()
    if options.kind == "everything":
        return commands.take_in(path)
    day_first = {"day": True, "month": False}.get(options.dates)
    return commands.bring_rows(options.kind, path, _shop(options.shop), day_first)


def export(options: argparse.Namespace) -> int:
    """Write everything of a shop into one file: tables as CSV, pictures, all settings."""
    _installed()
    from setia.desk.archive import commands

    shop = _shop(options.shop)
    return commands.write_out(shop, Path(options.file or f"{shop.slug}.zip"))


def score(options: argparse.Namespace) -> int:
    """Renew scores and prompts of a shop now instead of at night."""
    _installed()
    from setia import recurring
    from setia.core.scope import open_shop

    with open_shop(_shop(options.shop)):
        for daily in recurring.DAILY:
            print(f"{daily.name}: {daily.run()}")
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Check this installation; every finding says what to do."""
    _django()
    from django.conf import settings

    from setia.shops.checks import unsafe_settings

    problems = unsafe_settings(settings)
    _print_problems(problems)
    if not problems:
        print("Nothing to mend.")
    return 1 if problems else 0


def _print_problems(problems: Sequence[Any]) -> None:
    for problem in problems:
        print(f"- {problem.what}\n  {problem.remedy}", file=sys.stderr)


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
    _django()
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


def _port(text: str) -> int:
    """A port; the demo takes the next one as well."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_534:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65534")
    return int(text)


def _filled(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("this must not be empty")
    return text.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="setia", description="A CRM that keeps a small shop's customers coming back.")
    commands = parser.add_subparsers(title="commands", metavar="", required=True)

    def add(name: str, function: Command) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=(function.__doc__ or "").strip(), add_help=name not in PASS_ON)
        sub.set_defaults(command=function)
        return sub

    for name, function in (("demo", demo), ("run", run)):
        sub = add(name, function)
        sub.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        sub.add_argument("--port", type=_port, default=8000, help="port (default: %(default)s)")
        if name == "demo":
            sub.add_argument("--reset", action="store_true", help="make the demo shop anew")
    add("worker", run_worker)
    add("emulator", run_emulator)

    sub = add("new-shop", new_shop)
    sub.add_argument("name", type=_filled)
    sub.add_argument("--owner", type=_filled, required=True, help="user name of the owner")
    sub.add_argument("--language", choices=["id", "en"], default="id")
    add("login", login).add_argument("user")
    sub = add("import", import_file)
    sub.add_argument("kind", choices=["customers", "purchases", "everything"])
    sub.add_argument("file")
    sub.add_argument("--shop", default="", help="address of the shop (needed when there are several)")
    sub.add_argument("--dates", choices=["day", "month"], help="what comes first in dates like 03/04/2026")
    sub = add("export", export)
    sub.add_argument("file", nargs="?", default="", help="name of the zip (default: the shop's address)")
    sub.add_argument("--shop", default="")
    add("score", score).add_argument("--shop", default="")
    add("doctor", doctor)
    add("secret", secret)
    orders = add("read-orders", read_orders)
    orders.add_argument("file")
    orders.add_argument("--score", action="store_true", help="compare with the labels the file has")
    add("manage", manage)
    add("test", test)
    add("check", check)
    add("bench", bench)
    add("texts", texts)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
