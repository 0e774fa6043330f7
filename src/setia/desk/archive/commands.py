"""What `setia export` and `setia import everything` do."""

import sys
from pathlib import Path

from setia.core.scope import open_shop
from setia.desk import archive
from setia.shops.models import Shop


def take_in(path: Path) -> int:
    """Make the shop of a file again, and say where it is."""
    shop = archive.bring_in(path)
    sys.stdout.write(f"{shop.name} is here, at /{shop.slug}/. Sign in with `setia login USER`.\n")
    return 0


def write_out(shop: Shop, path: Path) -> int:
    """Write a shop to a file, and say how much it was."""
    with open_shop(shop), path.open("wb") as file:
        counts = archive.write(file)
    sys.stdout.write(f"{path}: {sum(counts.values()):,} rows of {sum(map(bool, counts.values()))} tables.\n")
    return 0
