"""How well a reading agrees with a labelled record: 60 points for the items, 15 date, 10 fulfilment, 10 intent, 5 asks.

Separately and never traded for points: what was invented, a quantity, flavour or date where the label has none. Asking
is no failure: additional questions cost nothing, only the missing ones do.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

_FIELDS: Final = ("variant", "qty", "unit", "pack_size")
_WEIGHTS: Final = {"items": 60, "date": 15, "fulfilment": 10, "intent": 10, "must_ask": 5}


@dataclass(frozen=True, slots=True)
class Score:
    """Points of 100 by part, and the severe errors in words."""

    parts: Mapping[str, float]
    severe: tuple[str, ...]

    @property
    def points(self) -> float:
        """The sum, 0 to 100."""
        return sum(self.parts.values())


def score(expected: Mapping[str, Any], got: Mapping[str, Any]) -> Score:
    """Compare two records of the shape of `expected`."""
    wanted, found = Counter(map(_key, expected["items"])), Counter(map(_key, got.get("items", ())))
    most = max(wanted.total(), found.total())
    asked = set(expected["must_ask"])
    parts = {
        "items": (wanted & found).total() / most if most else 1.0,
        "date": float(expected["date"] == got.get("date")),
        "fulfilment": float(expected["fulfilment"] == got.get("fulfilment")),
        "intent": float(expected["intent"] == got.get("intent")),
        "must_ask": len(asked & set(got.get("must_ask", ()))) / len(asked) if asked else 1.0,
    }
    severe = [*_invented_items(list((wanted - found).elements()), list((found - wanted).elements()))]
    if expected["date"] is None and got.get("date") is not None:
        severe.append(f"date {got['date']}")
    return Score({name: _WEIGHTS[name] * value for name, value in parts.items()}, tuple(severe))


def _key(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(item.get(name) for name in _FIELDS)


def _invented_items(missed: list[tuple[Any, ...]], extra: list[tuple[Any, ...]]) -> Iterable[str]:
    """Pair each wrong item with the missed one most like it; what it adds to that one is invented."""
    for item in extra:
        like = max(missed, key=lambda other: sum(a == b for a, b in zip(item, other, strict=True)), default=(None,) * 4)
        if like in missed:
            missed.remove(like)
        for name, label, value in zip(_FIELDS[:2], like, item, strict=False):
            if value is not None and value != label and label is None:
                yield f"{name} {value}"
