"""The same shop again, from a file that `writing` made: everything, or nothing."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from setia.core import events
from setia.core.errors import DomainError
from setia.core.models import Route
from setia.core.scope import open_shop
from setia.customers import events as verbs
from setia.desk.archive import references, tables
from setia.shops import rules
from setia.shops.models import Shop

SLICE: Final = 1_000
# More than this is no shop.
LARGEST: Final = 20 * 1024**3
_LONGEST_CELL: Final = 100 * 1024 * 1024


def bring_in(path: Path, *, slug: str = "") -> Shop:
    """Make a new shop of what the file holds; returns it. Raises DomainError, and leaves nothing, when it cannot be.

    Who worked there works here, under the same user names; who has no account here gets one without a password.
    """
    with _opened(path) as (archive, manifest), transaction.atomic(), _long_cells():
        shop = _shop(manifest, slug)
        by = _free_ids()
        users = {int(row["id"]): _user(row) for row in _dicts(archive, tables.USERS)}
        shops = (int(manifest["shop_id"]), shop.pk)
        for model in tables.models_of_a_shop():
            _table(archive, model, shop, by, shops, users)
        _routes(archive, shop, by)
        _reset_counters()
        with open_shop(shop):
            _media(archive, shop)
            rows = sum(int(count) for count in manifest["rows"].values())
            events.record(verbs.BROUGHT_IN, data={"rows": rows, "files": manifest["files"]})
    return shop


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    wrong = _("This is not a file of a whole shop. Choose one that Setia made under “Everything of my shop”.")
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise DomainError(wrong, code="not_an_archive", field="file") from error
    with archive:
        if tables.MANIFEST not in archive.namelist():
            raise DomainError(wrong, code="not_an_archive", field="file")
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise DomainError(_("This file is too large to be a shop."), code="too_large", field="file")
        try:
            manifest = json.loads(archive.read(tables.MANIFEST))
        except ValueError as error:
            raise DomainError(wrong, code="not_an_archive", field="file") from error
        if manifest.get("format") != tables.FORMAT:
            text = _("This file was made by another version of Setia. Use that version, or the newest.")
            raise DomainError(text, code="format", field="file")
        try:
            yield archive, manifest
        except (zipfile.BadZipFile, KeyError, ValueError, ValidationError, csv.Error, IntegrityError) as error:
            text = _("The file is damaged (%(problem)s). Make it again where it came from.")
            raise DomainError(text % {"problem": str(error)[:120]}, code="damaged", field="file") from error


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _shop(manifest: dict[str, Any], slug: str) -> Shop:
    wanted = slug or str(manifest["slug"])
    taken = frozenset(Shop.objects.filter(slug__startswith=rules.slug_base(wanted)).values_list("slug", flat=True))
    known = {field.attname: field for field in Shop._meta.concrete_fields}
    fields = {name: tables.value(known[name], text) for name, text in manifest["shop"].items() if name in known}
    return Shop.objects.create(slug=rules.slug_for(wanted, taken), **fields)


def _free_ids() -> int:
    """By how much every id is moved: by nothing where nothing is yet."""
    return max(
        (model.across_shops.aggregate(last=Max("pk"))["last"] or 0 for model in tables.models_of_a_shop()), default=0
    )


def _user(row: dict[str, str]) -> int:
    users = get_user_model().objects
    user = users.filter(username__iexact=row["username"]).first()
    if user is None:
        user = users.create_user(username=row["username"], email=row["email"])
    return int(user.pk)


def _dicts(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    """Rows of a table of the file; none when it was not there yet."""
    inside = f"tables/{name}.csv"
    if inside not in archive.namelist():
        return
    with archive.open(inside) as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _table(
    archive: zipfile.ZipFile, model: Any, shop: Shop, by: int, shops: tuple[int, int], users: dict[int, int]
) -> None:
    fields = {field.attname: field for field in tables.columns_of(model)}
    rows = _dicts(archive, model._meta.label_lower)
    while part := list(islice(rows, SLICE)):
        made = []
        for cells in part:
            if strange := cells.keys() - fields.keys():
                text = _("The file knows %(column)s, this version of Setia does not. Update Setia first.")
                raise DomainError(
                    text % {"column": f"{model._meta.label}.{sorted(map(str, strange))[0]}"}, code="newer"
                )
            row = {name: tables.value(fields[name], text) for name, text in cells.items()}
            row = references.moved(model, row, by, shops)
            if "user_id" in row:
                row["user_id"] = users.get(row["user_id"], 0)
            made.append(model(shop=shop, **row))
        with open_shop(shop):
            model.objects.bulk_create(made, batch_size=SLICE)


def _routes(archive: zipfile.ZipFile, shop: Shop, by: int) -> None:
    """Public links and numbers lead here, unless they lead to a shop that is still here."""
    for row in _dicts(archive, tables.ROUTES):
        if not Route.objects.filter(kind=row["kind"], key=row["key"]).exists():
            object_id = int(row["object_id"]) + by if row["object_id"] else None
            Route.objects.create(kind=row["kind"], key=row["key"], object_id=object_id, shop=shop)


def _reset_counters() -> None:
    every: list[type[models.Model]] = list(tables.models_of_a_shop())
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every):
            cursor.execute(statement)


def _media(archive: zipfile.ZipFile, shop: Shop) -> None:
    """Pictures and files, each area's into its folder of this shop."""
    root = Path(settings.MEDIA_ROOT)
    for name in archive.namelist():
        parts = PurePosixPath(name).parts
        if parts[0] != "media" or len(parts) < 3 or ".." in parts or name.endswith("/"):
            continue
        target = root / parts[1] / str(shop.pk) / Path(*parts[2:])
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as file, target.open("wb") as copy:
            while block := file.read(1 << 20):
                copy.write(block)
