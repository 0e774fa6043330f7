"""What customers ask about their data: taken, answered, and the small wishes done at once."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.core.models import Route
from setia.core.scope import current_shop
from setia.customers import events as verbs
from setia.customers.models import ANSWER_WITHIN, ConsentHow, Customer, PrivacyRequest, RequestKind
from setia.shops import public
from setia.shops.models import Member

LINK: Final = "customer-data"


@transaction.atomic
def ask(
    *,
    customer: Customer,
    kind: str,
    how: str = ConsentHow.COUNTER,
    words: str = "",
    by: Member | None = None,
) -> PrivacyRequest:
    """Write down what somebody asks; the 72 hours run from now. The same wish still open is not written twice."""
    words = words.strip()[:500]
    if kind == RequestKind.CORRECT and not words:
        raise DomainError(_("Write what is to be corrected."), code="words_missing", field="words")
    open_one = PrivacyRequest.objects.filter(customer=customer, kind=kind, done_at=None).first()
    if open_one:
        if words and words not in open_one.words:
            open_one.words = f"{open_one.words}\n{words}".strip()[:500]
            open_one.save(update_fields=["words"])
        return open_one
    now = clock.now()
    wish = PrivacyRequest.objects.create(
        customer=customer,
        kind=kind,
        how=how,
        words=words,
        received_at=now,
        due_at=now + ANSWER_WITHIN,
        taken_by=by,
    )
    events.record(verbs.PRIVACY_ASKED, subject=wish, customer_id=customer.pk, data={"kind": kind, "how": str(how)})
    return wish


def ask_by_link(*, customer: Customer, kind: str, words: str = "") -> PrivacyRequest:
    """The same, by the customer on their own page."""
    return ask(customer=customer, kind=kind, how=ConsentHow.FORM, words=words)


@transaction.atomic
def answer(
    *, wish: PrivacyRequest, outcome: str = "", refused: bool = False, by: Member | None = None
) -> PrivacyRequest:
    """The wish is met, or refused with a reason. Raises DomainError for a refusal without one."""
    outcome = outcome.strip()[:300]
    if refused and not outcome:
        raise DomainError(_("Write why, so that you can tell them."), code="reason_missing", field="outcome")
    changed = PrivacyRequest.objects.filter(pk=wish.pk, done_at=None).update(
        done_at=clock.now(), refused=refused, outcome=outcome, done_by=by
    )
    wish.refresh_from_db()
    if changed:
        data = {"kind": wish.kind, "refused": refused}
        events.record(verbs.PRIVACY_ANSWERED, subject=wish, customer_id=wish.customer_id, data=data)
    return wish


def _met(customer: Customer, kind: str, by: Member | None) -> None:
    for wish in PrivacyRequest.objects.filter(customer=customer, kind=kind, done_at=None):
        answer(wish=wish, by=by)


@transaction.atomic
def restrict(*, customer: Customer, by: Member | None = None) -> bool:
    """Only keep their data from now on: out of lists and prompts, nothing is sent. False when it was so already."""
    now = clock.now()
    changed = Customer.objects.filter(pk=customer.pk, restricted_at=None, erased_at=None).update(restricted_at=now)
    if changed:
        Customer.objects.filter(pk=customer.pk, archived_at=None).update(archived_at=now)
        events.record(verbs.RESTRICTED, customer_id=customer.pk, subject=customer, data={"restricted": True})
    _met(customer, RequestKind.RESTRICT, by)
    return bool(changed)


@transaction.atomic
def lift(*, customer: Customer) -> bool:
    """Their data may be used again. False when it was not restricted."""
    rows = Customer.objects.filter(pk=customer.pk, erased_at=None).exclude(restricted_at=None)
    changed = rows.update(restricted_at=None, archived_at=None)
    if changed:
        events.record(verbs.RESTRICTED, customer_id=customer.pk, subject=customer, data={"restricted": False})
    return bool(changed)


@transaction.atomic
def shown(*, customer: Customer, how: str, by: Member | None = None) -> None:
    """Their data was printed for them, or they opened their own page."""
    events.record(verbs.SHOWN, subject=customer, customer_id=customer.pk, data={"how": how})
    _met(customer, RequestKind.SHOW, by)


def link_to(customer: Customer) -> str:
    """Path of the page of what is kept about them, to be sent to them; made at the first asking."""
    return public.link("customer_data:page", LINK, customer.pk)


def open_link(customer: Customer) -> str:
    """The path of their page when it was made before, else empty."""
    known = Route.objects.filter(kind=LINK, shop=current_shop(), object_id=customer.pk).exists()
    return link_to(customer) if known else ""


def close_link(customer: Customer) -> None:
    """The link opens nothing any more."""
    public.close(LINK, customer.pk)
