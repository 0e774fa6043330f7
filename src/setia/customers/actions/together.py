"""Households, relations, wishes and what somebody told about themselves."""

from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers import rules
from setia.customers.actions.indexing import NUMBERS, reindex
from setia.customers.actions.people import add_customer
from setia.customers.models import (
    Consent,
    ConsentState,
    Customer,
    Household,
    Identity,
    Preference,
    PreferenceKind,
    Profile,
    Purpose,
    Relation,
)
from setia.shops.models import Member

ASKED: Final = ("age_band", "household_size", "buys_for", "expects", "expects_words")
AGREED: Final = ("resells_what", "resells_where", "agreed_thanks", "agreed_amount")


def _may_remember(customer: Customer) -> bool:
    rows = Consent.objects.filter(customer=customer, purpose=Purpose.PROFILE).order_by("-at", "-pk")
    return rows.values_list("state", flat=True).first() == ConsentState.GIVEN


def _need_consent(customer: Customer, field: str) -> None:
    if not _may_remember(customer):
        text = _(
            "Ask first whether you may remember habits and wishes, and write the answer down under “May we write?”."
        )
        raise DomainError(text, code="consent_missing", field=field)


@transaction.atomic
def join_household(*, customer: Customer, other: Customer, role: str = "", name: str = "") -> Household:
    """Two live together, or share a purse: `customer` joins the household of `other`, which is made when new.

    `role`: what `customer` does in it (`collects`). A household nobody is left in goes.
    """
    if other.pk == customer.pk:
        raise DomainError(_("Choose two different people."), code="same", field="other")
    home = other.household
    if home is None:
        home = Household.objects.create(
            name=rules.tidy(name)[:80] or _("Family of %(name)s") % {"name": other.display_name[:60]}
        )
        _move(other, home, other.household_role)
    _move(customer, home, role)
    return home


@transaction.atomic
def leave_household(*, customer: Customer) -> None:
    """They do not belong to it any more."""
    _move(customer, None, "")


def _move(customer: Customer, home: Household | None, role: str) -> None:
    before = customer.household_id
    customer.household, customer.household_role = home, rules.tidy(role)[:40]
    customer.save(update_fields=["household", "household_role"])
    if before and before != (home.pk if home else None) and not Customer.objects.filter(household=before).exists():
        Household.objects.filter(pk=before).delete()
    events.record(
        verbs.HOUSEHOLD, subject=customer, customer_id=customer.pk, data={"household": home.pk if home else None}
    )


@transaction.atomic
def change_household(*, household: Household, name: str, note: str) -> Household:
    """What it is called, and what to know about it (`the child buys, the mother collects`)."""
    household.name, household.note = rules.tidy(name)[:80], rules.tidy(note)[:200]
    if not household.name:
        raise DomainError(_("Write a name for the household."), code="name_missing", field="name")
    household.save(update_fields=["name", "note"])
    events.record(verbs.HOUSEHOLD, subject=household, data={"household": household.pk})
    return household


@transaction.atomic
def relate(*, customer: Customer, other: Customer, kind: str, label: str = "") -> Relation:
    """Write down what `customer` is to `other`; the same again changes its words."""
    if customer.pk == other.pk:
        raise DomainError(_("Choose two different people."), code="same", field="other")
    row, _made = Relation.objects.update_or_create(
        customer=customer, other=other, kind=kind, defaults={"label": rules.tidy(label)[:60]}
    )
    events.record(verbs.RELATED, subject=row, customer_id=customer.pk, data={"other": other.pk, "kind": kind})
    return row


@transaction.atomic
def unrelate(*, relation: Relation) -> None:
    """Take it out again."""
    data = {"other": relation.other_id, "kind": relation.kind, "undo": 1}
    events.record(verbs.RELATED, subject=relation, customer_id=relation.customer_id, data=data)
    relation.delete()


@transaction.atomic
def add_preference(*, customer: Customer, kind: str, text: str, by: Member | None = None) -> Preference:
    """Write down a like, dislike or allergy. The last is about health: raises DomainError without their consent."""
    text = rules.tidy(text)[:120]
    if not text:
        raise DomainError(_("Write something first."), code="empty", field="text")
    if kind == PreferenceKind.ALLERGY:
        _need_consent(customer, "text")
    known = Preference.objects.filter(customer=customer, kind=kind, text__iexact=text).first()
    if known:
        return known
    row = Preference.objects.create(customer=customer, kind=kind, text=text, by=by)
    events.record(verbs.PREFERENCE, subject=row, customer_id=customer.pk, data={"kind": kind})
    return row


@transaction.atomic
def remove_preference(*, preference: Preference) -> None:
    """Forget it."""
    data = {"kind": preference.kind, "undo": 1}
    events.record(verbs.PREFERENCE, subject=preference, customer_id=preference.customer_id, data=data)
    preference.delete()


@transaction.atomic
def change_profile(*, customer: Customer, **changes: Any) -> Profile:
    """What they told about themselves (`ASKED`, only with the `profile` consent) and what was agreed (`AGREED`)."""
    if unknown := set(changes) - {*ASKED, *AGREED}:
        raise TypeError(f"Not of a profile: {sorted(unknown)}")
    profile = Profile.objects.select_for_update().filter(customer=customer).first() or Profile(customer=customer)
    changed = [name for name, value in changes.items() if getattr(profile, name) != value]
    if new := [name for name in changed if name in ASKED and changes[name] not in (None, "")]:
        _need_consent(customer, new[0])
    if changed:
        for name in changed:
            setattr(profile, name, changes[name])
        profile.save()
        events.record(verbs.PROFILED, subject=profile, customer_id=customer.pk, data={"fields": sorted(changed)})
    return profile


@transaction.atomic
def hand_over(*, identity: Identity, display_name: str, by: Member | None = None) -> Customer:
    """The number belongs to somebody new: they are written down with it, the history stays with the old person."""
    before = identity.customer
    if identity.kind not in NUMBERS:
        raise DomainError(_("Only a number can be handed on."), code="not_a_number")
    now = clock.now()
    Identity.objects.filter(customer=before, kind__in=NUMBERS, value=identity.value, superseded_at=None).update(
        superseded_at=now
    )
    person = add_customer(display_name=display_name, phone=identity.value, by=by)
    reindex(customer_ids=[before.pk])
    events.record(verbs.HANDED_OVER, subject=before, customer_id=before.pk, data={"other": person.pk})
    return person
