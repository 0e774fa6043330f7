"""What commands begin with: Django, an installation, a shop."""

import os
import sys
from collections.abc import Sequence
from typing import Any

# One thread for arithmetic: shops are small, and idle threads cost memory in every process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def start_django(mode: str | None = None) -> None:
    """Django with the settings of the environment; its texts in English."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setia.settings")
    if mode:
        os.environ.setdefault("SETIA_MODE", mode)
    import django
    from django.utils import translation

    from setia.prepare import compile_texts

    compile_texts()
    django.setup()
    translation.activate("en")


def start_installed() -> None:
    """Django, where an installation is in place; else say how to begin."""
    start_django()
    from django.conf import settings

    from setia import prepare

    if prepare.is_new():
        raise SystemExit(f"Nothing is set up in {settings.HOME} yet. Begin with: setia new-shop NAME --owner USER")


def login_link(user_id: int) -> str:
    """A fresh one-time link for a user."""
    from django.conf import settings

    from setia.shops import actions
    from setia.web.links import site_url

    return settings.BASE_URL + site_url("sign_in_link", actions.make_login_link(user_id=user_id))


def shop_named(slug: str) -> Any:
    """The shop at `slug`, or the only one; else say which there are."""
    from setia.shops.queries import all_shops

    shops = list(all_shops())
    found = [shop for shop in shops if shop.slug == slug] if slug else shops
    if len(found) != 1:
        known = ", ".join(shop.slug for shop in shops) or "none yet; make one with `setia new-shop`"
        raise SystemExit(f"Say which shop with --shop. Shops here: {known}.")
    return found[0]


def print_problems(problems: Sequence[Any]) -> None:
    """What is wrong, each with its remedy."""
    for problem in problems:
        print(f"- {problem.what}\n  {problem.remedy}", file=sys.stderr)
