"""Pages of supply."""

from typing import Final

PHOTOS: Final = "supply"
