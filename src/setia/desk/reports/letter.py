"""The owner's letter of the week: what it tells, gathered once; and how it is said, in the reader's language."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from setia.care.rules.surveys import FEWEST
from setia.conversations import queries as conversations
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.desk.people_report import people_url
from setia.desk.reports import advice, objectives, spans
from setia.desk.reports.advice import Todo
from setia.orders.models import Line, Order, still_open
from setia.orders.queries import sales as numbers
from setia.promotions.queries import seasons as celebrations
from setia.segments import actions
from setia.segments import queries as segments
from setia.segments.models import Letter
from setia.segments.rules import all_of, condition, progress
from setia.web import amounts

NEEDS: Final = 3
SEASONS_WITHIN: Final = timedelta(days=21)
SEASONS: Final = 3
PUNCTUAL: Final = 90


@dataclass(frozen=True)
class Said:
    """A sentence of the letter, and where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Said]


def write() -> Letter | None:
    """Write the letter of this week, if it is wanted and not there yet; None where none is wanted."""
    report = segments.report("objectives")
    today = current_shop().today()
    week = today - timedelta(days=today.weekday())
    if not segments.letter_plan().on or report is None:
        return None
    return segments.letter_of(week) or actions.write_letter(week=week, facts=gathered(today, report.data))


def gathered(today: date, data: dict[str, Any]) -> dict[str, Any]:
    """All that the letter tells, as plain values: ids of people, no names."""
    week = spans.ending(today - timedelta(days=1), spans.WEEK)
    sold, before = numbers.total(week.since, week.until), numbers.total(week.before.since, week.before.until)
    punctual = numbers.on_time(week.since, week.until)
    slipping = segments.profiles(all_of(condition("standing", {"which": "slipping"}))).order_by("-spent", "pk")
    fresh = all_of(condition("first", week.asked))
    return {
        "since": week.since.isoformat(),
        "until": week.until.isoformat(),
        "orders": sold.orders,
        "amount": sold.amount,
        "before": before.amount,
        "new": segments.count(fresh),
        "kept": punctual.kept,
        "promises": punctual.of,
        "loyal": {name: data["loyal"][name] for name in ("figure", "joined", "slipping", "left")},
        "needs": list(slipping.values_list("customer_id", flat=True)[:NEEDS]),
        "unread": conversations.unread_count(),
        "unpaid": list(numbers.unpaid()),
        "coming": _coming(today),
        "seasons": _seasons(today),
        "measure": _furthest(data),
        "about": data,
    }


def _coming(today: date) -> list[int]:
    """Orders and boxes promised for the next seven days, today among them."""
    rows = Order.objects.filter(still_open(), due_on__range=(today, today + timedelta(days=6)))
    boxes = Line.objects.filter(order__in=rows).aggregate(n=Sum("quantity", default=0))["n"]
    return [rows.aggregate(n=Count("pk"))["n"], boxes]


def _seasons(today: date) -> list[list[Any]]:
    found = [
        season
        for season in celebrations.calendar((today, today + SEASONS_WITHIN))
        if season.starts >= today and not season.memorial and season.code != "payday"
    ]
    nearest = sorted(found, key=lambda season: season.starts)[:SEASONS]
    return [[season.name_id, season.name_en, season.starts.isoformat()] for season in nearest]


def _furthest(data: dict[str, Any]) -> str:
    """The measure that is furthest from its goal; the loyal customers while there is none."""
    goals = segments.goals()
    satisfied, buyers = data["satisfied"], data["buyers"]
    figures = {
        "loyal": data["loyal"]["figure"],
        "satisfied": objectives.share(satisfied["good"], satisfied["of"]) if satisfied["of"] >= FEWEST else None,
        "buyers": buyers["new"] + buyers["kept"] + buyers["back"],
        "sales": data["sales"]["amount"],
        "per_hour": objectives.rate(data["per_hour"]),
    }
    reached = {name: progress(figures[name], target) for name, target in goals.items()}
    known = [(percent, name) for name, percent in reached.items() if percent is not None and percent < 100]
    return min(known)[1] if known else "loyal"


# --- How it is said ---------------------------------------------------------------------------------------------------


def parts(letter: Letter) -> list[Part]:
    """The letter in four parts; one query for the names."""
    facts = letter.facts
    return [
        Part(_("What went well"), _well(facts)),
        Part(_("Who needs you"), _needs(facts)),
        Part(_("What is coming"), _ahead(facts)),
        Part(_("One suggestion"), [Said(_todo(facts).text, _todo(facts).url)]),
    ]


