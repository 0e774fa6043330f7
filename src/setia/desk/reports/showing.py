"""The page of the four objectives: last night's figures laid out, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.care.rules.surveys import FEWEST
from setia.customers.models import CustomerKind
from setia.desk.people_report import people_url
from setia.desk.reports import advice
from setia.desk.reports.cards import Card, Fact, bars, goal_of, part_of, people, told
from setia.desk.reports.objectives import rate, share
from setia.segments import queries as segments
from setia.segments.rules import condition
from setia.web import amounts


def context() -> dict[str, Any]:
    """What the template names: a constant number of queries."""
    found = segments.report("objectives")
    if found is None:
        return {"report": None}
    data, goals = found.data, segments.goals()
    return {
        "report": found,
        "since": date.fromisoformat(data["since"]),
        "until": date.fromisoformat(data["until"]),
        "loyal": _loyal(data["loyal"], goals),
        "cards": [
            _satisfied(data["satisfied"], goals),
            _buyers(data, goals),
            _sales(data["sales"], goals),
            _per_hour(data["per_hour"], goals),
        ],
        "benefits": benefits(data["loyal"]["benefits"]),
    }


def _loyal(data: dict[str, Any], goals: dict[str, float]) -> Card:
    words = {
        "joined": _("became loyal in the last 4 weeks"),
        "slipping": _("slip away: later than usual"),
        "left": _("were loyal 4 weeks ago, not any more"),
    }
    facts = [
        Fact(text, people(data[which]), people_url(condition("standing", {"which": which})))
        for which, text in words.items()
    ]
    return Card(
        key="loyal",
        title=_("Loyal customers"),
        shown=people(data["figure"]),
        words=_("bought at least 3 times and still come"),
        url=people_url(condition("loyal")),
        goal=goal_of("loyal", data["figure"], goals),
        chart=bars([(day, number, people(number), "") for day, number in data["trend"]]),
        chart_title=_("Loyal customers every four weeks, for a year"),
        facts=facts,
        todo=advice.loyal(data),
    )


def _satisfied(data: dict[str, Any], goals: dict[str, float]) -> Card:
    enough = data["of"] >= FEWEST
    percent = share(data["good"], data["of"]) if enough else None
    rows = [(day, share(good, of), told("satisfied", share(good, of)), "") for day, good, of in data["trend"]]
    told_why = _("A figure is shown from %(n)s answers on; below that chance would speak.") % {"n": FEWEST}
    return Card(
        key="satisfied",
        title=_("Satisfaction"),
        shown=f"{told('satisfied', percent)} ± {round(data['margin'])}" if enough else "–",
        words=_("of those who answered are content (4 or 5 of 5)"),
        url=reverse("care:satisfaction"),
        goal=goal_of("satisfied", percent, goals),
        chart=bars(rows) if any(of for _day, _good, of in data["trend"]) else [],
        chart_title=_("Content, of 100 who said, by week"),
        facts=_satisfied_facts(data),
        todo=advice.satisfied(data),
        notes=() if enough and data["nps"]["n"] >= FEWEST else (told_why,),
    )


def _satisfied_facts(data: dict[str, Any]) -> list[Fact]:
    nps, complaints = data["nps"], data["complaints"]
    page, promised = reverse("care:satisfaction"), reverse("desk:promised")
    recommend = f"{round(nps['value']):+} ± {round(nps['margin'])}" if nps["n"] >= FEWEST else "–"
    return [
        Fact(_("answers in four weeks"), people(data["of"]), page),
        Fact(_("would tell others (−100 to 100), 13 weeks"), recommend, page),
        Fact(_("complaints answered in time, 13 weeks"), part_of(complaints["in_time"], complaints["of"]), promised),
        Fact(_("content with how it was made good"), part_of(complaints["content"], complaints["asked"]), promised),
        Fact(_("orders ready in time"), told("satisfied", share(data["kept"], data["promises"]))),
    ]


def buyers_urls(data: dict[str, Any]) -> dict[str, str]:
    """The lists behind new, kept, back and all buyers of the four weeks."""
    since = date.fromisoformat(data["since"])
    now = {"since": data["since"], "until": data["until"]}
    run_up = advice.run_up(since)
    inside, earlier = condition("between", now), condition("between", run_up)
    before = condition("first", {"until": advice.day_before(run_up["since"])})
    return {
        "new": people_url(condition("first", now)),
        "kept": people_url(inside, earlier),
        "back": people_url(inside, condition("between", run_up, negated=True), before),
        "all": people_url(inside),
    }


def _buyers(data: dict[str, Any], goals: dict[str, float]) -> Card:
    mine, urls = data["buyers"], buyers_urls(data)
    total = mine["new"] + mine["kept"] + mine["back"]
    inside = condition("between", {"since": data["since"], "until": data["until"]})
    kinds = dict(CustomerKind.choices)
    facts = [
        Fact(_("new"), people(mine["new"]), urls["new"]),
        Fact(_("kept: bought within 12 weeks before"), people(mine["kept"]), urls["kept"]),
        Fact(_("back after a longer time"), people(mine["back"]), urls["back"]),
    ]
    facts += [
        Fact(str(kinds.get(code, code)), people(number), people_url(inside, condition("kind", {"kinds": [code]})))
        for code, number in mine["kinds"]
    ]
    facts += [
        Fact(name, people(number), people_url(inside, condition("place", {"districts": [name]})))
        for name, number in mine["places"]
    ]
    return Card(
        key="buyers",
        title=_("Customer base"),
        shown=people(total),
        words=_("people bought in four weeks"),
        url=urls["all"],
        goal=goal_of("buyers", total, goals),
        chart=bars([(day, n + k + b, people(n + k + b), "") for day, n, k, b in mine["trend"]]),
        chart_title=_("People who bought, every four weeks, for a year"),
        facts=facts,
        todo=advice.buyers(data),
    )


def _sales(data: dict[str, Any], goals: dict[str, float]) -> Card:
    def part(pair: list[int]) -> str:
        return f"{told('sales', pair[1])} · {share(pair[1], data['amount']) or 0}%"

    margin = data["margin"]
    kept = share(margin["money"] - margin["cost"], margin["money"])
    facts = [
        Fact(_("by people who came again"), part(data["again"])),
        Fact(_("by new people"), part(data["new"])),
        Fact(_("without a name"), part(data["nameless"])),
        Fact(_("average order"), amounts.shown(round(data["amount"] / data["orders"])) if data["orders"] else "–"),
        Fact(_("kept after ingredients and work"), told("satisfied", kept), reverse("supply:costs")),
    ]
    notes = []
    if margin["money"] < margin["all"]:
        percent = share(margin["money"], margin["all"]) or 0
        notes.append(
            _("Reckoned by today's cost sheet; %(percent)s%% of the sales have a known cost.") % {"percent": percent}
        )
    page = reverse("orders:sales")
    rows = [
        (since, amount, told("sales", amount).removeprefix("Rp").strip(), f"{page}?since={since}&until={until}")
        for since, until, amount in data["trend"]
    ]
    return Card(
        key="sales",
        title=_("Sales"),
        shown=told("sales", data["amount"]),
        words=ngettext("%(n)s order in four weeks", "%(n)s orders in four weeks", data["orders"])
        % {"n": people(data["orders"])},
        url=f"{page}?days=30",
        goal=goal_of("sales", data["amount"], goals),
        chart=bars(rows),
        chart_title=_("Sales by week"),
        facts=facts,
        todo=advice.sales(data),
        notes=notes,
    )


def _per_hour(data: dict[str, Any], goals: dict[str, float]) -> Card:
    figure = rate(data)
    reply = _("%(n)s minutes") % {"n": data["minutes"]} if data["minutes"] is not None else "–"
    facts = [
        Fact(_("people served per hour"), told("per_hour", rate(data, "served"))),
        Fact(_("hours of work in four weeks"), told("per_hour", data["hours"]), reverse("team:week")),
        Fact(_("half of the first answers come within"), reply, reverse("conversations:evening")),
    ]
    rows = [(day, rate(row), told("per_hour", rate(row)), "") for day, row in data["trend"]]
    return Card(
        key="per_hour",
        title=_("Productivity"),
        shown=told("per_hour", figure),
        words=_("orders handed over per hour of work, on days with shifts"),
        url="",
        goal=goal_of("per_hour", figure, goals),
        chart=bars(rows) if any(row["hours"] for _day, row in data["trend"]) else [],
        chart_title=_("Orders per hour, by week"),
        facts=facts,
        todo=advice.per_hour(data),
    )


@dataclass(frozen=True)
class Benefit:
    """One of the three benefits of loyalty: loyal people beside the others."""

    title: str
    loyal: str
    others: str


def benefits(data: dict[str, Any]) -> list[Benefit]:
    """Purchases per customer, cost to serve, word of mouth; nothing while one side is empty."""
    loyal, others = data["loyal"], data["others"]
    if not (loyal["people"] and others["people"]):
        return []
    rows = (
        (_("Purchases each, in 13 weeks"), "purchases", "people", 1),
        (_("Messages they write per purchase"), "messages", "purchases", 1),
        (_("New customers brought in a year, per 100 people"), "friends", "people", 100),
    )
    return [
        Benefit(title, *(_per(side[above], side[below], times) for side in (loyal, others)))
        for title, above, below, times in rows
    ]


def _per(above: float, below: float, times: int) -> str:
    return number_format(times * above / below, 1 if times > 1 else 2) if below else "–"
