"""Two invented years of a bakery, from a seed. No database: people and purchases as plain values.

How the past is made, so that reports can be held against it:
- People join over the two years, more of them around celebrations and bazaars. Each hears of the shop from a source; a
  friend's word makes the friend their referrer, so a forest of who brought whom grows.
- A person's own rate of buying is Gamma distributed over people (the many come seldom, a few come often); gaps between
  purchases are exponential at that rate. After every purchase a person may stay away for good with a small own chance.
- Around celebrations everybody's rate rises by the celebration's factor, and boxes per purchase rise too.
- Everyone has a favourite flavour (six purchases in ten), and now and then takes another.
- Resellers buy weekly in tens of boxes.
- Words, complaints and boredom, and what they truly change: `setia.demo.truth`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from setia.core import calendars
from setia.demo import cast, truth

DAYS = 730
PEOPLE = 400

_WOMEN = (
    "Sulastri Marwah Tumini Wagini Sumiati Jumirah Painem Suharti Wiwin Nuraini Kasiyem Sriyati Lestari Murni Endang "
    "Watik Rukmini Sutinah Partini Yuliana Winarsih Tarmini Ngatini Supiyah Romlah Isti Dwiana Fatma Umi Ruminah"
).split()
_MEN = (
    "Wagimin Sutrisman Paijo Suroto Marsudi Karsono Tukiran Jumadi Sugito Mulyadi Harsono Poniran Sarwo Widodo Darmaji "
    "Kusnan Imron Saiful Bambang Tarno Ngadiran Purwito Rohmad Samsul Wahyono"
).split()
_SECOND = (
    "Rahayu Handayani Astuti Wijayanti Utami Setyowati Purnomo Santoso Wibowo Prasetya Hidayat Nugraha Saputra "
    "Kurniasih Maryati Susanti Pratiwi Hartanti Wahyuni Ismail"
).split()
_DISTRICTS = (
    ("Trenggalek", 24), ("Pogalan", 18), ("Durenan", 14), ("Karangan", 11), ("Gandusari", 8), ("Tugu", 7),
    ("Kampak", 4), ("Bendungan", 3), ("Watulimo", 3), ("Tulungagung", 4), ("Kauman", 2), ("Ponorogo", 2),
)  # fmt: skip
_LANDMARKS = (
    "depan SD", "timur masjid", "gang sebelah balai desa", "rumah pagar hijau", "belakang pasar", "dekat puskesmas",
    "utara jembatan", "sebelah toko bangunan", "", "", "",
)  # fmt: skip
_SOURCES = (
    ("word_of_mouth", 34), ("bazaar", 16), ("status", 14), ("passer_by", 16), ("leaflet", 7), ("reseller", 5),
    ("online", 6), ("other", 2),
)  # fmt: skip
# How much more is bought while a season lasts. Codes of core.calendars; seasons not named here change nothing.
FACTORS = {
    "lebaran_hampers": 2.6, "lebaran_arrivals": 2.0, "ramadan": 1.2, "kupatan": 1.8, "besar": 1.5, "idul_adha": 1.5,
    "wedding_months": 1.15, "maulid": 1.3, "independence": 1.3, "year_end": 1.25, "graduation": 1.2, "sura": 0.8,
}  # fmt: skip


@dataclass
class Person:
    """Somebody of the demo shop. `joined`: first day they could buy. `weekly`: true purchases a week; `leaves`: chance
    to stay away for good after a purchase (both the truth behind the data)."""

    name: str
    phone: str
    district: str
    landmark: str
    kind: str
    source: str
    joined: date
    weekly: float
    leaves: float
    favourite: int
    brought_by: int | None = None
    birthday: tuple[int, int] | None = None
    agreed: bool = False


@dataclass(frozen=True)
class Purchase:
    """Boxes taken on a day: `(variant index, boxes)` pairs of `cast.VARIANTS`."""

    person: int
    day: date
    items: tuple[tuple[int, int], ...]
    channel: str


@dataclass
class History:
    people: list[Person] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)
    complaints: list[truth.Complaint] = field(default_factory=list)
    words: list[truth.Word] = field(default_factory=list)
    # Who left for good, and when (the truth behind "longest not seen").
    left: dict[int, date] = field(default_factory=dict)


def simulate(today: date, *, seed: int = 7, people: int = PEOPLE, days: int = DAYS, alive: bool = True) -> History:
    """The past of the shop up to and including yesterday, as seen on `today`. The same seed gives the same past.

    Not `alive`: nobody is written to, complains or gets bored.
    """
    dice = np.random.default_rng(seed)
    start = today - timedelta(days=days)
    swell = _swell(start, days)
    history = History()
    for number in range(people):
        history.people.append(_person(dice, number, start, days, history.people))
    for number, person in enumerate(history.people):
        rows, left = _purchases(dice, number, person, start, swell)
        history.purchases += rows
        if left:
            history.left[number] = rows[-1].day
    history.purchases.sort(key=lambda purchase: (purchase.day, purchase.person))
    if alive:
        truth.live(history, today=today, seed=seed)
    return history


def _swell(start: date, days: int) -> np.ndarray:
    """The factor on everybody's rate, per day."""
    swell = np.ones(days)
    for season in calendars.seasons((start, start + timedelta(days=days))):
        factor = FACTORS.get(season.code)
        if factor:
            first = max(0, (season.starts - start).days)
            last = min(days, (season.ends - start).days + 1)
            swell[first:last] = np.maximum(swell[first:last] if factor > 1 else 0, factor)
    return swell


