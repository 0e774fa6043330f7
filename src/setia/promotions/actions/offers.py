"""Offers and their codes: written, changed, paused, ended; used in orders and given back."""

import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.orders.models import Fulfilment, Order
from setia.promotions import events as verbs
from setia.promotions.models import Offer, OfferKind, OfferPart, OfferState, OfferUse, Stacking, Voucher
from setia.promotions.queries import offers as reads
from setia.promotions.rules import offers as rules
from setia.shops.models import Member

CODE_LENGTH: Final = 6
MOST_CODES: Final = 1_000
BROUGHT: Final = (Fulfilment.DELIVERY, Fulfilment.COURIER)


@transaction.atomic
def save_offer(
    *, offer: Offer | None, parts: Mapping[int, int] | None = None, by: Member | None = None, **fields: Any
) -> Offer:
    """Write an offer, or change one. Raises DomainError for one that says nothing, or goes below what was used."""
    row = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk) if offer else Offer(by=by)
    for name, value in fields.items():
        setattr(row, name, value)
    _check(row, parts or {})
    row.stopped_at = row.stopped_at if _full(row) else None
    row.save()
    if row.kind == OfferKind.BUNDLE:
        OfferPart.objects.filter(offer=row).delete()
        OfferPart.objects.bulk_create(
            OfferPart(offer=row, variant_id=variant, quantity=quantity) for variant, quantity in (parts or {}).items()
        )
    _record(row, "written")
    return row


def _check(row: Offer, parts: Mapping[int, int]) -> None:
    wrong = {
        OfferKind.PERCENT: (not 1 <= row.percent <= 100, "percent", _("Between 1 and 100 percent.")),
        OfferKind.AMOUNT: (row.amount < 1, "amount", _("How much comes off?")),
        OfferKind.BUY_GET: (row.buy < 1 or row.get < 1, "buy", _("How many to buy, and how many are free?")),
        OfferKind.BUNDLE: (not parts or row.amount < 1, "amount", _("Which boxes, and what do they cost together?")),
        OfferKind.DELIVERY: (row.amount < 1, "amount", _("What does delivery cost, at most?")),
        OfferKind.SAMPLE: (row.variant_id is None, "variant", _("Which box is free?")),
    }
    says_nothing, name, problem = wrong[OfferKind(row.kind)]
    if says_nothing:
        raise DomainError(problem, code="empty", field=name)
    if row.ends_on and row.ends_on < row.starts_on:
        raise DomainError(_("It would end before it begins."), code="dates", field="ends_on")
    if row.limit and row.limit < row.used:
        problem = _("It was used %(n)s times already.") % {"n": row.used}
        raise DomainError(problem, code="limit", field="limit")
    if row.budget and row.budget < row.spent:
        raise DomainError(_("More than that was given away already."), code="budget", field="budget")


@transaction.atomic
def set_offer_state(*, offer: Offer, state: str) -> Offer:
    """Pause it, let it run again, or end it; each can be taken back."""
    if Offer.objects.filter(pk=offer.pk).exclude(state=state).update(state=state):
        _record(offer, str(state))
    offer.refresh_from_db()
    return offer


# --- Codes ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_shared_code(*, offer: Offer, code: str, limit: int = 0) -> Voucher:
    """A code that many may use, as it is written on a leaflet. Raises DomainError when it is taken."""
    key = rules.code_key(code)
    if len(key) < 3:
        raise DomainError(_("A code has at least three letters or digits."), code="short", field="code")
    try:
        with transaction.atomic():
            row = Voucher.objects.create(offer=offer, code=key, limit=limit)
    except IntegrityError as error:
        raise DomainError(_("This code exists already."), code="taken", field="code") from error
    _record(offer, "code")
    return row


@transaction.atomic
def add_single_codes(*, offer: Offer, count: int = 0, customers: list[Customer] | None = None) -> list[Voucher]:
    """Codes that work once each: so many for whoever holds them, or one for each of these customers."""
    owners: list[Customer | None] = list(customers) if customers else [None] * count
    if not 0 < len(owners) <= MOST_CODES:
        raise DomainError(_("Between 1 and %(n)s codes at once.") % {"n": MOST_CODES}, code="count", field="count")
    taken = set(Voucher.objects.values_list("code", flat=True))
    rows = []
    for owner in owners:
        code = _new_code(taken)
        taken.add(code)
        rows.append(Voucher(offer=offer, code=code, limit=1, customer=owner))
    made = Voucher.objects.bulk_create(rows)
    _record(offer, "codes", count=len(made))
    return made


