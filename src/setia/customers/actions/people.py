"""Write people down, change them, put them away and take them back."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.core import clock, events, phone
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers import rules
from setia.customers.actions.indexing import NUMBERS, reindex
from setia.customers.models import Customer, CustomerKind, Identity, IdentityKind
from setia.customers.survivors import survivor_of
from setia.shops.models import Language, Member, Shop

FIELDS = frozenset(
    {
        *("display_name", "kind", "source", "referred_by", "address", "district", "landmark", "language"),
        *("honorific", "nickname", "latitude", "longitude", "reach_by", "reach_hours", "speech", "greeting"),
    }
)
_LENGTHS = {"display_name": 120, "address": 200, "district": 60, "landmark": 120} | {
    "honorific": 20,
    "nickname": 40,
    "greeting": 60,
}


class NumberTaken(DomainError):
    """The number is known as somebody else's: `customer`."""

    def __init__(self, customer: Customer, *, field: str = "phone") -> None:
        self.customer = customer
        text = _("This number is already written down for %(name)s.") % {"name": customer.display_name}
        super().__init__(text, code="phone_taken", field=field)


def read_number(raw: str, *, field: str = "phone") -> str:
    """A number typed in `field` as E.164. Raises DomainError with the remedy."""
    try:
        return phone.normalise(raw).e164
    except phone.PhoneError as error:
        raise DomainError(_(error.message), code=error.code, field=field) from error


def holder(number: str) -> Customer | None:
    """The one whose number (E.164) it is now; None when nobody's or shared by several."""
    owned = Identity.objects.filter(kind__in=NUMBERS, value=number, shared=False, superseded_at=None)
    found = owned.select_related("customer").order_by("pk").first()
    return found.customer if found else None


def _clean(changes: dict[str, Any]) -> dict[str, Any]:
    """The same changes with tidy texts. Raises DomainError for what cannot be kept as it is."""
    cleaned = {name: rules.tidy(value) if name in _LENGTHS else value for name, value in changes.items()}
    if "display_name" in cleaned and not cleaned["display_name"]:
        raise DomainError(_("Write a name or a nickname."), code="name_missing", field="display_name")
    for name, most in _LENGTHS.items():
        if len(cleaned.get(name, "")) > most:
            text = _("This is too long. Shorten it to at most %(most)s characters.") % {"most": most}
            raise DomainError(text, code="too_long", field=name)
    if cleaned.get("referred_by") is not None:
        # who was put together with somebody is that one now, also where a page still shows the old entry
        cleaned["referred_by"] = survivor_of(cleaned["referred_by"])
    return cleaned


@transaction.atomic
def add_customer(
    *,
    display_name: str,
    phone: str = "",
    kind: str = CustomerKind.END,
    source: str = "",
    referred_by: Customer | None = None,
    address: str = "",
    district: str = "",
    landmark: str = "",
    language: str = Language.INDONESIAN,
    by: Member | None = None,
    **more: Any,
) -> Customer:
    """Write a person down, with a phone number (any usual writing) if they have one; `more`: others of `FIELDS`.

    Raises NumberTaken when the number is somebody's already, DomainError for a number or name that cannot be.
    Consent is not asked by being written down.
    """
    if unknown := set(more) - FIELDS:
        raise TypeError(f"Not a field of a customer: {sorted(unknown)}")
    fields = _clean(
        more
        | {
            "display_name": display_name,
            "kind": kind,
            "source": source,
            "referred_by": referred_by,
            "address": address,
            "district": district,
            "landmark": landmark,
            "language": language,
        }
    )
    number = read_number(phone) if phone else ""
    if number and (owner := holder(number)):
        raise NumberTaken(owner)
    customer = Customer.objects.create(**fields, name_key=rules.name_key(fields["display_name"]))
    if number:
        _claim_number(customer, number)
    reindex(customer_ids=[customer.pk])
    data = {"source": source, "kind": kind, "referred_by": referred_by.pk if referred_by else None}
    events.record(verbs.ADDED, subject=customer, customer_id=customer.pk, data=data)
    return customer


def _claim_number(customer: Customer, number: str) -> None:
    """Give a number to a customer who has none yet; somebody may have been quicker."""
    try:
        with transaction.atomic():
            Identity.objects.create(customer=customer, kind=IdentityKind.PHONE, value=number)
    except IntegrityError as error:
        owner = holder(number)
        if owner is None:
            raise
        raise NumberTaken(owner) from error


@transaction.atomic
def change_customer(*, customer: Customer, **changes: Any) -> Customer:
    """Change some of `FIELDS`; records which. Raises DomainError for a name left empty or a circle of referrals."""
    if unknown := set(changes) - FIELDS:
        raise TypeError(f"Not a changeable field of a customer: {sorted(unknown)}")
    cleaned = _clean(changes)
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    changed = [name for name, value in cleaned.items() if getattr(customer, name) != value]
    if not changed:
        return customer
    if "referred_by" in changed and cleaned["referred_by"]:
        # One at a time in a shop: two that are written down at once could close a circle that neither sees.
        Shop.objects.select_for_update(no_key=True).get(pk=customer.shop_id)
        _refuse_circle(customer, cleaned["referred_by"])
    for name in changed:
        setattr(customer, name, cleaned[name])
    customer.name_key = rules.name_key(customer.display_name)
    customer.save(update_fields=[*changed, "name_key"])
    if {"display_name", "nickname", "address", "district", "landmark"} & set(changed):
        reindex(customer_ids=[customer.pk])
    events.record(verbs.CHANGED, subject=customer, customer_id=customer.pk, data={"fields": sorted(changed)})
    return customer


def _refuse_circle(customer: Customer, referrer: Customer) -> None:
    above: set[int] = set()
    current: int | None = referrer.pk
    while current is not None and current not in above:
        above.add(current)
        current = Customer.objects.values_list("referred_by", flat=True).get(pk=current)
    if customer.pk in above:
        text = _("%(name)s was brought by this customer, so it cannot be the other way round as well.")
        raise DomainError(text % {"name": referrer.display_name}, code="circle", field="referred_by")


@transaction.atomic
def archive(*, customer: Customer) -> bool:
    """Put a customer away: out of lists and prompts, nothing is deleted. False when they were away already."""
    if not Customer.objects.filter(pk=customer.pk, archived_at=None).update(archived_at=clock.now()):
        return False
    events.record(verbs.ARCHIVED, subject=customer, customer_id=customer.pk)
    return True


@transaction.atomic
def restore(*, customer: Customer) -> bool:
    """Take a customer back from the archive. False when they were not there."""
    if not Customer.objects.filter(pk=customer.pk).exclude(archived_at=None).update(archived_at=None):
        return False
    events.record(verbs.RESTORED, subject=customer, customer_id=customer.pk)
    return True
