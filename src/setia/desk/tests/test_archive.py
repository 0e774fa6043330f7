"""Everything of a shop in one file, and the same shop again from it."""

import io
import itertools
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from setia.conversations.models import MediaFile, Message, MessageTemplate
from setia.core.errors import DomainError
from setia.core.models import Event, Route
from setia.core.scope import open_shop
from setia.customers import actions, merging, privacy
from setia.customers.models import Customer, Note
from setia.desk import archive
from setia.desk.archive import references, tables
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.shops.models import Shop

pytestmark = pytest.mark.django_db

AWKWARD = "=HYPERLINK(\"x\")\n'quoted' , ;\t\\N “ya” \U0001f370"


@pytest.fixture(autouse=True)
def _a_place_for_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def full(world):
    """A shop with something in many tables."""
    ratna, siti, kasan = (world.customers[key] for key in ("ratna", "siti", "kasan"))
    actions.add_note(customer=ratna, text=AWKWARD, by=world.members["owner"])
    for start in ("=1+1", "+62", "-", "@x", "'x", "\\N", "\\"):
        actions.add_note(customer=siti, text=start, by=None)
    actions.answer_consent(customer=ratna, purpose="promotion", state="given", how="counter", evidence="ya bu")
    actions.change_customer(customer=ratna, latitude=-8.0533333333333, longitude=111.71)
    order = orders.place(
        customer=ratna,
        lines=[LineInput(variant_id=world.variants["kacang-hijau-10"].pk, quantity=2)],
        due_on=world.shop.today() + timedelta(days=1),
        channel="chat",
        taken_by=world.members["owner"],
    )
    orders.confirm(order=order)
    merging.merge(kept=siti, gone=kasan, by=world.members["owner"])
    privacy.link_to(ratna)
    picture = Path(settings.MEDIA_ROOT) / "catalog" / str(world.shop.pk) / "ab.webp"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"RIFF....")
    return world


def dump(shop, by: int = 0, shop_id: int | None = None) -> dict[str, list]:
    """All rows as cells, with ids moved back by `by`."""
    found = {}
    with open_shop(shop):
        for model in tables.models_of_a_shop():
            rows = []
            for row in model.objects.order_by("pk"):
                values = {field.attname: getattr(row, field.attname) for field in tables.columns_of(model)}
                values = references.moved(model, values, -by, (shop.pk, shop_id or shop.pk))
                rows.append({k: tables.cell(model._meta.get_field(k), v) for k, v in values.items()})
            found[model._meta.label_lower] = rows
    return found


def exported(shop, tmp_path) -> Path:
    path = tmp_path / "toko.zip"
    with open_shop(shop), path.open("wb") as file:
        archive.write(file)
    return path


def test_the_same_shop_again(full, tmp_path):
    path = exported(full.shop, tmp_path)
    before = dump(full.shop)
    last = archive.reading._free_ids()
    copy = archive.bring_in(path)
    assert copy.slug == f"{full.shop.slug}-2" and copy.opening_hours == full.shop.opening_hours
    after = dump(copy, by=last, shop_id=full.shop.pk)
    assert after["core.event"].pop()["verb"] == "shop.brought_in"
    # Two shops of one owner: the same people work in both.
    assert after == before
    assert sum(map(len, before.values())) > 100
    with open_shop(copy):
        ratna = Customer.objects.get(display_name="Bu Ratna Wulandari")
        assert AWKWARD in ratna.notes.values_list("text", flat=True)
        assert ratna.pk == full.customers["ratna"].pk + last
        record = merging.queries.recent()[0]
        merging.undo(record=record)
        assert Customer.objects.get(display_name="Pak Kasan").merged_into is None
    assert (Path(settings.MEDIA_ROOT) / "catalog" / str(copy.pk) / "ab.webp").read_bytes() == b"RIFF...."
    assert full.client("owner").get(f"/{copy.slug}/customers/").status_code == 200
    assert full.client("stranger").get(f"/{copy.slug}/customers/").status_code == 404


