"""What `setia export` and `setia import everything` do."""

import sys
from pathlib import Path

from setia.core.scope import open_shop
from setia.core.tasks import drain
from setia.customers import importing
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


def bring_rows(kind: str, path: Path, shop: Shop, day_first: bool | None) -> int:
    """Bring customers or past purchases of a file into a shop, then do what a worker would do next."""
    with open_shop(shop):
        summary = importing.bring_in(kind, path, progress=_progress, day_first=day_first)
    sys.stdout.write(f"\n{summary}\n")
    drain("reactions")
    drain("daily")
    return 0 if summary.read else 1


def _progress(done: int, total: int) -> None:
    sys.stdout.write(f"\r{done:,} of {total:,} rows")
    sys.stdout.flush()
