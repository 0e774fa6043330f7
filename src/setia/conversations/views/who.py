"""Who a page is about: somebody of the customer book, or somebody new. The picker itself is the one of orders."""

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from setia.core.errors import DomainError
from setia.customers import actions as people_actions
from setia.customers import queries as people
from setia.customers.models import Customer, Source
from setia.shops.models import Member

NEWCOMER: Final = "new"
# Buttons that only look somebody up: nothing is saved, everything typed stays.
LOOKING: Final = ("find", "pick")
MOST_FOUND: Final = 6


@dataclass(frozen=True)
class Picked:
    """The one chosen: a customer, or somebody new with what was typed to find them."""

    customer: Customer | None = None
    newcomer: bool = False
    name: str = ""
    phone: str = ""
    source: str = ""
    told: str = ""
    teller: Customer | None = None


def looking(data: QueryDict) -> bool:
    """Whether the form was only sent to look somebody up."""
    return any(name in data for name in LOOKING)


def picked(data: QueryDict) -> Picked:
    """Whom a form, a link or a tap on the list chose."""
    value, typed = data.get("pick", data.get("customer", "")), data.get("who", "").strip()[:60]
    if value == NEWCOMER:
        number = sum(letter.isdigit() for letter in typed) >= 4
        name = data.get("display_name") or ("" if number else typed)
        chosen, told = data.get("referred_by", ""), data.get("told", "").strip()[:80]
        teller = people.everybody().filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < 19 else None
        same = people.namesakes(told) if told and teller is None else []
        return Picked(
            newcomer=True,
            name=name,
            phone=data.get("phone") or (typed if number else ""),
            source=data.get("source", "") if data.get("source", "") in Source.values else "",
            told=told,
            teller=same[0] if len(same) == 1 else teller,
        )
    if value.isdigit() and len(value) < 19:
        return Picked(customer=people.everybody().filter(pk=value).first())
    return Picked()


def picker(data: QueryDict, *, suggested: str = "") -> dict[str, Any]:
    """What `orders/_picker.html` names. `suggested`: a name to look for at first."""
    choice = picked(data)
    typed = data.get("who", "" if "pick" in data or "who" in data else suggested).strip()[:60]
    found = people.find(typed, limit=MOST_FOUND) if typed and not choice.customer and not choice.newcomer else []
    return {"picked": choice, "who": typed, "found": found, "phones": people.phones_of([one.pk for one in found])}


def person(data: QueryDict, *, by: Member) -> Customer | None:
    """The customer chosen, written down when new; None when nobody is. Raises DomainError as `add_customer`."""
    choice = picked(data)
    if not choice.newcomer:
        return choice.customer
    name = data.get("display_name", "").strip()
    if not name:
        raise DomainError(_("Write a name or a nickname."), code="name", field="display_name")
    if choice.told and choice.teller is None:
        text = _("Choose the person from the list, or leave this empty.")
        raise DomainError(text, code="told", field="told")
    return people_actions.add_customer(
        display_name=name,
        phone=data.get("phone", "").strip(),
        source=choice.source or (Source.WORD_OF_MOUTH if choice.teller else Source.CHAT),
        referred_by=choice.teller,
        by=by,
    )