def test_names_of_files_and_what_messages_are_to_show_move_along():
    names = {"path": "chats/3/a", "thumbnail": "chats/3/a.webp"}
    assert references.moved(MediaFile, dict(names), 100, (3, 9)) == {"path": "chats/9/a", "thumbnail": "chats/9/a.webp"}
    assert references.moved(MessageTemplate, {"picture": "chats/3/b"}, 100, (3, 9)) == {"picture": "chats/9/b"}
    drawn = {"image": {"caption": "Keju"}, "draw": {"what": "product", "kind": "end", "variant_id": 7}}
    moved = references.moved(Message, {"payload": drawn}, 100, (3, 9))
    assert moved["payload"]["draw"]["variant_id"] == 107


def test_an_empty_installation_keeps_every_id(full, tmp_path):
    path = exported(full.shop, tmp_path)
    before = dump(full.shop)
    routes = set(Route.objects.values_list("kind", "key", "object_id"))
    for model in tables.models_of_a_shop():
        model.across_shops.all()._raw_delete("default")
    Route.objects.all().delete()
    Shop.objects.all().delete()
    copy = archive.bring_in(path)
    after = dump(copy, shop_id=full.shop.pk)
    after["core.event"].pop()
    assert after == before and copy.slug == full.shop.slug
    assert set(Route.objects.values_list("kind", "key", "object_id")) == routes
    with open_shop(copy):
        assert actions.add_note(customer=Customer.objects.first(), text="baru", by=None).pk > max(
            Note.objects.exclude(text="baru").values_list("pk", flat=True)
        )


def test_cells_are_no_formulas(full, tmp_path):
    with zipfile.ZipFile(exported(full.shop, tmp_path)) as file:
        text = file.read("tables/customers.note.csv").decode()
        assert ",=1+1," not in text and "'=1+1" in text and "'+62" in text
        assert json.loads(file.read("manifest.json"))["rows"]["customers.note"] == 8
        assert all("password" not in file.read(name).decode("utf-8", "ignore") for name in file.namelist())


def test_files_that_are_no_shop(full, tmp_path):
    path = exported(full.shop, tmp_path)
    shops = Shop.objects.count()

    numbers = itertools.count()

    def made(**changes) -> Path:
        target = tmp_path / f"other-{next(numbers)}.zip"
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w") as after:
            for name in before.namelist():
                content = changes.get(name, before.read(name))
                if content is not None:
                    after.writestr(name, content)
        return target

    (tmp_path / "x.zip").write_bytes(b"PK nothing")
    for wrong, code in (
        (tmp_path / "x.zip", "not_an_archive"),
        (tmp_path / "missing.zip", "not_an_archive"),
        (made(**{"manifest.json": None}), "not_an_archive"),
        (made(**{"manifest.json": b'{"format": 99}'}), "format"),
        (made(**{"tables/customers.note.csv": b"id,text,colour\n1,x,red\n"}), "newer"),
        (made(**{"tables/customers.note.csv": b"id,customer_id,at\n1,x,red\n"}), "damaged"),
    ):
        with pytest.raises(DomainError) as refused:
            archive.bring_in(wrong)
        assert refused.value.code == code
        assert Shop.objects.count() == shops


def test_the_owner_takes_everything_along(full):
    page = full.client("owner").get(full.url("everything/"))
    assert page.status_code == 200
    answer = full.client("owner").post(full.url("everything/file/"))
    content = b"".join(answer.streaming_content)
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert Event.objects.filter(verb="shop.exported").count() == 1
    assert full.client("manager").post(full.url("everything/file/")).status_code == 403
    assert full.client("stranger").get(full.url("everything/")).status_code == 404


def test_the_book_as_a_table(full):
    actions.add_customer(display_name="=cmd|' /C calc'!A0", district="Tugu")
    answer = full.client("manager").post(full.url("customers/table/"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "Bu Ratna Wulandari" in text and "'=cmd|" in text and "\n=cmd" not in text
    assert len(text.splitlines()) == 1 + 7
    assert full.client("cashier").post(full.url("customers/table/")).status_code == 403
