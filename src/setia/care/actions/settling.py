"""Offered, agreed, done, content: one settlement at a time."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setia.care import events as verbs
from setia.care.actions.complaints import record
from setia.care.models import Complaint, ComplaintState, Option, Settlement, SettlementState
from setia.core import clock
from setia.core.errors import DomainError
from setia.orders.models import Order
from setia.shops.models import Member


def _locked(complaint: Complaint) -> Complaint:
    row: Complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if row.closed_at is not None:
        raise DomainError(_("This matter is closed. Open it again first."), code="closed")
    return row


def _set(row: Complaint, state: ComplaintState, **more: object) -> None:
    row.state = state
    for name, value in more.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *more])


@transaction.atomic
def offer(*, complaint: Complaint, option: str, cost: int, value: int, note: str = "", by: Member) -> Settlement:
    """Offer a way to make it good. Raises DomainError while another offer stands, or for money off without a name."""
    row = _locked(complaint)
    if option not in Option.values:
        raise DomainError(_("Choose a way to make it good."), code="option", field="option")
    if cost < 0 or value < 0:
        raise DomainError(_("An amount is zero or more."), code="amount", field="value")
    if option == Option.DISCOUNT and (row.customer_id is None or value == 0):
        text = _("Money off next time needs a customer in the book and an amount.")
        raise DomainError(text, code="customer", field="option")
    try:
        with transaction.atomic():
            made: Settlement = Settlement.objects.create(
                complaint=row, option=option, cost=cost, value=value, note=note.strip()[:200], by=by
            )
    except IntegrityError as error:
        raise DomainError(_("Another offer still stands. Take it back first."), code="stands") from error
    _set(row, ComplaintState.OFFERED, answered_at=row.answered_at or clock.now())
    record(verbs.COMPLAINT_OFFERED, row, settlement=made.pk, option=option, step="offered")
    return made


@transaction.atomic
def accept(*, settlement: Settlement) -> bool:
    """They agree."""
    return _step(settlement, SettlementState.OFFERED, SettlementState.ACCEPTED, ComplaintState.ACCEPTED, "accepted")


@transaction.atomic
def refuse(*, settlement: Settlement) -> bool:
    """They want something else; the matter is open again."""
    return _step(settlement, SettlementState.OFFERED, SettlementState.REFUSED, ComplaintState.OPEN, "refused")


@transaction.atomic
def take_back(*, settlement: Settlement) -> bool:
    """A mistake: the offer goes, unless it was done."""
    row = _locked(settlement.complaint)
    taken = Settlement.objects.filter(pk=settlement.pk, state__in=("offered", "accepted"))
    if not taken.exists():
        return False
    taken.delete()
    _set(row, ComplaintState.OPEN)
    record(verbs.COMPLAINT_OFFERED, row, option=settlement.option, step="taken back")
    return True


def _step(settlement: Settlement, before: str, after: str, state: ComplaintState, said: str) -> bool:
    row = _locked(settlement.complaint)
    if not Settlement.objects.filter(pk=settlement.pk, state=before).update(state=after):
        return False
    _set(row, state)
    record(verbs.COMPLAINT_OFFERED, row, settlement=settlement.pk, option=settlement.option, step=said)
    return True


@transaction.atomic
def settle(*, settlement: Settlement, order: Order | None = None) -> bool:
    """What was agreed is done; now they are asked whether they are content."""
    row = _locked(settlement.complaint)
    now = clock.now()
    done = Settlement.objects.filter(pk=settlement.pk, state__in=("offered", "accepted"))
    if not done.update(state=SettlementState.DONE, done_at=now, order=order):
        return False
    _set(row, ComplaintState.DONE, settled_at=now)
    record(verbs.COMPLAINT_SETTLED, row, settlement=settlement.pk, option=settlement.option, value=settlement.value)
    return True


@transaction.atomic
def unsettle(*, settlement: Settlement) -> bool:
    """The order from which the money was taken off was called off: it may be taken off another."""
    row: Complaint = Complaint.objects.select_for_update().get(pk=settlement.complaint_id)
    done = Settlement.objects.filter(pk=settlement.pk, state=SettlementState.DONE)
    if not done.update(state=SettlementState.ACCEPTED, done_at=None, order=None):
        return False
    _set(row, ComplaintState.ACCEPTED, settled_at=None, closed_at=None, content=None)
    record(verbs.COMPLAINT_OFFERED, row, settlement=settlement.pk, option=settlement.option, step="accepted")
    return True


@transaction.atomic
def say_content(*, complaint: Complaint, content: bool) -> bool:
    """Whether they are content. Content closes the matter; if not, it is open again with its clock run down."""
    row = _locked(complaint)
    if row.state != ComplaintState.DONE:
        raise DomainError(_("First do what was agreed."), code="not_done")
    now = clock.now()
    if content:
        _set(row, ComplaintState.CLOSED, content=True, closed_at=now)
    else:
        Settlement.objects.filter(complaint=row, state=SettlementState.DONE).update(state=SettlementState.REFUSED)
        _set(row, ComplaintState.OPEN, content=False, settled_at=None, due_at=now)
    record(verbs.COMPLAINT_CLOSED if content else verbs.COMPLAINT_REOPENED, row, content=content)
    return True
