"""Place names around the shop: districts of Trenggalek, Tulungagung, Ponorogo and their neighbours, with their traps.

A name alone rarely says where somebody lives: districts repeat, villages share their names, and "Trenggalek" is a
regency, a district and a town. `lookup` therefore tells how sure it is, and the owner picks.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

DISTRICTS: Final = {
    "Trenggalek": (
        "Panggul", "Munjungan", "Pule", "Dongko", "Tugu", "Karangan", "Kampak", "Watulimo", "Bendungan", "Gandusari",
        "Trenggalek", "Pogalan", "Durenan", "Suruh",
    ),
    "Tulungagung": (
        "Tulungagung", "Boyolangu", "Kedungwaru", "Ngantru", "Kauman", "Pagerwojo", "Sendang", "Karangrejo", "Gondang",
        "Sumbergempol", "Ngunut", "Pucanglaban", "Rejotangan", "Kalidawir", "Besuki", "Campurdarat", "Bandung", "Pakel",
        "Tanggunggunung",
    ),
    "Ponorogo": (
        "Slahung", "Ngrayun", "Bungkal", "Sambit", "Sawoo", "Sooko", "Pulung", "Mlarak", "Jetis", "Siman", "Balong",
        "Kauman", "Badegan", "Sampung", "Sukorejo", "Babadan", "Ponorogo", "Jenangan", "Ngebel", "Jambon", "Pudak",
    ),
}  # fmt: skip

# The regencies and cities around them, for shops whose customers live there: to be chosen, never guessed from a name.
AROUND: Final = {
    "Pacitan": (
        "Donorojo", "Punung", "Pringkuku", "Pacitan", "Kebonagung", "Arjosari", "Nawangan", "Bandar", "Tegalombo",
        "Tulakan", "Ngadirojo", "Sudimoro",
    ),
    "Blitar": (
        "Bakung", "Wonotirto", "Panggungrejo", "Wates", "Binangun", "Sutojayan", "Kademangan", "Kanigoro", "Talun",
        "Selopuro", "Kesamben", "Selorejo", "Doko", "Wlingi", "Gandusari", "Garum", "Nglegok", "Sanankulon", "Ponggok",
        "Srengat", "Wonodadi", "Udanawu",
    ),
    "Kota Blitar": ("Sukorejo", "Kepanjenkidul", "Sananwetan"),
    "Kediri": (
        "Mojo", "Semen", "Ngadiluwih", "Kras", "Ringinrejo", "Kandat", "Wates", "Ngancar", "Plosoklaten", "Gurah",
        "Puncu", "Kepung", "Kandangan", "Pare", "Badas", "Kunjang", "Plemahan", "Purwoasri", "Papar", "Pagu",
        "Kayenkidul", "Gampengrejo", "Ngasem", "Banyakan", "Grogol", "Tarokan",
    ),
    "Kota Kediri": ("Mojoroto", "Kota", "Pesantren"),
    "Madiun": (
        "Kebonsari", "Geger", "Dolopo", "Dagangan", "Wungu", "Kare", "Gemarang", "Saradan", "Pilangkenceng", "Mejayan",
        "Wonoasri", "Balerejo", "Madiun", "Sawahan", "Jiwan",
    ),
    "Kota Madiun": ("Kartoharjo", "Manguharjo", "Taman"),
    "Nganjuk": (
        "Sawahan", "Ngetos", "Berbek", "Loceret", "Pace", "Tanjunganom", "Prambon", "Ngronggot", "Kertosono",
        "Patianrowo", "Baron", "Gondang", "Sukomoro", "Nganjuk", "Bagor", "Wilangan", "Rejoso", "Ngluyu", "Lengkong",
        "Jatikalen",
    ),
}  # fmt: skip

# Regencies and cities next door, for delivery zones.
NEIGHBOURS: Final = ("Pacitan", "Blitar", "Kediri", "Madiun", "Nganjuk")

# Villages whose name occurs in several districts of Trenggalek; some are districts elsewhere as well.
REPEATED_VILLAGES: Final = (
    "Besuki", "Wonocoyo", "Depok", "Sawahan", "Masaran", "Pakel", "Karanganyar", "Watuagung", "Pandean", "Sukorejo",
)  # fmt: skip

# Cities people mean more often than the district of the same name.
_CITIES: Final = ("Bandung", "Surabaya")
_SHORT_FORMS: Final = {"ta": "Tulungagung", "nggalek": "Trenggalek", "sby": "Surabaya", "bdg": "Bandung"}


@dataclass(frozen=True, slots=True)
class Place:
    """A known name with every regency here that has a district of this name.

    `certain`: the name means exactly one district, so it may be filled in; otherwise ask.
    """

    name: str
    regencies: tuple[str, ...]
    certain: bool


def _known() -> dict[str, Place]:
    districts = [name for names in DISTRICTS.values() for name in names]
    known = {}
    for name in (*districts, *DISTRICTS, *NEIGHBOURS, *REPEATED_VILLAGES, *_CITIES):
        regencies = tuple(regency for regency, names in DISTRICTS.items() if name in names)
        doubtful = name in REPEATED_VILLAGES or name in _CITIES or name in DISTRICTS
        known[name.casefold()] = Place(name, regencies, len(regencies) == 1 and not doubtful)
    return known


_KNOWN: Final = _known()


def lookup(text: str) -> Place | None:
    """The place a name or short form ("TA", "Nggalek") stands for, or None."""
    key = " ".join(text.split()).strip(" .,").casefold()
    return _KNOWN.get(_SHORT_FORMS.get(key, key).casefold())


def districts_of(regency: str) -> tuple[str, ...]:
    """The districts of a regency for a picker; none for one that is not listed."""
    return DISTRICTS.get(regency, ())


def regencies() -> tuple[str, ...]:
    """Regencies and cities whose districts are known, the shop's own neighbourhood first."""
    return (*DISTRICTS, *AROUND)


def choices(chosen: Sequence[str] = ()) -> list[str]:
    """Districts to choose from, of these regencies (none chosen: the home ones); a name that two of them have is
    written with its regency."""
    known = DISTRICTS | AROUND
    wanted = {name: known[name] for name in chosen if name in known} or DISTRICTS
    often = Counter(district for names in wanted.values() for district in names)
    return sorted(
        district if often[district] == 1 else f"{district}, {regency}"
        for regency, names in wanted.items()
        for district in names
    )