def _pick(dice: np.random.Generator, weighted: Sequence[tuple[str, int]]) -> str:
    weights = np.array([weight for _, weight in weighted], dtype=float)
    return weighted[int(dice.choice(len(weighted), p=weights / weights.sum()))][0]


def _person(dice: np.random.Generator, number: int, start: date, days: int, before: list[Person]) -> Person:
    known = cast.CUSTOMERS[number] if number < len(cast.CUSTOMERS) else None
    # A third were there from the start; the others come over the two years.
    joined = 0 if number % 3 == 0 else int(dice.integers(0, days))
    if number % 133 == 31:  # and a few came just now
        joined = days - 3
    reseller = known.kind == "reseller" if known else bool(number % 57 == 40)
    source = (known.source if known else "") or _pick(dice, _SOURCES)
    referrers = [index for index, person in enumerate(before) if person.joined <= start + timedelta(days=joined)]
    brought_by = int(dice.choice(referrers)) if source == "word_of_mouth" and len(referrers) > 4 else None
    person = Person(
        name=known.name if known else _name(dice),
        phone=known.phone if known else f"+62813{number:04d}{int(dice.integers(1000, 9999))}",
        district=(known.district if known else "") or _pick(dice, _DISTRICTS),
        landmark=(known.landmark if known else "") or str(dice.choice(_LANDMARKS)),
        kind="reseller" if reseller else "intermediary" if number % 90 == 33 else "end",
        source=source,
        joined=start + timedelta(days=joined),
        weekly=1.0 if reseller else float(min(1.6, dice.gamma(0.75, 0.32) + 0.012)),
        leaves=0.002 if reseller else float(dice.beta(0.9, 7.0)),
        favourite=int(dice.choice(len(cast.VARIANTS), p=(0.3, 0.12, 0.12, 0.2, 0.06, 0.12, 0.08))),
        brought_by=brought_by,
        birthday=(int(dice.integers(1, 13)), int(dice.integers(1, 29))) if dice.random() < 0.22 else None,
        agreed=bool(dice.random() < 0.72),
    )
    if known:  # the cast are regulars with a story
        person.joined, person.weekly, person.leaves, person.agreed = start, max(person.weekly, 0.42), 0.0, True
    return person


def _name(dice: np.random.Generator) -> str:
    if dice.random() < 0.7:
        name = f"{dice.choice(('Bu', 'Bu', 'Mbak', 'Bude'))} {dice.choice(_WOMEN)}"
    else:
        name = f"{dice.choice(('Pak', 'Pak', 'Mas', 'Pakde'))} {dice.choice(_MEN)}"
    if dice.random() < 0.45:
        name += f" {dice.choice(_SECOND)}"
    return name


def _purchases(
    dice: np.random.Generator, number: int, person: Person, start: date, swell: np.ndarray
) -> tuple[list[Purchase], bool]:
    """A person's purchases: exponential gaps in a time that runs faster when the shop swells; and whether they left."""
    found: list[Purchase] = []
    clock = np.concatenate(([0.0], np.cumsum(swell)))
    position = clock[(person.joined - start).days] + dice.exponential(0.5)
    while position < clock[-1]:
        index = int(np.searchsorted(clock, position, side="right")) - 1
        day = start + timedelta(days=index)
        found.append(Purchase(number, day, _items(dice, person, float(swell[index])), _channel(dice, person)))
        if dice.random() < person.leaves:
            return found, True
        position += dice.exponential(7.0 / person.weekly) + 1.0
    return found, False


def _items(dice: np.random.Generator, person: Person, swell: float) -> tuple[tuple[int, int], ...]:
    if person.kind == "reseller":
        return tuple((variant, int(dice.integers(8, 26))) for variant in (0, 3, 5))
    boxes: dict[int, int] = {}
    for _ in range(1 + int(dice.poisson(0.5 * swell))):
        variant = person.favourite if dice.random() < 0.6 else int(dice.integers(len(cast.VARIANTS)))
        boxes[variant] = boxes.get(variant, 0) + 1 + int(dice.poisson(0.6 * swell))
    if dice.random() < 0.006 * swell:  # a celebration at home
        boxes[person.favourite] = boxes.get(person.favourite, 0) + int(dice.integers(30, 120))
    return tuple(sorted(boxes.items()))


def _channel(dice: np.random.Generator, person: Person) -> str:
    if person.kind == "reseller":
        return "reseller"
    return str(dice.choice(("counter", "chat", "phone"), p=(0.55, 0.35, 0.1)))
