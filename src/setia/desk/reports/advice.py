"""The ONE thing to do about each objective: chosen from its figures, in a sentence with where to go."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.care.rules.surveys import FEWEST
from setia.desk.people_report import people_url
from setia.desk.reports.objectives import share
from setia.desk.reports.spans import KEPT
from setia.segments.rules import condition

CONTENT, PUNCTUAL, SLOW_MINUTES = 80, 90, 30


@dataclass(frozen=True)
class Todo:
    """A sentence, and the page where it is done."""

    text: str
    url: str


def run_up(since: date) -> dict[str, str]:
    """The twelve weeks before a day, as the values of a condition."""
    return {
        "since": (since - timedelta(days=KEPT)).isoformat(),
        "until": (since - timedelta(days=1)).isoformat(),
    }


def day_before(day: str) -> str:
    """The day before, both as ISO text."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def loyal(data: dict[str, Any]) -> Todo:
    """Who slips is asked how they are; else those on their way are looked after."""
    if data["slipping"]:
        text = ngettext(
            "Write to the %(n)s loyal person who is slipping away.",
            "Write to the %(n)s loyal people who are slipping away.",
            data["slipping"],
        )
        return Todo(text % {"n": data["slipping"]}, people_url(condition("standing", {"which": "slipping"})))
    if data["left"]:
        text = _("Ask those who were loyal what they missed.")
        return Todo(text, people_url(condition("standing", {"which": "left"})))
    return Todo(
        _("Look after those who bought twice: the third purchase makes the habit."),
        people_url(condition("purchases", {"least": 2, "most": 2})),
    )


def satisfied(data: dict[str, Any]) -> Todo:
    """First hear enough people, then answer complaints, then keep promises, then look at what displeased."""
    if data["of"] < FEWEST:
        return Todo(_("Ask at the counter how it tasted: too few have said so to know."), reverse("care:poster"))
    complaints = data["complaints"]
    if complaints["of"] and (share(complaints["in_time"], complaints["of"]) or 0) < PUNCTUAL:
        return Todo(_("Answer complaints sooner: too many waited longer than promised."), reverse("care:board"))
    if data["promises"] and (share(data["kept"], data["promises"]) or 0) < PUNCTUAL:
        return Todo(
            _("Bake for the hour that was promised: too many orders are ready late."), reverse("orders:kitchen")
        )
    if (share(data["good"], data["of"]) or 0) < CONTENT:
        return Todo(_("Look at the chats of the day: what displeases people?"), reverse("conversations:evening"))
    return Todo(_("People are content: ask them to tell friends."), people_url(condition("loyal")))


def buyers(data: dict[str, Any]) -> Todo:
    """The new of some weeks ago who did not come again, else those who stay away."""
    until = date.fromisoformat(data["until"])
    new = {"since": (until - timedelta(days=90)).isoformat(), "until": (until - timedelta(days=21)).isoformat()}
    if data["buyers"]["new"] or data["buyers"]["kept"]:
        return Todo(
            _("Invite those who were new and bought only once to come again."),
            people_url(condition("first", new), condition("purchases", {"least": 1, "most": 1})),
        )
    return Todo(_("Write to those who stay away longer than usual."), people_url(condition("late")))


def sales(data: dict[str, Any]) -> Todo:
    """Too little is kept: look at costs. Much without a name: ask for names. Else sell more to those who come."""
    margin = data["margin"]
    kept = share(margin["money"] - margin["cost"], margin["money"])
    if kept is None:
        return Todo(
            _("Write down what a box costs, so that you see what is left of its price."), reverse("supply:costs")
        )
    if kept < margin["target"]:
        return Todo(_("Less is left than you want: look at what your boxes cost."), reverse("supply:costs"))
    if (share(data["nameless"][1], data["amount"]) or 0) > 30:
        return Todo(_("Ask for the name at the counter: much is sold without one."), reverse("orders:counter"))
    return Todo(_("See what goes well together, and offer it with the next order."), reverse("orders:hint_report"))


def per_hour(data: dict[str, Any]) -> Todo:
    """Without shifts nothing can be told; then quick answers; then hours where people come."""
    if not data["hours"]:
        return Todo(
            _("Write down who works when: then it can be told how much is done in an hour."), reverse("team:week")
        )
    if data["minutes"] is not None and data["minutes"] > SLOW_MINUTES:
        return Todo(_("Answer chats sooner: prepared answers help."), reverse("conversations:evening"))
    return Todo(_("Put more hours on the days on which most is fetched."), reverse("team:week"))
