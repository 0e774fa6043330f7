"""Pure decisions: how much a past may say, who is called loyal, and what a rule of a group means.

A rule is a list of groups of conditions: all groups must hold, of each group one condition is enough, and every
condition may be turned round. It is kept as JSON, travels in addresses, means what `meaning` says, is counted by the
database (`compiling`) and said in words (`phrases`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Any


class Evidence(Enum):
    """How much may be said of a customer's rhythm."""

    NONE = auto()
    RANGE = auto()
    FULL = auto()


# Purchases with 2 gaps between them, and with 4.
RANGE_PURCHASES, FULL_PURCHASES = 3, 5


def evidence(purchases: int) -> Evidence:
    """Fewer than 2 gaps between purchases: nothing; 2 or 3: a range; from 4 gaps on a rhythm and lateness."""
    if purchases < RANGE_PURCHASES:
        return Evidence.NONE
    return Evidence.RANGE if purchases < FULL_PURCHASES else Evidence.FULL


# A gap that only one in ten of their gaps exceeds is no longer «within rhythm».
WITHIN_RHYTHM = 0.10
LOYAL_PURCHASES = 3


def is_loyal(purchases: int, lateness: float | None) -> bool:
    """At least three purchases and still within the own rhythm (`lateness`: share of own gaps that are longer)."""
    return purchases >= LOYAL_PURCHASES and lateness is not None and lateness >= WITHIN_RHYTHM


# Still loyal, but away longer than in three of four of their own gaps.
SLIPPING = 0.25
# How long ago one looks to tell who became loyal, and who is not any more.
BEFORE_DAYS = 28
STANDINGS = ("joined", "slipping", "left")


def has_standing(which: str, *, loyal: bool, loyal_before: bool, lateness: float | None) -> bool:
    """Whether somebody became loyal within four weeks, is slipping, or was loyal four weeks ago and is not any more."""
    if which == "joined":
        return loyal and not loyal_before
    if which == "slipping":
        return loyal and lateness is not None and lateness < SLIPPING
    return which == "left" and loyal_before and not loyal


# --- Rules of groups --------------------------------------------------------------------------------------------------

# By which ways people buy, in the order of the bits of a profile (`orders.models.OrderChannel`).
CHANNELS = ("chat", "counter", "phone", "reseller", "bazaar", "import")
# Celebrations for which people order (`segments.seasons`), in the order of the bits of a profile.
SEASONS = ("lebaran", "idul_adha", "maulid", "independence", "year_end")
# Chance of an order within four weeks: likely from the first on, hardly below the second.
LIKELY, HARDLY = 0.6, 0.2
# Seldom enough among one's own gaps to be called later than usual.
LATE = 0.1
# How one asks for those of whom nothing is written down.
UNSAID = "unsaid"
# More conditions than this are no rule a person can read.
MOST_CONDITIONS = 12


class RuleError(ValueError):
    """A rule that says nothing sensible: of an unknown kind, with a value that cannot be, or too long."""


@dataclass(frozen=True)
class Condition:
    """One thing asked about a person. `values`: plain numbers, texts or lists of texts by name (see `KINDS`)."""

    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)
    negated: bool = False


@dataclass(frozen=True)
class Rule:
    """Everybody of whom every group holds: of each group at least one condition. No group at all: everybody."""

    groups: tuple[tuple[Condition, ...], ...] = ()

    @property
    def conditions(self) -> list[Condition]:
        return [condition for group in self.groups for condition in group]


# What each kind of condition is about: its values by name, and of which sort they are. `?`: may be left out.
KINDS: Mapping[str, Mapping[str, str]] = {
    "bought": {"what": "text", "days": "count?"},
    "purchases": {"least": "count?", "most": "count?"},
    "spent": {"least": "count?", "most": "count?"},
    "away": {"least": "count?", "most": "count?"},
    "first": {"since": "day?", "until": "day?"},
    "between": {"since": "day", "until": "day"},
    "channel": {"channel": "text"},
    "kind": {"kinds": "texts"},
    "source": {"sources": "texts"},
    "known": {"days": "count"},
    "place": {"districts": "texts"},
    "town": {"where": "text"},
    "reachable": {},
    "day": {"which": "text", "days": "count"},
    "season": {"season": "text"},
    "consent": {"purpose": "text", "state": "text"},
    "group": {"groups": "texts"},
    "late": {},
    "loyal": {},
    "standing": {"which": "text"},
    "messenger": {},
    "began": {"what": "text"},
    "chance": {"level": "text"},
    "value": {"fifths": "texts"},
    "language": {"languages": "texts"},
    "speech": {"speeches": "texts"},
    "honorific": {"honorifics": "texts"},
    "reach": {"ways": "texts"},
    "hours": {"hours": "texts"},
    "age": {"bands": "texts"},
    "home": {"least": "count?", "most": "count?"},
    "buys_for": {"reasons": "texts"},
    "expects": {"expectations": "texts"},
    "tier": {"tiers": "texts"},
    "points": {"least": "count?", "most": "count?"},
    "stamps": {"least": "count?", "most": "count?"},
}
_LONGEST_TEXT, _MOST_TEXTS, _MOST_COUNT = 80, 60, 10**12


