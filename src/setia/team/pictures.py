"""Where the team's pictures are, and the night's work that lets go of them."""

from typing import Final

from setia.team import actions
from setia.web import photos

PHOTOS: Final = "team"


def forget_declined() -> int:
    """Erase people who were not taken on and their pictures, once the shop's time is over. How many pictures went."""
    tokens = actions.erase_declined()
    for token in tokens:
        photos.discard(token, folder=PHOTOS)
    return len(tokens)
