"""Write everything of the open shop into one file, table by table: memory stays flat, and the tables fit each other."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from setia.core import clock
from setia.core.models import Route
from setia.core.scope import current_shop
from setia.desk.archive import tables
from setia.shops.models import Member

_BLOCK = 1 << 20


def write(target: IO[bytes]) -> dict[str, int]:
    """Write the open shop to `target` (a binary file); returns how many rows of each table."""
    shop = current_shop()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive, _as_of_now():
        counts = {model._meta.label_lower: _table(archive, model) for model in tables.models_of_a_shop()}
        _rows(archive, tables.ROUTES, ["kind", "key", "object_id"], _routes())
        _rows(archive, tables.USERS, ["id", "username", "email"], _users())
        files = sum(_media(archive, shop.pk))
        manifest = {
            "format": tables.FORMAT,
            "made_at": clock.now().isoformat(),
            "shop_id": shop.pk,
            "shop": {
                field.attname: tables.cell(field, getattr(shop, field.attname))
                for field in shop._meta.concrete_fields
                if field.name not in ("id", "slug")
            },
            "slug": shop.slug,
            "rows": counts,
            "files": files,
        }
        archive.writestr(tables.MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
    return counts


@contextmanager
def _as_of_now() -> Iterator[None]:
    """All tables as of one moment, without keeping others from writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _table(archive: zipfile.ZipFile, model: Any) -> int:
    columns = tables.columns_of(model)
    names = [field.attname for field in columns]
    rows = model.objects.order_by("pk").values_list(*names).iterator(chunk_size=2_000)
    cells = ([tables.cell(field, value) for field, value in zip(columns, row, strict=True)] for row in rows)
    return _rows(archive, model._meta.label_lower, names, cells)


def _rows(archive: zipfile.ZipFile, name: str, header: list[str], rows: Iterator[list[str]]) -> int:
    count = 0
    with (
        archive.open(f"tables/{name}.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=False) as file,
    ):
        table = csv.writer(file)
        table.writerow(header)
        for row in rows:
            table.writerow(row)
            count += 1
    return count


def _routes() -> Iterator[list[str]]:
    for kind, key, object_id in Route.objects.filter(shop=current_shop()).values_list("kind", "key", "object_id"):
        yield [kind, key, "" if object_id is None else str(object_id)]


def _users() -> Iterator[list[str]]:
    """Who works here, by the name they sign in with; no passwords."""
    ids = list(Member.objects.values_list("user_id", flat=True))
    for pk, username, email in get_user_model().objects.filter(pk__in=ids).values_list("pk", "username", "email"):
        yield [str(pk), username, email]


def _media(archive: zipfile.ZipFile, shop_id: int) -> Iterator[int]:
    """Pictures and files: each area's folder of this shop, without the shop's number. Yields 1 for each."""
    root = Path(settings.MEDIA_ROOT)
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        mine = folder / str(shop_id)
        for path in sorted(mine.rglob("*")) if mine.is_dir() else ():
            if path.is_file():
                with (
                    path.open("rb") as file,
                    archive.open(f"media/{folder.name}/{path.relative_to(mine)}", "w") as copy,
                ):
                    while block := file.read(_BLOCK):
                        copy.write(block)
                yield 1
