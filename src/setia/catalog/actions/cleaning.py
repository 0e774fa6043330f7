"""What the actions on products and variants check alike."""

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