def _new_code(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice(rules.ALPHABET) for _place in range(CODE_LENGTH))
        if code not in taken:
            return code


@transaction.atomic
def retire_voucher(*, voucher: Voucher, comes_back: bool = False) -> Voucher:
    """The code works no more; or again."""
    Voucher.objects.filter(pk=voucher.pk).update(retired_at=None if comes_back else clock.now())
    voucher.refresh_from_db()
    return voucher


# --- Used -------------------------------------------------------------------------------------------------------------


def use_offer(*, order: Order, offer_id: int, voucher_id: int | None, amount: int, by: Member | None) -> OfferUse:
    """Count one use, inside the transaction of the sale. The counters are conditional UPDATEs: of two who want the last
    one, one gets it. Raises DomainError for whoever came too late."""
    room = Q(limit=0) | Q(used__lt=F("limit"))
    money = Q(budget=0) | Q(budget__gte=F("spent") + amount)
    won = Offer.objects.filter(room, money, pk=offer_id, state=OfferState.ON).update(
        used=F("used") + 1, spent=F("spent") + amount
    )
    if not won:
        raise DomainError(_("This offer has just been used up."), code="used_up")
    # From here on the row of the offer is ours until the sale is written: what is counted below stays true.
    offer = Offer.objects.get(pk=offer_id)
    if OfferUse.objects.filter(order=order, offer=offer, given_back_at=None).exists():
        raise DomainError(_("This offer is in the order already."), code="twice")
    _check_person(offer, order)
    _check_stacking(offer, order)
    if offer.kind == OfferKind.DELIVERY and order.fulfilment not in BROUGHT:
        raise DomainError(_("This is for orders that are brought."), code="pickup")
    if voucher_id is not None:
        fits = Voucher.objects.filter(Q(limit=0) | Q(used__lt=F("limit")), pk=voucher_id, retired_at=None)
        if not fits.filter(Q(customer=None) | Q(customer_id=order.customer_id)).update(used=F("used") + 1):
            raise DomainError(_("This code has been used already."), code="used_up")
    if _full(offer, amount):
        Offer.objects.filter(pk=offer.pk, stopped_at=None).update(stopped_at=clock.now())
    use = OfferUse.objects.create(
        offer=offer, voucher_id=voucher_id, order=order, customer_id=order.customer_id, amount=amount, by=by
    )
    data = {"amount": amount, "order": order.pk}
    events.record(verbs.OFFER_USED, subject=offer, customer_id=order.customer_id, data=data)
    return use


def _full(offer: Offer, amount: int = 1) -> bool:
    """Whether one more use like the last one would not fit."""
    room = rules.room(limit=offer.limit, used=offer.used, budget=offer.budget, spent=offer.spent, amount=amount)
    return not room


def _check_person(offer: Offer, order: Order) -> None:
    if not offer.per_person:
        return
    if order.customer_id is None:
        raise DomainError(_("This offer is per person: say who buys."), code="nobody")
    if reads.uses_by(order.customer_id, [offer.pk]).get(offer.pk, 0) >= offer.per_person:
        raise DomainError(_("This customer has used the offer as often as it allows."), code="per_person")


def _check_stacking(offer: Offer, order: Order) -> None:
    others = OfferUse.objects.filter(order=order, given_back_at=None).exclude(offer=offer).select_related("offer")
    for other in others:
        alone = next((one for one in (offer, other.offer) if one.stacking == Stacking.ALONE), None)
        if alone is not None:
            problem = _("“%(name)s” is not given together with other offers.") % {"name": alone.name}
            raise DomainError(problem, code="stacking")


def give_offer_back(*, order: Order, offer_id: int) -> bool:
    """The order is called off, or the reduction taken out: the offer may be used again. Twice is once."""
    use = OfferUse.objects.filter(order=order, offer_id=offer_id, given_back_at=None).first()
    if use is None or not OfferUse.objects.filter(pk=use.pk, given_back_at=None).update(given_back_at=clock.now()):
        return False
    Offer.objects.filter(pk=offer_id).update(used=F("used") - 1, spent=F("spent") - use.amount, stopped_at=None)
    if use.voucher_id:
        Voucher.objects.filter(pk=use.voucher_id, used__gt=0).update(used=F("used") - 1)
    data = {"amount": use.amount, "order": order.pk}
    events.record(verbs.OFFER_GIVEN_BACK, subject=use, customer_id=order.customer_id, data=data)
    return True


def _record(offer: Offer, what: str, **more: Any) -> None:
    events.record(verbs.OFFER_CHANGED, subject=offer, data={"what": what, **more})
