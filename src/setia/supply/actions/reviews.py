"""When a material becomes dearer: a review opens, the owner decides, prices change together, regulars know first."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.catalog import actions as catalog
from setia.catalog.models import Variant
from setia.conversations import actions as conversations
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.shops.models import Member
from setia.supply import events as verbs
from setia.supply import queries
from setia.supply.models import Material, MaterialPrice, PriceReview, ReviewOption, ReviewPrice, Supplier

# A rise smaller than this is the market's breath.
SMALLEST_RISE = 0.03
REMEMBERED = timedelta(days=90)


@transaction.atomic
def open_reviews(*, event: Event) -> PriceReview | None:
    """A price was noted: when the material became dearer and a product keeps less than wanted, ask for a decision.

    A review that is open already takes the new price; its first price stays the one to compare with.
    """
    material = Material.objects.filter(pk=event.subject_id, archived_at=None).first()
    if material is None:
        return None
    after = queries.current_prices().get(material.pk)
    waiting = PriceReview.objects.filter(material=material, decided_at=None).first()
    before = waiting.before if waiting else _price_before(material)
    if after is None or before is None or after < before * (1 + SMALLEST_RISE):
        if waiting is not None and after is not None:
            waiting.delete()
        return None
    review = waiting or PriceReview(material=material, before=before)
    review.after = after
    if not queries.affected(review):
        return None
    try:
        with transaction.atomic():
            review.save()
    except IntegrityError:  # another worker opened it
        return None
    if waiting is None:
        events.record(verbs.REVIEW_OPENED, subject=review, data={"before": before, "after": after})
    return review


def _price_before(material: Material) -> int | None:
    """The price that counted before the latest one: of the material's own supplier where it has one."""
    decided = PriceReview.objects.filter(material=material).exclude(decided_at=None).order_by("-pk").first()
    rows = MaterialPrice.objects.filter(material=material).order_by("-on", "-pk")
    if material.supplier_id and rows.filter(supplier_id=material.supplier_id).exists():
        rows = rows.filter(supplier_id=material.supplier_id)
    amounts = list(rows.values_list("amount", flat=True)[:2])
    before = amounts[1] if len(amounts) == 2 else None
    if decided is not None and decided.decided_at and decided.decided_at > clock.now() - REMEMBERED:
        return max(before or 0, decided.after) or None
    return before


@transaction.atomic
def decide(
    *,
    review: PriceReview,
    option: str,
    by: Member,
    effective_on: date | None = None,
    prices: dict[int, int] | None = None,
    reseller_prices: dict[int, int] | None = None,
    supplier: Supplier | None = None,
    announcement: str = "",
) -> PriceReview:
    """The owner's decision. New prices (by variant id) begin together on `effective_on`: list, picture, page and
    counter read the same table.

    `smaller`: the pack is changed by the owner among the products; the decision is kept. `supplier`: whose price counts
    from now on. Raises DomainError when decided already, for a day that is over, or for a price that is missing.
    """
    if review.decided_at is not None:
        raise DomainError(_("This was decided already."), code="decided")
    day = effective_on or current_shop().today()
    if day < current_shop().today():
        raise DomainError(_("This day is over. Prices can be set from today on."), code="past", field="effective_on")
    if option == ReviewOption.PRICE and not prices:
        raise DomainError(_("Write down at least one new price."), code="prices")
    if option == ReviewOption.SUPPLIER and supplier is None:
        raise DomainError(_("Choose the supplier."), code="supplier", field="supplier")
    if option == ReviewOption.PRICE:
        _set_prices(review, prices or {}, reseller_prices or {}, day)
    if option == ReviewOption.SUPPLIER:
        Material.objects.filter(pk=review.material_id).update(supplier=supplier)
    review.option, review.decided_at, review.decided_by = option, clock.now(), by
    review.effective_on, review.announcement = day, announcement.strip()
    review.save()
    events.record(verbs.REVIEW_DECIDED, subject=review, data={"option": option, "on": day.isoformat()})
    return review


def _set_prices(review: PriceReview, prices: dict[int, int], reseller_prices: dict[int, int], day: date) -> None:
    known = {row.variant.pk: row for row in queries.costings()}
    variants = {row.pk: row for row in Variant.objects.filter(pk__in=[*prices, *reseller_prices])}
    for pk, amount in prices.items():
        catalog.set_price(variant=variants[pk], amount=amount, valid_from=day)
        ReviewPrice.objects.create(review=review, variant_id=pk, before=known[pk].price or 0, after=amount)
    for pk, amount in reseller_prices.items():
        catalog.set_price(variant=variants[pk], amount=amount, valid_from=day, customer_kind="reseller")


@transaction.atomic
def announce(*, review: PriceReview, text: str, people: list[Customer], by: Member) -> int:
    """Prepare the honest announcement for regular customers; consent is checked when it is sent. How many.

    Whoever has no number is left out; asking again adds nobody twice.
    """
    if not text.strip():
        raise DomainError(_("Write the announcement first."), code="text", field="text")
    told = 0
    for person in people:
        try:
            conversations.queue_message(
                customer=person,
                text=text.replace("{nama}", person.display_name).replace("{name}", person.display_name),
                purpose="promotion",
                reference=f"price-review:{review.pk}",
                sent_by=by,
            )
        except DomainError:
            continue
        told += 1
    PriceReview.objects.filter(pk=review.pk, announced_at=None).update(
        announced_at=clock.now(), announcement=text.strip()[:600]
    )
    events.record(verbs.REVIEW_ANNOUNCED, subject=review, data={"people": told})
    return told