def _value(sort: str, given: Any) -> Any:
    """A value as it is kept. Raises RuleError when it is not of the sort."""
    if sort == "count" and isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= _MOST_COUNT:
        return given
    if sort == "text" and isinstance(given, str) and 0 < len(given) <= _LONGEST_TEXT:
        return given
    if sort == "day" and isinstance(given, str):
        try:
            return date.fromisoformat(given).isoformat()
        except ValueError:
            pass
    if sort == "texts" and isinstance(given, (list, tuple)) and 0 < len(given) <= _MOST_TEXTS:
        return [_value("text", item) for item in given]
    raise RuleError(f"{given!r} is no {sort}")


def condition(kind: str, values: Mapping[str, Any] | None = None, *, negated: bool = False) -> Condition:
    """A condition, checked: only the values its kind has, each of its sort. Raises RuleError."""
    sorts = KINDS.get(kind)
    if sorts is None:
        raise RuleError(f"there is no condition {kind!r}")
    given = {name: value for name, value in (values or {}).items() if value is not None}
    if unknown := set(given) - set(sorts):
        raise RuleError(f"{kind} has no {sorted(unknown)}")
    kept = {}
    for name, sort in sorts.items():
        if name in given:
            kept[name] = _value(sort.rstrip("?"), given[name])
        elif not sort.endswith("?"):
            raise RuleError(f"{kind} needs {name}")
    if sorts and not kept and kind != "bought":
        raise RuleError(f"{kind} says nothing")
    return Condition(kind, kept, negated)


def read(data: Any) -> Rule:
    """A rule from its JSON: a list of groups, each a list of `{"kind": …, "values": {…}, "not": true}`."""
    if not isinstance(data, (list, tuple)) or not all(isinstance(group, (list, tuple)) for group in data):
        raise RuleError("a rule is a list of lists")
    if sum(len(group) for group in data) > MOST_CONDITIONS:
        raise RuleError("too many conditions")
    groups = []
    for group in data:
        if not all(isinstance(item, Mapping) and isinstance(item.get("values", {}), Mapping) for item in group):
            raise RuleError("a condition is an object")
        parts = [
            condition(str(item.get("kind")), item.get("values", {}), negated=item.get("not") is True) for item in group
        ]
        if parts:
            groups.append(tuple(parts))
    return Rule(tuple(groups))


def write(rule: Rule) -> list[list[dict[str, Any]]]:
    """The JSON of a rule; `read` takes it back."""
    return [
        [{"kind": one.kind, "values": dict(one.values)} | ({"not": True} if one.negated else {}) for one in group]
        for group in rule.groups
    ]


# Conditions that are answered by other tables than the profiles, which say who it is before anybody is looked at.
ELSEWHERE = frozenset({"between", "day", "messenger", "age", "home", "buys_for", "expects", "tier", "points", "stamps"})


def names_people(rule: Rule) -> bool:
    """Whether some condition that must hold leads to the people by itself, so that not everybody is looked at."""
    alone = [group[0] for group in rule.groups if len(group) == 1 and not group[0].negated]
    return any(
        one.kind in ELSEWHERE or (one.kind == "bought" and one.values["what"] != "any")
        for one in alone
        if not (one.kind in ("points", "stamps") and not one.values.get("least"))
    )


def all_of(*conditions: Condition) -> Rule:
    """The rule that asks for every one of these."""
    return Rule(tuple((one,) for one in conditions))


def to_query(rule: Rule) -> list[tuple[str, str]]:
    """A rule as the parameters of an address: `k0=bought&k0-what=any&k0-days=90&k1=…&k1-or=1`."""
    pairs: list[tuple[str, str]] = []
    number = 0
    for group in rule.groups:
        for place, one in enumerate(group):
            pairs.append((f"k{number}", one.kind))
            for name, value in one.values.items():
                items = value if isinstance(value, list) else [value]
                pairs += [(f"k{number}-{name}", str(item)) for item in items]
            pairs += [(f"k{number}-not", "1")] if one.negated else []
            pairs += [(f"k{number}-or", "1")] if place else []
            number += 1
    return pairs


def from_rows(rows: Iterable[tuple[Condition, bool]]) -> Rule:
    """A rule from conditions in a row, each with whether it is joined to the one before by «or»."""
    groups: list[tuple[Condition, ...]] = []
    for one, joined in rows:
        if joined and groups:
            groups[-1] = (*groups[-1], one)
        else:
            groups.append((one,))
    return Rule(tuple(groups))


def chance_level(chance: float) -> str:
    """The chance of an order within four weeks in three words: likely, maybe, hardly."""
    if chance >= LIKELY:
        return "likely"
    return "hardly" if chance < HARDLY else "maybe"


# What a goal may be set for: people, a share in percent, money of four weeks, a number.
MEASURES: Mapping[str, str] = {
    "loyal": "people",
    "satisfied": "percent",
    "buyers": "people",
    "sales": "money",
    "per_hour": "number",
}


def progress(figure: float | None, target: float) -> int | None:
    """How far a figure is on its way to a goal, in percent (0 to 100); None while there is no figure."""
    if figure is None or target <= 0:
        return None
    return max(0, min(100, int(100 * figure / target)))
