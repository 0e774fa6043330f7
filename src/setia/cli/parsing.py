"""The words of the command line."""

import argparse
from collections.abc import Callable

from setia.cli import serving, shops, tools

Command = Callable[[argparse.Namespace], int]

# What follows these is theirs: it is handed on as it stands.
PASS_ON = frozenset({"emulator", "manage", "test", "bench"})


def _port(text: str) -> int:
    """A port; the demo takes the next one as well."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_534:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65534")
    return int(text)


def _filled(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("this must not be empty")
    return text.strip()


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    made = argparse.ArgumentParser(prog="setia", description="A CRM that keeps a small shop's customers coming back.")
    commands = made.add_subparsers(title="commands", metavar="", required=True)

    def add(name: str, function: Command) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=(function.__doc__ or "").strip(), add_help=name not in PASS_ON)
        sub.set_defaults(command=function)
        return sub

    for name, function in (("demo", serving.demo), ("run", serving.run)):
        sub = add(name, function)
        sub.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        sub.add_argument("--port", type=_port, default=8000, help="port (default: %(default)s)")
        if name == "demo":
            sub.add_argument("--reset", action="store_true", help="make the demo shop anew")
    add("worker", serving.run_worker)
    add("emulator", serving.run_emulator)

    sub = add("new-shop", shops.new_shop)
    sub.add_argument("name", type=_filled)
    sub.add_argument("--owner", type=_filled, required=True, help="user name of the owner")
    sub.add_argument("--language", choices=["id", "en"], default="id")
    add("login", shops.login).add_argument("user")
    sub = add("import", shops.import_file)
    sub.add_argument("kind", choices=["customers", "purchases", "cards", "credit", "everything"])
    sub.add_argument("file")
    sub.add_argument("--shop", default="", help="address of the shop (needed when there are several)")
    sub.add_argument("--dates", choices=["day", "month"], help="what comes first in dates like 03/04/2026")
    sub = add("export", shops.export)
    sub.add_argument("file", nargs="?", default="", help="name of the zip (default: the shop's address)")
    sub.add_argument("--shop", default="")
    add("score", shops.score).add_argument("--shop", default="")
    add("doctor", tools.doctor)
    add("secret", tools.secret)
    orders = add("read-orders", tools.read_orders)
    orders.add_argument("file")
    orders.add_argument("--score", action="store_true", help="compare with the labels the file has")
    add("manage", tools.manage)
    add("test", tools.test)
    add("check", tools.check)
    add("bench", tools.bench)
    add("texts", tools.texts)
    return made
