"""By what people are recognised: adding, sharing, giving up."""

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers import rules
from setia.customers.actions.indexing import NUMBERS, reindex
from setia.customers.actions.people import NumberTaken, read_number
from setia.customers.models import Customer, Identity, IdentityKind

_VALUE_LENGTH = 140


def clean_value(kind: str, value: str) -> str:
    """The value as it is compared: numbers in E.164, email in small letters."""
    if kind in NUMBERS:
        return read_number(value, field="value")
    value = rules.tidy(value)
    if kind == IdentityKind.EMAIL:
        value = value.lower()
        if "@" not in value.strip("@"):
            text = _("This is not an email address. Example: ratna@example.com.")
            raise DomainError(text, code="email", field="value")
    if not value or len(value) > _VALUE_LENGTH:
        raise DomainError(_("Write between 1 and 140 characters."), code="length", field="value")
    return value


@transaction.atomic
def add_identity(*, customer: Customer, kind: str, value: str, shared: bool = False) -> Identity:
    """Add a number, card, email or id to a customer; the same again changes nothing.

    `shared`: several people use it; it then finds all of them and decides for none. Raises NumberTaken when a number
    is somebody else's alone, DomainError for a card or id that is.
    """
    value = clean_value(kind, value)
    current = Identity.objects.filter(kind=kind, value=value, superseded_at=None)
    mine = current.filter(customer=customer).first()
    if mine:
        return mine if mine.shared == shared else share_identity(identity=mine, shared=shared)
    if not shared:
        _refuse_taken(customer, kind, value)
    identity = Identity.objects.create(customer=customer, kind=kind, value=value, shared=shared)
    reindex(customer_ids=[customer.pk])
    events.record(verbs.IDENTIFIED, subject=identity, customer_id=customer.pk, data={"kind": kind, "change": "added"})
    return identity


def _refuse_taken(customer: Customer, kind: str, value: str) -> None:
    kinds = NUMBERS if kind in NUMBERS else (kind,)
    owned = Identity.objects.filter(kind__in=kinds, value=value, shared=False, superseded_at=None)
    other = owned.exclude(customer=customer).select_related("customer").first()
    if other is None:
        return
    if kind in NUMBERS:
        raise NumberTaken(other.customer, field="value")
    text = _("This already belongs to %(name)s.") % {"name": other.customer.display_name}
    raise DomainError(text, code="taken", field="value")


@transaction.atomic
def share_identity(*, identity: Identity, shared: bool) -> Identity:
    """Say whether several people use this. Raises NumberTaken when it is to be one person's and is another's."""
    if identity.shared != shared:
        if not shared:
            _refuse_taken(identity.customer, identity.kind, identity.value)
        identity.shared = shared
        identity.save(update_fields=["shared"])
        data = {"kind": identity.kind, "change": "shared" if shared else "own"}
        events.record(verbs.IDENTIFIED, subject=identity, customer_id=identity.customer_id, data=data)
    return identity


@transaction.atomic
def end_identity(*, identity: Identity) -> bool:
    """This is not the customer's any more; it stays in their history. False when it had ended already."""
    if not Identity.objects.filter(pk=identity.pk, superseded_at=None).update(superseded_at=clock.now()):
        return False
    data = {"kind": identity.kind, "change": "ended"}
    events.record(verbs.IDENTIFIED, subject=identity, customer_id=identity.customer_id, data=data)
    return True


@transaction.atomic
def take_back_identity(*, identity: Identity) -> bool:
    """It is the customer's after all. False when it had not ended; NumberTaken when it is somebody else's now."""
    identity.refresh_from_db()
    if identity.superseded_at is None:
        return False
    if not identity.shared:
        _refuse_taken(identity.customer, identity.kind, identity.value)
    Identity.objects.filter(pk=identity.pk).update(superseded_at=None)
    data = {"kind": identity.kind, "change": "added"}
    events.record(verbs.IDENTIFIED, subject=identity, customer_id=identity.customer_id, data=data)
    return True
