"""Where the shop could grow: goals, the score of a place, and a map without a map service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import cos, radians, sqrt
from statistics import median
from typing import Final

from setia.core.places import AROUND, DISTRICTS

# Signs a place must show before anything is said of it, and the score that takes; how many are named at most.
FEWEST_SIGNS: Final = 2
MOST_NAMED: Final = 3
# With so many customers there is half the room of an empty place.
HALF_ROOM: Final = 10
SAME_REGENCY: Final = 1.0
HOME_REGENCY: Final = 0.75
FAR: Final = 0.5
# Box of the map, its edge, the largest circle; points farther than so many degrees from the middle are slips.
WIDTH: Final = 340
HEIGHT: Final = 220
EDGE: Final = 34
LARGEST: Final = 18
# A letter of a name is about so wide, a line so high.
LETTER, LINE = 6.5, 13.0
FAR_OFF: Final = 2.0


def regency_of(district: str) -> str:
    """The regency a district of a customer lies in; empty where the name does not say it."""
    name, _comma, regency = district.partition(", ")
    if regency:
        return regency if name in (DISTRICTS | AROUND).get(regency, ()) else ""
    for known in (DISTRICTS, AROUND):
        found = [regency for regency, names in known.items() if name in names]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def counted(place: str, whole: bool, customers: Mapping[str, int]) -> int:
    """Customers of a district, or of all districts of a regency, from the numbers by district."""
    if not whole:
        return customers.get(place, 0)
    return sum(number for district, number in customers.items() if regency_of(district) == place)


@dataclass(frozen=True)
class Progress:
    """Where a goal stands. `per_month`: new customers a month it still takes; None when reached or over."""

    now: int
    goal: int
    percent: int
    missing: int
    per_month: int | None
    over: bool

    @property
    def reached(self) -> bool:
        return self.missing == 0


def progress(now: int, goal: int, today: date, by_day: date) -> Progress:
    """Percent is rounded down, so that 100 means reached."""
    missing, days = max(0, goal - now), (by_day - today).days
    over = days < 0
    # a last month that is not whole counts as one
    months = max(1.0, days / 30)
    per_month = None if over or not missing else -int(-missing // months)
    return Progress(now, goal, min(100, 100 * now // goal), missing, per_month, over)


@dataclass(frozen=True)
class Signs:
    """What speaks for a place. `told`: people there who came through a friend; `fresh` and `before`: first purchases of
    the last ninety days and of the ninety before."""

    customers: int
    resellers: int = 0
    told: int = 0
    fresh: int = 0
    before: int = 0

    @property
    def more(self) -> int:
        """By how many more people began lately than before."""
        return max(0, self.fresh - self.before)

    @property
    def strength(self) -> int:
        return 2 * self.resellers + self.told + self.more


def nearness(district: str, town: str) -> float:
    """1 in the regency of the shop, less in the ones around it; what is not known counts as far."""
    regency, home = regency_of(district), regency_of(town)
    if regency and regency == home:
        return SAME_REGENCY
    return HOME_REGENCY if regency in DISTRICTS else FAR


def score(signs: Signs, near: float) -> float:
    """Signs × nearness × room: see docs/algorithms/places.md."""
    return signs.strength * near * HALF_ROOM / (HALF_ROOM + signs.customers)


def next_best(places: Mapping[str, Signs], town: str) -> list[str]:
    """The districts, not the shop's own, where effort is likeliest to pay, best first; none where signs are thin."""
    scored = [
        (-score(signs, nearness(name, town)), name)
        for name, signs in places.items()
        if name != town and signs.strength >= FEWEST_SIGNS
    ]
    # below a sign of its own, after distance and room, there is nothing to say
    return [name for found, name in sorted(scored) if found <= -1][:MOST_NAMED]


@dataclass(frozen=True)
class Circle:
    """A district on the map, in the units of its box."""

    name: str
    number: int
    x: float
    y: float
    radius: float
    # Where its name stands, and to which side it grows; empty where there is no room (the table has it).
    name_x: float = 0.0
    name_y: float = 0.0
    anchor: str = ""


Box = tuple[float, float, float, float]


def _name_boxes(circle: Circle) -> list[tuple[float, float, str, Box]]:
    """Places for a name, best first: below, above, to the right, to the left; each with the room it takes."""
    wide, far = LETTER * len(circle.name), circle.radius + 4
    places = (
        (circle.x, circle.y + far + LINE - 4, "middle", circle.x - wide / 2),
        (circle.x, circle.y - far, "middle", circle.x - wide / 2),
        (circle.x + far, circle.y + 3, "start", circle.x + far),
        (circle.x - far, circle.y + 3, "end", circle.x - far - wide),
    )
    return [(x, y, anchor, (left, y - LINE + 2, left + wide, y + 2)) for x, y, anchor, left in places]


def _apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def named(circles: Sequence[Circle]) -> list[Circle]:
    """The circles with their names where these cover no other circle and no other name, the biggest first."""
    taken: list[Box] = [(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in circles]
    found = []
    for place, circle in enumerate(circles):
        others = taken[:place] + taken[place + 1 :]
        for x, y, anchor, box in _name_boxes(circle):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= HEIGHT
            if inside and all(_apart(box, other) for other in others):
                taken.append(box)
                circle = replace(circle, name_x=round(x, 1), name_y=round(y, 1), anchor=anchor)
                break
        found.append(circle)
    return found


def drawn(points: Mapping[str, Sequence[tuple[float, float]]], customers: Mapping[str, int]) -> list[Circle]:
    """One circle per district in the middle of its known points, area by its customers, all within the box.

    North is up and distances are true to each other. A point far away from all others is taken for a slip.
    """
    middles = _without_slips(
        {name: (median(p[0] for p in some), median(p[1] for p in some)) for name, some in points.items() if some}
    )
    if not middles:
        return []
    shrink = cos(radians(median(middle[0] for middle in middles.values())))
    flat = {name: (longitude * shrink, -latitude) for name, (latitude, longitude) in middles.items()}
    left, right = min(x for x, _y in flat.values()), max(x for x, _y in flat.values())
    top, bottom = min(y for _x, y in flat.values()), max(y for _x, y in flat.values())
    scale = min((WIDTH - 2 * EDGE) / max(right - left, 1e-3), (HEIGHT - 2 * EDGE) / max(bottom - top, 1e-3))
    most = max(1, *(customers.get(name, 0) for name in flat), 1)
    circles = [
        Circle(
            name,
            customers.get(name, 0),
            round(WIDTH / 2 + (x - (left + right) / 2) * scale, 1),
            round(HEIGHT / 2 + (y - (top + bottom) / 2) * scale, 1),
            round(max(4, LARGEST * sqrt(customers.get(name, 0) / most)), 1),
        )
        for name, (x, y) in flat.items()
    ]
    return named(sorted(circles, key=lambda circle: (-circle.number, circle.name)))


def _without_slips(middles: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    if not middles:
        return {}
    latitude, longitude = (median(middle[i] for middle in middles.values()) for i in (0, 1))
    return {
        name: middle
        for name, middle in middles.items()
        if abs(middle[0] - latitude) <= FAR_OFF and abs(middle[1] - longitude) <= FAR_OFF
    }
