"""What one can do with a list of people: print it, save it as a file… Other areas add what they can do with it.

A list of people is an address's parameters: a rule (`building`), or `segment=<id>` of a saved group. A use leads to a
page that takes the same parameters and asks `selecting.selected(request)` who is meant. To add one (once, at start):

    uses.install(Use("campaign", _("Offer something"), "megaphone", "promotions:new_campaign"))
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import resolve
from django.utils.translation import gettext_lazy as _

from setia.shops.rules import Right, may
from setia.web.links import SHOP_URLCONF, shop_url


@dataclass(frozen=True)
class Use:
    """A button below a list: its name, words, a heroicon, the page; `post`: it writes something down."""

    code: str
    label: Any
    icon: str
    url_name: str
    post: bool = False


USES: dict[str, Use] = {}


def install(*uses: Use) -> None:
    """Offer these below every list of people; a use of the same code takes the place of the old one."""
    USES.update({use.code: use for use in uses})


def of_role(role: str) -> list[Use]:
    """What a member of this role may do with a list."""
    return [use for use in USES.values() if may(role, _right(use.url_name))]


@cache
def _right(url_name: str) -> Right:
    view = resolve(shop_url("-", url_name).removeprefix("/-"), SHOP_URLCONF).func
    right: Right = view.right  # type: ignore[attr-defined]
    return right


install(
    Use("print", _("Print"), "printer", "segments:print"),
    Use("file", _("Save as a file (CSV)"), "arrow-down-tray", "segments:file", post=True),
)