def plain(letter: Letter, page: str) -> str:
    """The same as a WhatsApp message; `page`: the full address of the letter."""
    blocks = [_("*Letter of the week of %(day)s*") % {"day": named(letter)}]
    for part in parts(letter):
        blocks.append("\n".join([f"*{part.title}*", *(f"• {line.text}" for line in part.lines)]))
    return "\n\n".join([*blocks, page])


def named(letter: Letter) -> str:
    """The week of a letter."""
    return date_format(letter.week, "j F Y")


def in_short(letter: Letter) -> str:
    """The letter in a sentence or two, for a message that must be short: what was sold, and who needs her first."""
    facts = letter.facts
    return " ".join(part[0].text for part in (_well(facts), _needs(facts)))


def _well(facts: dict[str, Any]) -> list[Said]:
    sales = f"{reverse('orders:sales')}?since={facts['since']}&until={facts['until']}"
    told = {"n": facts["orders"], "money": amounts.shown(facts["amount"])}
    lines = [
        Said(
            ngettext("%(n)s order, %(money)s in seven days.", "%(n)s orders, %(money)s in seven days.", told["n"])
            % told,
            sales,
        )
    ]
    if facts["before"] and facts["amount"] > facts["before"]:
        percent = round(100 * (facts["amount"] - facts["before"]) / facts["before"])
        lines.append(Said(_("That is %(percent)s%% more than the week before.") % {"percent": percent}, sales))
    if facts["new"]:
        asked = condition("first", {"since": facts["since"], "until": facts["until"]})
        text = ngettext(
            "%(n)s person bought for the first time.", "%(n)s people bought for the first time.", facts["new"]
        )
        lines.append(Said(text % {"n": facts["new"]}, people_url(asked)))
    loyal = facts["loyal"]
    if loyal["joined"]:
        text = ngettext(
            "%(n)s person became loyal in four weeks; there are %(all)s now.",
            "%(n)s people became loyal in four weeks; there are %(all)s now.",
            loyal["joined"],
        )
        url = people_url(condition("standing", {"which": "joined"}))
        lines.append(Said(text % {"n": loyal["joined"], "all": loyal["figure"]}, url))
    if facts["promises"] and (objectives.share(facts["kept"], facts["promises"]) or 0) >= PUNCTUAL:
        told = {"kept": facts["kept"], "of": facts["promises"]}
        lines.append(Said(_("%(kept)s of %(of)s promised orders were ready in time.") % told))
    return lines


def _needs(facts: dict[str, Any]) -> list[Said]:
    people = {row.pk: row for row in Customer.objects.filter(pk__in=facts["needs"], archived_at=None)}
    lines = [
        Said(
            _("%(name)s stays away longer than usual.") % {"name": people[pk].display_name},
            reverse("desk:customer", args=[pk]),
        )
        for pk in facts["needs"]
        if pk in people
    ]
    if facts["unread"]:
        text = ngettext("%(n)s chat waits for an answer.", "%(n)s chats wait for an answer.", facts["unread"])
        lines.append(Said(text % {"n": facts["unread"]}, reverse("conversations:list")))
    count, money = facts["unpaid"]
    if count:
        text = ngettext(
            "%(n)s order is not fully paid: %(money)s.", "%(n)s orders are not fully paid: %(money)s.", count
        )
        lines.append(Said(text % {"n": count, "money": amounts.shown(money)}, reverse("money:overview")))
    return lines or [Said(_("Nobody waits. Well done."))]


def _ahead(facts: dict[str, Any]) -> list[Said]:
    orders, boxes = facts["coming"]
    told = {"n": orders, "boxes": boxes}
    text = ngettext(
        "%(n)s order is promised for seven days, %(boxes)s boxes.",
        "%(n)s orders are promised for seven days, %(boxes)s boxes.",
        orders,
    )
    lines = [Said(text % told, reverse("orders:calendar"))]
    for indonesian, english, day in facts["seasons"]:
        name = indonesian if get_language() == "id" else english
        when = date_format(date.fromisoformat(day), "j F")
        lines.append(Said(_("%(name)s begins on %(day)s.") % {"name": name, "day": when}))
    return lines


def _todo(facts: dict[str, Any]) -> Todo:
    about, measure = facts["about"], facts["measure"]
    if measure == "buyers":
        return advice.buyers(about)
    chosen = {"satisfied": advice.satisfied, "sales": advice.sales, "per_hour": advice.per_hour}
    return chosen.get(measure, advice.loyal)(about[measure])
