"""The report on customers: who is new, who came back, what is expected, where they live. Numbers open people."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.customers.models import Source
from setia.segments import names, queries
from setia.segments.building import query_string
from setia.segments.models import ShopFit
from setia.segments.rules import Condition, all_of, condition
from setia.shops.models import Shop
from setia.web import amounts, charts

LATELY_DAYS = 30
PLACES = 12


@dataclass(frozen=True)
class Figure:
    """A number with its words and the people behind it."""

    number: int
    words: str
    url: str


@dataclass(frozen=True)
class CohortRow:
    label: str
    size: int
    size_url: str
    cells: list[charts.Cell]


@dataclass(frozen=True)
class Grid:
    heads: list[str]
    rows: list[CohortRow]


def people_url(*conditions: Condition) -> str:
    """The list of the people of whom all of these hold."""
    return f"{reverse('segments:people')}?{query_string(all_of(*conditions))}"


def context(shop: Shop) -> dict[str, Any]:
    """Everything the report shows: a constant number of queries."""
    fit, today = queries.shop_fit(), shop.today()
    known = fit.parameters.get("cohorts") if fit else None
    return {
        "fit": fit,
        "figures": _figures(today),
        "fresh": _months(known, 1) if known else [],
        "again": _months(known, 0) if known else [],
        "grid": _grid(known) if known and len(known["size"]) > 1 else None,
        "groups": _groups(),
        "values": _values(fit),
        "places": _places(),
        "sources": _sources(),
        "calibration": _calibration(fit),
    }


def _figures(today: date) -> list[Figure]:
    wanted = [
        (_("bought at least 3 times and still come"), [condition("loyal")]),
        (
            _("bought for the first time this month"),
            [condition("first", {"since": today.replace(day=1).isoformat()})],
        ),
        (_("bought in the last 30 days"), [condition("bought", {"what": "any", "days": LATELY_DAYS})]),
        (_("stay away longer than usual"), [condition("late")]),
    ]
    return [Figure(queries.count(all_of(*asked)), words, people_url(*asked)) for words, asked in wanted]


def _span(month: int) -> tuple[date, date]:
    """First and last day of a month counted as 12 * year + month - 1."""
    year, place = divmod(month, 12)
    return date(year, place + 1, 1), date(year, place + 1, monthrange(year, place + 1)[1])


def _between(month: int) -> dict[str, str]:
    first, last = _span(month)
    return {"since": first.isoformat(), "until": last.isoformat()}


def _months(known: dict[str, Any], new: int) -> list[charts.Bar]:
    """Columns by month: who bought for the first time (`new` 1), or who came again (0)."""
    rows = []
    for place, (bought, fresh) in enumerate(known["months"]):
        month = known["first"] + place
        first, _last = _span(month)
        count = fresh if new else bought - fresh
        asked = [condition("first", _between(month))]
        if not new:
            before = (first - timedelta(days=1)).isoformat()
            asked = [condition("between", _between(month)), condition("first", {"until": before})]
        rows.append((date_format(first, "M"), float(count), str(count), people_url(*asked) if count else ""))
    return charts.bars(rows, faint_last=True)


def _grid(known: dict[str, Any]) -> Grid:
    rows = []
    for place, (size, active) in enumerate(zip(known["size"], known["active"], strict=True)):
        month = known["first"] + place
        mine = condition("first", _between(month))
        cells = [
            charts.Cell(
                shown=f"{round(100 * count / size)}%" if size else "",
                shade=charts.shade(count / size if size else None),
                url=people_url(mine, condition("between", _between(month + later))) if count else "",
            )
            for later, count in enumerate(active[1:], start=1)
        ]
        cells += [charts.Cell("", -1, "")] * (len(known["size"]) - 1 - len(cells))
        label = date_format(_span(month)[0], "M Y")
        rows.append(CohortRow(label, size, people_url(mine) if size else "", cells))
    heads = [_("First bought in"), _("People"), *(f"+{later}" for later in range(1, len(rows)))]
    return Grid(heads, rows)


def _groups() -> list[charts.Rank]:
    sizes = queries.group_sizes()
    return charts.ranks(
        [
            (
                str(names.GROUPS[group]),
                float(sizes.get(int(group), 0)),
                str(sizes.get(int(group), 0)),
                people_url(condition("group", {"groups": [str(int(group))]})),
                "",
            )
            for group in names.SHOWN_GROUPS
        ]
    )


def _values(fit: ShopFit | None) -> list[charts.Rank]:
    """What each fifth of the customers is expected to bring within twelve months; nothing where it is not known."""
    bands = queries.value_bands()
    total = sum(expected for _fifth, _people, expected in bands)
    if not fit or not total:
        return []
    return charts.ranks(
        [
            (
                str(names.FIFTHS[str(fifth)]).capitalize(),
                float(expected),
                f"{round(100 * expected / total)}%",
                people_url(condition("value", {"fifths": [str(fifth)]})),
                _("%(n)s people, about %(money)s each")
                % {"n": people, "money": amounts.shown(_rough(expected, people))},
            )
            for fifth, people, expected in bands
        ]
    )


def _rough(expected: int, people: int) -> int:
    return round(expected / max(1, people) / 1000) * 1000


def _places() -> list[charts.Rank]:
    found = queries.districts(PLACES)
    return charts.ranks(
        [
            (name, float(count), str(count), people_url(condition("place", {"districts": [name]})), "")
            for name, count in found
        ]
    )


def _sources() -> list[charts.Rank]:
    labels = dict(Source.choices)
    return charts.ranks(
        [
            (
                str(labels.get(code, code)),
                float(count),
                str(count),
                people_url(condition("source", {"sources": [code]})),
                "",
            )
            for code, count in queries.sources()
        ]
    )


def _calibration(fit: ShopFit | None) -> dict[str, Any] | None:
    found = fit.parameters.get("calibration") if fit else None
    return {"percent": round(100 * found["share"]), "of": found["of"]} if found else None
