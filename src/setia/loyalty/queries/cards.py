"""Cards: balances, rewards within reach, what is about to lapse, what happened."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.core.models import Route
from setia.core.prepared import prepared
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty.models import (
    Account,
    Membership,
    Programme,
    Redemption,
    Unit,
)


def programme() -> Programme:
    """The shop's rules; the unsaved usual ones, switched off, while the owner has set none."""
    return next(iter(_programme()), None) or Programme()


@prepared
def _programme() -> QuerySet[Programme]:
    return Programme.objects.order_by("pk")[:1]


def counted(unit: str, amount: int) -> str:
    """`12 stamps`, `1 point`, in the active language."""
    if unit == Unit.STAMPS:
        return ngettext("%(n)s stamp", "%(n)s stamps", amount) % {"n": amount}
    return ngettext("%(n)s point", "%(n)s points", amount) % {"n": amount}


def balance_words(account: Account | None, rules: Programme) -> str:
    """`120 points and 7 stamps`, of what the programme counts; empty where it counts nothing."""
    held = [counted(unit, getattr(account, unit) if account else 0) for unit in rules.units]
    return _(" and ").join(held)


def account_of(customer_id: int) -> Account | None:
    """Whose card it is: the customer's, or the household's they collect on; None before the first."""
    row = next(iter(_membership(customer_id)), None)
    return row.account if row else None


@prepared
def _membership(customer_id: int) -> QuerySet[Membership]:
    return Membership.objects.select_related("account").filter(customer_id=customer_id)


# The kind of the public link to a customer's own page; the same code leads from the card's QR to the counter.
LINK = "loyalty-card"


def holder(token: str) -> Customer | None:
    """Whose card has this code."""
    route = Route.objects.filter(kind=LINK, key=token, shop=current_shop()).first()
    found = Customer.objects.select_related("merged_into").filter(pk=route.object_id).first() if route else None
    if found is not None and found.merged_into is not None:
        found = found.merged_into
    return found if found is not None and found.archived_at is None else None


def card_token(customer_id: int) -> str:
    """The code of a customer's card; empty before the first."""
    route = Route.objects.filter(kind=LINK, shop=current_shop(), object_id=customer_id).first()
    return route.key if route else ""


def accounts() -> QuerySet[Account]:
    """Cards in use."""
    return Account.objects.filter(closed_at=None)


def members_of(account_id: int) -> list[Customer]:
    """Who collects on a card, who began it first."""
    rows = Membership.objects.filter(account_id=account_id).select_related("customer").order_by("joined_at", "pk")
    return [row.customer for row in rows]


def household_of(customer: Customer) -> list[Customer]:
    """Others of the customer's household who do not collect on the same card yet."""
    if customer.household_id is None:
        return []
    rows = Customer.objects.filter(household_id=customer.household_id, archived_at=None).exclude(pk=customer.pk)
    account = account_of(customer.pk)
    if account is not None:
        rows = rows.exclude(pk__in=Membership.objects.filter(account=account).values("customer_id"))
    return list(rows.order_by("pk"))


def first_member(account_id: int) -> Customer | None:
    """Who began the card."""
    return next(iter(members_of(account_id)), None)


def redemptions_of(account: Account, limit: int = 10) -> list[Redemption]:
    """Rewards that were taken, the latest first; with who took them."""
    rows = Redemption.objects.filter(account=account).select_related("customer", "order", "by")
    return list(rows.order_by("-at", "-pk")[:limit])


def redemption(pk: int) -> Redemption | None:
    """One of them."""
    return Redemption.objects.select_related("account", "order").filter(pk=pk).first()


def best_cards(limit: int = 8) -> list[tuple[Account, list[Customer]]]:
    """Cards with the most on them, with their people."""
    unit = programme().main_unit
    cards = list(accounts().filter(**{f"{unit}__gt": 0}).order_by(f"-{unit}", "pk")[:limit])
    people: dict[int, list[Customer]] = {}
    rows = Membership.objects.filter(account__in=cards).select_related("customer").order_by("joined_at", "pk")
    for row in rows:
        people.setdefault(row.account_id, []).append(row.customer)
    return [(card, people.get(card.pk, [])) for card in cards]


def owners(account_ids: Iterable[int]) -> dict[int, Customer]:
    """Who is written to about each card: the first of its people who is not put away."""
    rows = Membership.objects.filter(account_id__in=list(account_ids), customer__archived_at=None)
    found: dict[int, Customer] = {}
    for row in rows.select_related("customer").order_by("joined_at", "pk"):
        found.setdefault(row.account_id, row.customer)
    return found
