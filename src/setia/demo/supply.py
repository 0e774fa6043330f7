"""From supplier to box in the invented shop: a year of prices, deliveries, recipes, batches, and flour that went up."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.demo import cast
from setia.shops.models import Member
from setia.supply import actions, queries
from setia.supply import events as verbs
from setia.supply.models import Lot, Material, Supplier

SUPPLIERS = (
    ("Toko Tepung Makmur Jaya", "permanent", "+6281230009201", "Antar tiap Senin pagi."),
    ("UD Kacang Subur", "permanent", "+6281230009202", "Kacang hijau kupas, bayar di tempat."),
    ("Agen Gula Pak Parno", "permanent", "+6281230009203", ""),
    ("Grosir Bahan Kue Anyar", "trial", "+6281230009204", "Baru dicoba bulan ini, lebih murah."),
    ("Percetakan Kardus Lancar", "permanent", "+6281230009205", "Pesan kotak paling lambat H-10."),
)
# name, unit, supplier, packaging, price per unit a year ago and now, what is looked at
MATERIALS = (
    ("Tepung terigu", "kg", 0, False, 11_000, 12_200, ("Karung kering dan tertutup", "Tidak berkutu")),
    ("Kacang hijau kupas", "kg", 1, False, 24_000, 25_500, ("Tidak apak", "Bersih dari kerikil")),
    ("Gula pasir", "kg", 2, False, 16_500, 17_000, ("Kering, tidak menggumpal",)),
    ("Minyak goreng", "l", 2, False, 17_000, 18_000, ()),
    ("Margarin", "kg", 0, False, 28_000, 29_500, ()),
    ("Keju parut", "kg", 3, False, 88_000, 92_000, ("Segel utuh", "Dingin waktu datang")),
    ("Cokelat pasta", "kg", 3, False, 62_000, 66_000, ()),
    ("Kacang hitam", "kg", 1, False, 27_000, 28_000, ("Tidak apak",)),
    ("Ubi ungu", "kg", 1, False, 9_000, 9_500, ("Tidak busuk",)),
    ("Kotak isi 10", "pcs", 4, True, 1_150, 1_250, ("Cetakan terbaca",)),
    ("Kotak isi 20", "pcs", 4, True, 1_700, 1_850, ("Cetakan terbaca",)),
)
# For twenty boxes of ten: the dough, and the filling by flavour.
DOUGH = {"Tepung terigu": "4.2", "Gula pasir": "1.4", "Minyak goreng": "0.7", "Margarin": "0.45"}
FILLING = {
    "Kacang hijau": {"Kacang hijau kupas": "3"},
    "Kumbu hitam": {"Kacang hitam": "2.8"},
    "Keju": {"Keju parut": "1.1", "Kacang hijau kupas": "1.2"},
    "Cokelat": {"Cokelat pasta": "1.5", "Kacang hijau kupas": "1"},
    "Ubi ungu": {"Ubi ungu": "4.5"},
}
PRODUCT_CHECKS = ("Kulit tidak retak", "Warna bawah cokelat muda, tidak gosong", "Isi rata, berat 30–35 gram")


def tell(variants: list[Variant]) -> None:
    """Everything on supply's pages."""
    owner = Member.objects.get(name=cast.OWNER.name)
    suppliers = [
        actions.add_supplier(name=name, kind=kind, phone=phone, note=note) for name, kind, phone, note in SUPPLIERS
    ]
    materials = _materials(suppliers)
    _diary(materials)
    _recipes(variants, materials)
    for text in PRODUCT_CHECKS:
        actions.add_standard(text=text, product=variants[0].product)
    lots = _deliveries(materials, owner)
    _batches(variants, lots, owner)
    for name, received in lots.items():
        if not materials[name].packaging:
            for lot in received[:-1]:
                actions.use_up(lot=lot)
    _flour_goes_up(materials["Tepung terigu"], suppliers)


def _at(days: int, hour: int) -> datetime:
    day = current_shop().today() - timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=current_shop().zone)


def _materials(suppliers: list[Supplier]) -> dict[str, Material]:
    made = {}
    for name, unit, supplier, packaging, _then, _now, looked_at in MATERIALS:
        made[name] = actions.add_material(name=name, unit=unit, supplier=suppliers[supplier], packaging=packaging)
        for text in looked_at:
            actions.add_standard(text=text, material=made[name])
    return made


