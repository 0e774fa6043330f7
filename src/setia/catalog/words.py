"""What people are told about products: allergens, kinds of customers, prefilled orders."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.catalog.queries import Offer
from setia.core import phone
from setia.core.scope import current_shop

ALLERGENS = {
    "gluten": gettext_lazy("gluten (wheat)"),
    "milk": gettext_lazy("milk"),
    "egg": gettext_lazy("egg"),
    "peanut": gettext_lazy("peanut"),
    "soy": gettext_lazy("soy"),
    "tree_nut": gettext_lazy("nuts"),
    "sesame": gettext_lazy("sesame"),
}

KINDS = {
    "": gettext_lazy("Everyone"),
    "reseller": gettext_lazy("Resellers"),
    "intermediary": gettext_lazy("Go-betweens"),
}

# As the codes of other links (`conversations.rules`): shorter ones would be read as order numbers.
SHORTEST_CODE = 4
# Where somebody came from when the link did not say: the page itself.
OWN_SOURCE = "KATALOG"


def allergens(names: Iterable[str]) -> str:
    """`milk, egg` in the active language."""
    return ", ".join(str(ALLERGENS[name]) for name in names if name in ALLERGENS)


def source_code(wanted: str) -> str:
    """The code after which a chat is counted to where it came from: letters and digits only."""
    code = "".join(letter for letter in wanted.upper() if letter.isascii() and letter.isalnum())[:8]
    return code if len(code) >= SHORTEST_CODE else OWN_SOURCE


def order_text(items: Iterable[tuple[int, Offer]], source: str) -> str:
    """The order as a customer would write it, with the source's code: `Hello …, I would like to order: …`."""
    lines = [f"{quantity} {offer.unit} {offer.label}" for quantity, offer in items]
    hello = _("Hello %(shop)s, I would like to order:") % {"shop": current_shop().name}
    body = f" {lines[0]}" if len(lines) == 1 else "\n" + "\n".join(f"- {line}" for line in lines)
    return f"{hello}{body}\n[#{source}]"


def order_link(items: Iterable[tuple[int, Offer]], source: str) -> str:
    """The same as a link into WhatsApp; empty while the shop has no number."""
    number = current_shop().whatsapp_number
    return phone.wa_link(number, order_text(items, source)) if number else ""
