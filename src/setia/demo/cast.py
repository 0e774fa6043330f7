"""The cast: one invented shop, the people who work there, its products and its best-known customers.

Used by the demo shop, the tests and the pictures alike. Nobody here exists.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class CastMember:
    username: str
    name: str
    role: str


@dataclass(frozen=True)
class CastVariant:
    flavour: str
    pack_size: int | None
    price: int
    reseller_price: int


@dataclass(frozen=True)
class CastCustomer:
    key: str
    name: str
    phone: str
    district: str = ""
    landmark: str = ""
    kind: str = "end"
    source: str = ""
    brought_by: str = ""


SHOP_NAME = "Bakpia Sekar Pandan"
SHOP_SLUG = "sekar-pandan"
SHOP_NUMBER = "+6281230004000"
HOURS = {day: ["07:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat")} | {"sun": ["07:00", "12:00"]}

OWNER = CastMember("harti", "Bu Harti", "owner")
MANAGER = CastMember("yoga", "Mas Yoga", "manager")
CASHIER = CastMember("dewi", "Dewi", "cashier")
CHAT = CastMember("rini", "Rini", "chat")
VIEWER = CastMember("karso", "Pak Karso", "viewer")
MEMBERS = (OWNER, MANAGER, CASHIER, CHAT, VIEWER)

# Next door: a shop whose owner must never see anything of ours.
STRANGER = CastMember("lastri", "Bu Lastri", "owner")
STRANGER_SHOP_NAME = "Keripik Lor Sawah"
STRANGER_SHOP_SLUG = "lor-sawah"

PRODUCT = "Bakpia"
VARIANTS = (
    CastVariant("Kacang hijau", 10, 20_000, 17_000),
    CastVariant("Kacang hijau", 20, 38_000, 32_500),
    CastVariant("Kumbu hitam", 10, 20_000, 17_000),
    CastVariant("Keju", 10, 24_000, 20_500),
    CastVariant("Keju", 20, 46_000, 39_500),
    CastVariant("Cokelat", 10, 24_000, 20_500),
    CastVariant("Ubi ungu", 10, 22_000, 18_500),
)

RATNA = CastCustomer(
    "ratna", "Bu Ratna Wulandari", "+6281230004001", "Pogalan", "depan SD Pogalan 1", source="passer_by"
)
SLAMET = CastCustomer("slamet", "Pak Slamet Durenan", "+6281230004002", "Durenan", "gang sebelah balai desa")
YANTI = CastCustomer(
    "yanti", "Mbak Yanti reseller TA", "+6281230004003", "Tulungagung", kind="reseller", source="bazaar"
)
ENDAH = CastCustomer("endah", "Bu Endah Kauman", "+6281230004004", "Kauman", source="word_of_mouth", brought_by="yanti")
SITI = CastCustomer("siti", "Bu Siti Pogalan", "+6281230004005", "Pogalan", source="status")
GURU = CastCustomer("guru", "Bu Guru Wening", "+6281230004006", "Trenggalek", source="leaflet")
KASAN = CastCustomer("kasan", "Pak Kasan", "", "Karangan", "rumah cat hijau timur masjid", source="passer_by")
CUSTOMERS = (RATNA, SLAMET, YANTI, ENDAH, SITI, GURU, KASAN)
