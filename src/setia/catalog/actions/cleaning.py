"""What the actions on products and variants check alike."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from setia.catalog import rules
from setia.core.errors import DomainError


def words(text: str, *, most: int, field: str) -> str:
    """The text tidied. Raises DomainError when it is longer than the column."""
    clean = rules.tidy(text)
    if len(clean) > most:
        message = _("This is too long. Shorten it to at most %(most)s characters.") % {"most": most}
        raise DomainError(message, code="too_long", field=field)
    return clean


def product_name(text: str) -> str:
    """A product's name. Raises DomainError when it is empty."""
    clean = words(text, most=80, field="name")
    if not clean:
        raise DomainError(_("Give the product a name."), code="name_missing", field="name")
    return clean


def shelf_life(days: int | None) -> int | None:
    """Days a product stays good. Raises DomainError outside a day and ten years."""
    if days is not None and not 1 <= days <= rules.LONGEST_SHELF_LIFE:
        text = _("Enter how many days it stays good, at least 1.")
        raise DomainError(text, code="shelf_life", field="shelf_life_days")
    return days


def pack_size(pieces: int | None) -> int | None:
    """Pieces in a pack. Raises DomainError outside one and a thousand."""
    if pieces is not None and not 1 <= pieces <= rules.MOST_PIECES:
        text = _("A pack holds between 1 and %(most)s pieces.") % {"most": rules.MOST_PIECES}
        raise DomainError(text, code="pack_size", field="pack_size")
    return pieces


def allergens(names: Iterable[str]) -> str:
    """Names out of the list, in its order, as they are kept. Raises DomainError for one that is not on it."""
    chosen = set(names)
    if chosen - set(rules.ALLERGENS):
        raise DomainError(_("Choose one of the list."), code="choice", field="allergens")
    return ",".join(name for name in rules.ALLERGENS if name in chosen)


def pirt(text: str) -> str:
    """A P-IRT number, or nothing. Raises DomainError when it is not well-formed: then it would not be shown."""
    try:
        return rules.pirt(text) if text.strip() else ""
    except ValueError as error:
        message = _("A P-IRT number has 15 digits, like 2063575010012-29. Copy it from the certificate.")
        raise DomainError(message, code="pirt", field="pirt_number") from error


def halal(text: str) -> str:
    """A halal certificate's number, or nothing. Raises DomainError when it is not well-formed."""
    try:
        return rules.halal(text) if text.strip() else ""
    except ValueError as error:
        message = _("The certificate's number is ID with 17 digits. The KH number of the decree is another one.")
        raise DomainError(message, code="halal", field="halal_number") from error


# Words that promise health; the law wants proof for them on food.
_CLAIMS = ("menyembuhkan", "mengobati", "obat", "heals", "cures")


def description(text: str) -> str:
    """What is said of a product. Raises DomainError for words that promise to heal."""
    clean = words(text, most=300, field="description")
    if any(claim in clean.lower().split() for claim in _CLAIMS):
        message = _("Food may not be said to heal. Leave that out.")
        raise DomainError(message, code="claim", field="description")
    return clean
