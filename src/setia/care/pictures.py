"""Where the pictures of complaints are, and the night's work that lets go of them."""

from typing import Final

from setia.care import actions
from setia.web import photos

PHOTOS: Final = "care"


def forget_closed() -> int:
    """Erase pictures and contacts of complaints closed longer ago than the shop keeps them. How many pictures went."""
    tokens = actions.forget_closed()
    for token in tokens:
        photos.discard(token, folder=PHOTOS)
    return len(tokens)
