"""Commands about a shop: made, entered, filled from a file, scored."""

import argparse
import sys
from pathlib import Path

from setia.cli.environment import login_link, shop_named, start_django, start_installed


def new_shop(options: argparse.Namespace) -> int:
    """Make a shop and its owner; prints a login link."""
    start_django()
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
        link = login_link(user.pk)
    print(f"Made {shop.name}. Sign in once with {link}, then set a password under Settings.")
    return 0


def login(options: argparse.Namespace) -> int:
    """Print a one-time login link for a user."""
    start_installed()
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.filter(username__iexact=options.user).first()
    if user is None:
        print(f"Nobody signs in as {options.user!r}.", file=sys.stderr)
        return 1
    print(login_link(user.pk))
    return 0


def import_file(options: argparse.Namespace) -> int:
    """Bring customers (with points and debts), purchases, cards or debts in from CSV, XLSX, vCard; or `everything`."""
    start_installed()
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
    return commands.bring_rows(options.kind, path, shop_named(options.shop), day_first)


def export(options: argparse.Namespace) -> int:
    """Write everything of a shop into one file: tables as CSV, pictures, all settings."""
    start_installed()
    from setia.desk.archive import commands

    shop = shop_named(options.shop)
    return commands.write_out(shop, Path(options.file or f"{shop.slug}.zip"))


def score(options: argparse.Namespace) -> int:
    """Renew scores and prompts of a shop now instead of at night."""
    start_installed()
    from setia import recurring
    from setia.core.scope import open_shop

    with open_shop(shop_named(options.shop)):
        for daily in recurring.DAILY:
            print(f"{daily.name}: {daily.run()}")
    return 0
