"""What we learned, in honest sentences: silent where the evidence is thin."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.care.models import Option
from setia.customers.models import Source
from setia.desk.reports import proof
from setia.segments import queries as segments

NAMES: dict[str, str | Promise] = {
    "campaign": gettext_lazy("Offers and news"),
    "prompt": gettext_lazy("Messages that Today proposed"),
    "broadcast": gettext_lazy("Offers and news that went to everybody"),
    "thanks": gettext_lazy("Thank-you messages"),
    "settlement": gettext_lazy("Complaints that were settled"),
    "card": gettext_lazy("Points and stamps"),
    "reward": gettext_lazy("Rewards that were taken"),
    "friend": gettext_lazy("Thanks for bringing a friend"),
}


@dataclass(frozen=True)
class Test:
    """Tests of one kind pooled: so many more of 100 people bought."""

    name: str
    tests: int
    treated: int
    held_out: int
    effect: str
    low: str
    high: str
    thin: bool


@dataclass(frozen=True)
class Moment:
    """Purchases per person in four weeks, before and after."""

    name: str
    people: int
    before: str
    after: str
    thin: bool


def context() -> dict[str, Any]:
    """What the template names: one query."""
    found = segments.report("proof")
    if found is None:
        return {"report": None}
    data = found.data
    return {
        "report": found,
        "tests": [_test(row) for row in data["tests"]],
        "moments": [_moment(row) for row in data["moments"]],
        "learned": learned(data),
    }


def _name(kind: str) -> str:
    return str(NAMES.get(kind, kind))


def _hundred(number: float) -> str:
    return number_format(100 * number, 1)


def _test(row: dict[str, Any]) -> Test:
    shown = (_hundred(row[name]) for name in ("effect", "low", "high"))
    return Test(_name(row["kind"]), row["tests"], row["treated"], row["held_out"], *shown, thin=proof.thin(row))


def _moment(row: dict[str, Any]) -> Moment:
    shown = (number_format(row[name], 2) for name in ("before", "after"))
    return Moment(_name(row["kind"]), row["people"], *shown, thin=row["people"] < proof.ENOUGH)


def learned(data: dict[str, Any]) -> list[str]:
    """Sentences about what had a test with enough people; then about what had none, and how people stay."""
    return [
        *(sentence(row) for row in data["tests"] if not proof.thin(row)),
        *(without_test(row) for row in data["moments"] if row["people"] >= proof.ENOUGH),
        *(came_back(*row) for row in data["back"] if row[2] >= proof.ENOUGH),
        *(loyal_by_source(*row) for row in data["loyal_by_source"]),
    ]


def sentence(row: dict[str, Any]) -> str:
    """What a pooled test says: that it brings something, that it takes something away, or that it cannot be told."""
    told = {
        "what": _name(row["kind"]),
        "effect": _hundred(abs(row["effect"])),
        "low": _hundred(row["low"]),
        "high": _hundred(row["high"]),
        "n": row["treated"] + row["held_out"],
    }
    if row["low"] > 0:
        text = _(
            "%(what)s: of 100 people about %(effect)s more bought than without, likely between %(low)s and %(high)s. "
            "Tested on %(n)s people, some left out by lot."
        )
    elif row["high"] < 0:
        text = _(
            "%(what)s: of 100 people about %(effect)s fewer bought than without, likely between %(low)s and %(high)s. "
            "Tested on %(n)s people, some left out by lot."
        )
    else:
        text = _(
            "%(what)s: it cannot be told yet whether this brings buyers (of 100 people between %(low)s and %(high)s "
            "more). Tested on %(n)s people."
        )
    return text % told


def without_test(row: dict[str, Any]) -> str:
    """What happened before and after, said as exactly that."""
    text = _(
        "%(what)s: %(n)s people bought %(before)s times each in the four weeks before and %(after)s times in the four "
        "weeks after. Nobody was left out by lot, so there may be other reasons."
    )
    shown = {name: number_format(row[name], 2) for name in ("before", "after")}
    return text % {"what": _name(row["kind"]), "n": row["people"], **shown}


def came_back(option: str, came: int, of: int) -> str:
    """How many bought again after something was made good, said as exactly that."""
    text = _(
        "After a complaint was made good (%(way)s) %(came)s of %(of)s bought again within 60 days. Nobody was left out "
        "by lot, so some would have come anyway."
    )
    return text % {"way": Option(option).label, "came": came, "of": of}


def loyal_by_source(source: str, loyal: int, of: int, others: int, of_others: int) -> str:
    """Where loyal people come from, where this is more than chance."""
    text = _(
        "%(source)s: %(loyal)s of %(of)s buyers are loyal, of all others %(others)s of %(of_others)s. That is more "
        "than chance; why it is so is not known."
    )
    told = {"loyal": loyal, "of": of, "others": others, "of_others": of_others}
    return text % (told | {"source": dict(Source.choices).get(source, source)})