def _diary(materials: dict[str, Material]) -> None:
    """A line every two months, slowly rising."""
    for name, _unit, _supplier, _packaging, then, now, _looked_at in MATERIALS:
        material = materials[name]
        for step in range(6):
            amount = then + (now - then) * step // 5
            with clock.frozen(_at(365 - 61 * step, 8)):
                actions.note_price(material=material, supplier=material.supplier, amount=round(amount, -2), paid=True)


def _recipes(variants: list[Variant], materials: dict[str, Material]) -> None:
    for variant in variants:
        big = variant.pack_size == 20
        lines = DOUGH | FILLING[variant.flavour]
        quantities = {materials[name].pk: Decimal(amount) * (2 if big else 1) for name, amount in lines.items()}
        quantities[materials["Kotak isi 20" if big else "Kotak isi 10"].pk] = Decimal(20)
        actions.set_recipe(
            variant=variant,
            boxes=20,
            lines=quantities,
            labour=65_000 if big else 40_000,
            energy=16_000 if big else 10_000,
        )


def _deliveries(materials: dict[str, Material], owner: Member) -> dict[str, list[Lot]]:
    """Three deliveries of each material this month; one of beans came late and smelt old."""
    lots: dict[str, list[Lot]] = {}
    for number, name in enumerate(materials):
        material = materials[name]
        for turn, days in enumerate((24, 14, 4)):
            bad = name == "Kacang hijau kupas" and turn == 2
            quantity = Decimal(300 if material.packaging else 25)
            price = queries.current_prices()[material.pk]
            with clock.frozen(_at(days, 8)):
                today = current_shop().today()
                lot = actions.receive(
                    material=material,
                    supplier=material.supplier,
                    quantity=quantity,
                    cost=int(price * quantity),
                    code=f"{name[:2].upper()}-{days:02d}{number}",
                    promised_on=today - timedelta(days=2 if bad else 0),
                    expires_on=None if material.packaging else today + timedelta(days=120),
                )
            if name == "Gula pasir" and turn == 2:
                lots.setdefault(name, []).append(lot)
                continue  # still to be looked at
            with clock.frozen(_at(days, 9)):
                actions.inspect(
                    lot=lot,
                    verdict="noted" if bad else "accepted",
                    points=[
                        (row.text, not bad or row.text != "Tidak apak") for row in queries.standards(material=material)
                    ],
                    note="Sebagian agak apak, dijemur dulu." if bad else "",
                    by=owner,
                )
            lots.setdefault(name, []).append(lot)
    return lots


def _batches(variants: list[Variant], lots: dict[str, list[Lot]], owner: Member) -> None:
    """What was baked in the last ten days."""
    baker = Member.objects.get(name=cast.MANAGER.name)
    for days in range(10, -1, -1):
        for variant in variants[:6:2] if days % 2 else variants[:4]:
            names = ["Tepung terigu", *FILLING[variant.flavour]]
            used = [
                [lot for lot in lots[name] if lot.received_on <= current_shop().today() - timedelta(days=days)][-1]
                for name in names
            ]
            with clock.frozen(_at(days, 6)):
                batch = actions.bake(variant=variant, boxes=20 + 10 * (days % 3), lots=used, baked_by=baker)
            with clock.frozen(_at(days, 7)):
                checks = [(row.text, True) for row in queries.standards(product=variant.product)]
                actions.inspect(batch=batch, verdict="accepted", points=checks, by=owner)
            if days > 3:
                actions.set_sold_until(batch=batch, day=batch.baked_on + timedelta(days=2))


def _flour_goes_up(flour: Material, suppliers: list[Supplier]) -> None:
    """Eighteen percent since yesterday; another supplier still asks less."""
    now = queries.current_prices()[flour.pk]
    actions.note_price(material=flour, supplier=suppliers[3], amount=round(now * 108 // 100, -2))
    with clock.frozen(_at(1, 9)):
        actions.note_price(material=flour, supplier=suppliers[0], amount=round(now * 118 // 100, -2), paid=True)
    actions.open_reviews(event=Event.objects.filter(verb=verbs.PRICE_NOTED).latest("pk"))
