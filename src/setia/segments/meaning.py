"""What the conditions of a group mean, for one person: plain values in, yes or no out. The database must agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from setia.core.names import spelled
from setia.segments.rules import (
    CHANNELS,
    FULL_PURCHASES,
    LATE,
    UNSAID,
    Condition,
    Rule,
    chance_level,
    has_standing,
    is_loyal,
)


@dataclass(frozen=True)
class Person:
    """All that a condition may ask about: a profile, what they bought when, their days, the seasons they buy for.

    `bought`: (variant, flavour, product, day of the last time); `days`: (kind of occasion, days until it is);
    `honorific`: the word before the name, in small letters; what they told about themselves is empty without consent;
    `brought`: how many heard of the shop from them; `began`: what they took on the day of their first purchase.
    """

    kind: str = "end"
    source: str = ""
    district: str = ""
    since: date = date.min
    reachable: bool = False
    promotion: str = "not_asked"
    occasion: str = "not_asked"
    purchases: int = 0
    spent: int = 0
    first_on: date | None = None
    last_on: date | None = None
    channels: int = 0
    group: int = 0
    lateness: float | None = None
    chance: float | None = None
    value_fifth: int | None = None
    bought: Sequence[tuple[int, str, int, date]] = ()
    purchase_days: Sequence[date] = ()
    days: Sequence[tuple[str, int]] = ()
    seasons: Sequence[str] = ()
    loyal_before: bool = False
    language: str = "id"
    speech: str = ""
    honorific: str = ""
    reach_by: str = ""
    reach_hours: str = ""
    age_band: str = ""
    household_size: int | None = None
    buys_for: str = ""
    expects: str = ""
    tier: int | None = None
    points: int = 0
    stamps: int = 0
    brought: int = 0
    began: Sequence[str] = ()


def holds(rule: Rule, person: Person, *, today: date, town: str) -> bool:
    """Whether the rule holds of a person on `today`; `town`: the district of the shop."""
    return all(any(asked(one, person, today=today, town=town) for one in group) for group in rule.groups)


def asked(one: Condition, person: Person, *, today: date, town: str) -> bool:
    """Whether one condition holds of a person."""
    return _plain(one.kind, one.values, person, today, town) != one.negated


def within(number: float | None, values: Mapping[str, Any], least: str = "least", most: str = "most") -> bool:
    """Whether a number lies between the bounds that are given; an unknown number lies nowhere."""
    if number is None:
        return False
    return bool(values.get(least, number) <= number <= values.get(most, number))


def _plain(kind: str, values: Mapping[str, Any], person: Person, today: date, town: str) -> bool:
    match kind:
        case "bought":
            return _bought(values, person, today)
        case "purchases":
            return within(person.purchases, values)
        case "spent" | "points" | "stamps":
            return within(getattr(person, kind), values)
        case "home":
            return within(person.household_size, values)
        case "honorific":
            return any(person.honorific in spelled(word) for word in values["honorifics"])
        case "away":
            return within((today - person.last_on).days if person.last_on else None, values)
        case "first":
            day = person.first_on.isoformat() if person.first_on else None
            return day is not None and values.get("since", day) <= day <= values.get("until", day)
        case "between":
            return any(values["since"] <= day.isoformat() <= values["until"] for day in person.purchase_days)
        case "channel":
            return bool(values["channel"] in CHANNELS and person.channels & (1 << CHANNELS.index(values["channel"])))
        case "known":
            return (today - person.since).days <= values["days"]
        case "town":
            return (person.district.strip() != "") and (person.district == town) == (values["where"] == "in")
        case "day":
            return any(left <= values["days"] and values["which"] in ("any", which) for which, left in person.days)
        case "season":
            return values["season"] in person.seasons
        case "consent":
            return bool(
                {"promotion": person.promotion, "occasion": person.occasion}.get(values["purpose"]) == values["state"]
            )
        case "late":
            return person.lateness is not None and person.lateness < LATE and person.purchases >= FULL_PURCHASES
        case "loyal":
            return is_loyal(person.purchases, person.lateness)
        case "standing":
            loyal = is_loyal(person.purchases, person.lateness)
            return has_standing(
                values["which"], loyal=loyal, loyal_before=person.loyal_before, lateness=person.lateness
            )
        case "messenger":
            return person.brought > 0
        case "began":
            return values["what"] in person.began
        case "chance":
            return person.chance is not None and chance_level(person.chance) == values["level"]
    listed = {
        "kind": ("kinds", person.kind),
        "source": ("sources", person.source),
        "place": ("districts", person.district),
        "group": ("groups", str(person.group)),
        "value": ("fifths", str(person.value_fifth)),
        "language": ("languages", person.language),
        "speech": ("speeches", person.speech or UNSAID),
        "reach": ("ways", person.reach_by or UNSAID),
        "hours": ("hours", person.reach_hours or UNSAID),
        "age": ("bands", person.age_band),
        "buys_for": ("reasons", person.buys_for),
        "expects": ("expectations", person.expects),
        "tier": ("tiers", str(person.tier)),
    }
    if kind == "reachable":
        return person.reachable
    name, mine = listed[kind]
    return mine in values[name]


def _bought(values: Mapping[str, Any], person: Person, today: date) -> bool:
    what, days = values["what"], values.get("days")
    if what == "any":
        last = [person.last_on] if person.last_on else []
    else:
        sort, _colon, name = what.partition(":")
        last = [
            day
            for variant, flavour, product, day in person.bought
            if {"v": str(variant), "f": flavour, "p": str(product)}.get(sort) == name
        ]
    return any(days is None or (today - day).days <= days for day in last)
