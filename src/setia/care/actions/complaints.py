"""A complaint is heard, looked into, and let go of in time."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from setia.care import events as verbs
from setia.care.models import (
    OPEN_STATES,
    CareSettings,
    Complaint,
    ComplaintNote,
    ComplaintPhoto,
    ComplaintState,
    Kind,
    Severity,
    Source,
)
from setia.care.rules import complaints as rules
from setia.conversations.models import Message
from setia.core import clock, events
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.orders.models import Line, Order
from setia.shops.models import Member
from setia.supply.models import Batch

CHANGEABLE: Final = ("kind", "severity", "order", "line", "batch", "cause", "boxes", "customer", "text")


def record(verb: str, row: Complaint, **more: Any) -> None:
    """Record an event of the complaint: `supply` reads complaint, batch and kind of it."""
    data = {"complaint": row.pk, "batch": row.batch_id, "kind": row.kind, "severity": row.severity, "state": row.state}
    events.record(verb, subject=row, customer_id=row.customer_id, data=data | more)


def _hours(severity: str) -> timedelta:
    settings = CareSettings.objects.first() or CareSettings()
    return timedelta(hours=getattr(settings, f"{severity}_hours"))


def _checked(kind: str, source: str, boxes: int) -> None:
    if kind not in Kind.values:
        raise DomainError(_("Say what was wrong."), code="kind", field="kind")
    if source not in Source.values:
        raise DomainError(_("Say where it was heard."), code="source", field="source")
    if not 1 <= boxes <= 999:
        raise DomainError(_("How many boxes? Between 1 and 999."), code="boxes", field="boxes")


@transaction.atomic
def open_complaint(
    *,
    kind: str,
    source: str,
    text: str = "",
    customer: Customer | None = None,
    order: Order | None = None,
    line: Line | None = None,
    batch: Batch | None = None,
    message: Message | None = None,
    boxes: int = 1,
    contact: str = "",
    by: Member | None = None,
) -> Complaint:
    """Write a complaint down; the clock runs from now by its severity. The same message twice is one complaint.

    Raises DomainError (`kind`, `boxes`).
    """
    _checked(kind, source, boxes)
    if message is not None and (known := Complaint.objects.filter(message=message).first()):
        return known
    order = order or (line.order if line else None)
    severity, now = rules.severity(kind), clock.now()
    row: Complaint = Complaint.objects.create(
        kind=kind,
        severity=severity,
        source=source,
        text=text.strip(),
        customer=customer or (order.customer if order else None),
        order=order,
        line=line,
        batch=batch,
        message=message,
        boxes=boxes,
        contact="" if customer else contact.strip()[:80],
        opened_at=now,
        opened_by=by,
        due_at=now + _hours(severity),
    )
    record(verbs.COMPLAINT_OPENED, row, source=source)
    return row


@transaction.atomic
def change_complaint(*, complaint: Complaint, **changes: Any) -> Complaint:
    """Change kind, severity, order, line, batch, cause, boxes, customer or words. A new severity renews the clock."""
    if unknown := set(changes) - set(CHANGEABLE):
        raise TypeError(f"Not a changeable field of a complaint: {sorted(unknown)}")
    row: Complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if changes.get("severity", row.severity) not in Severity.values:
        raise DomainError(_("How bad is it?"), code="severity", field="severity")
    _checked(changes.get("kind", row.kind), row.source, changes.get("boxes", row.boxes))
    if "kind" in changes and changes["kind"] != row.kind and "severity" not in changes:
        changes["severity"] = rules.severity(changes["kind"])
    if "cause" in changes:
        changes["cause"] = " ".join(changes["cause"].split())[:60]
    changed = [field for field, value in changes.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, changes[field])
    if "severity" in changed:
        row.due_at = row.opened_at + _hours(row.severity)
        changed.append("due_at")
    if "customer" in changed and row.customer_id:
        row.contact = ""
        changed.append("contact")
    if changed:
        row.save(update_fields=changed)
        record(verbs.COMPLAINT_CHANGED, row, fields=sorted(changed))
    return row


@transaction.atomic
def add_note(*, complaint: Complaint, text: str, by: Member | None) -> ComplaintNote:
    """What was said when somebody listened. Raises DomainError when empty."""
    if not text.strip():
        raise DomainError(_("Write down what was said."), code="empty", field="text")
    note: ComplaintNote = ComplaintNote.objects.create(complaint=complaint, text=text.strip()[:600], by=by)
    record(verbs.COMPLAINT_CHANGED, complaint, fields=["notes"])
    return note


@transaction.atomic
def add_photo(*, complaint: Complaint, photo: str) -> ComplaintPhoto:
    """A picture by its token. Raises DomainError when there are ten already."""
    if complaint.photos.count() >= 10:
        raise DomainError(_("Ten pictures are enough."), code="photos", field="photo")
    row: ComplaintPhoto = ComplaintPhoto.objects.create(complaint=complaint, photo=photo)
    record(verbs.COMPLAINT_CHANGED, complaint, fields=["photos"])
    return row


@transaction.atomic
def drop_complaint(*, complaint: Complaint) -> bool:
    """It was no complaint: it counts nowhere, and its batch is free of it."""
    rows = Complaint.objects.filter(pk=complaint.pk, state__in=OPEN_STATES)
    if not rows.update(state=ComplaintState.DROPPED, closed_at=clock.now()):
        return False
    complaint.refresh_from_db()
    record(verbs.COMPLAINT_CLOSED, complaint, batch=None, content=None)
    return True


@transaction.atomic
def close_nameless() -> int:
    """Low faces of people nobody knows were looked at: they count, and there is nobody to answer. How many."""
    rows = Complaint.objects.filter(
        state=ComplaintState.OPEN, source=Source.SURVEY, customer=None, contact="", severity=Severity.MINOR
    )
    closed = list(rows.select_for_update())
    rows.update(state=ComplaintState.CLOSED, closed_at=clock.now())
    for row in closed:
        record(verbs.COMPLAINT_CLOSED, row, content=None)
    return len(closed)


@transaction.atomic
def reopen(*, complaint: Complaint) -> bool:
    """Open again what was closed or dropped; a settlement that was done stays done."""
    row: Complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if row.closed_at is None:
        return False
    row.state = ComplaintState.DONE if row.settlements.filter(state="done").exists() else ComplaintState.OPEN
    row.closed_at, row.content = None, None
    row.save(update_fields=["state", "closed_at", "content"])
    record(verbs.COMPLAINT_REOPENED, row)
    return True


@transaction.atomic
def forget_closed() -> list[str]:
    """Let go of pictures and contacts of complaints closed longer ago than the shop keeps them.

    Returns the tokens of the pictures, which the caller removes after the transaction.
    """
    settings = CareSettings.objects.first() or CareSettings()
    until = clock.now() - timedelta(days=settings.keep_days)
    Complaint.objects.filter(closed_at__lt=until).exclude(contact="").update(contact="")
    gone = ComplaintPhoto.objects.filter(complaint__closed_at__lt=until)
    tokens = [token for token in gone.values_list("photo", flat=True) if token]
    gone.delete()
    return tokens
