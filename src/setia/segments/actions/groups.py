"""Groups of people: saved, changed, taken out and taken back."""

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from setia.core import clock, events
from setia.core.errors import DomainError
from setia.segments import events as verbs
from setia.segments import queries, rules
from setia.segments.models import Segment, SegmentKind, SegmentMember
from setia.shops.models import Member

LONGEST_NAME = 60


@transaction.atomic
def save_segment(*, name: str, rule: rules.Rule, kind: str = SegmentKind.LIVING, by: Member | None = None) -> Segment:
    """Keep a group: `living` finds its people anew every time, `fixed` keeps those it finds now.

    Raises DomainError for a name that is empty or taken.
    """
    segment = Segment(name=_clean(name), kind=kind, rule=rules.write(rule), by=by)
    _keep(segment)
    _fill(segment)
    events.record(verbs.SAVED, subject=segment, data={"kind": kind, "size": segment.size})
    return segment


@transaction.atomic
def change_segment(*, segment: Segment, name: str, rule: rules.Rule, kind: str) -> Segment:
    """Give a group another name, rule or kind; a fixed one keeps the people it finds now."""
    segment = Segment.objects.select_for_update().get(pk=segment.pk)
    segment.name, segment.rule, segment.kind = _clean(name), rules.write(rule), kind
    _keep(segment)
    _fill(segment)
    events.record(verbs.CHANGED, subject=segment, data={"kind": kind, "size": segment.size})
    return segment


@transaction.atomic
def remove_segment(*, segment: Segment) -> Segment:
    """Take a group out of the list; its people stay, and so does what was done with it."""
    if Segment.objects.filter(pk=segment.pk, removed_at=None).update(removed_at=clock.now()):
        events.record(verbs.REMOVED, subject=segment)
    segment.refresh_from_db()
    return segment


@transaction.atomic
def return_segment(*, segment: Segment) -> Segment:
    """Take a group back into the list. Raises DomainError when its name was given to another meanwhile."""
    if segment.removed_at is None:
        return segment
    segment.removed_at = None
    _keep(segment)
    events.record(verbs.RETURNED, subject=segment)
    return segment


@transaction.atomic
def recount() -> str:
    """Count every saved group anew (nightly)."""
    now = clock.now()
    found = list(queries.saved())
    for segment in found:
        size = queries.profiles_of(segment).count()
        Segment.objects.filter(pk=segment.pk).update(size=size, sized_at=now)
    return f"{len(found)} groups"


@transaction.atomic
def note_export(*, size: int, what: str) -> None:
    """Write into the audit trail that a list of people left the shop as a file."""
    events.record(verbs.EXPORTED, data={"size": size, "what": what})


def _clean(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy:
        raise DomainError(_("Give the group a name."), code="name_missing", field="name")
    if len(tidy) > LONGEST_NAME:
        text = _("This is too long. Shorten it to at most %(most)s characters.") % {"most": LONGEST_NAME}
        raise DomainError(text, code="too_long", field="name")
    return tidy


def _keep(segment: Segment) -> None:
    try:
        with transaction.atomic():
            segment.save()
    except IntegrityError as error:
        text = _("There is a group of this name already. Choose another name.")
        raise DomainError(text, code="name_taken", field="name") from error


def _fill(segment: Segment) -> None:
    """Count the group; the people of a fixed one are written down, by the database alone."""
    SegmentMember.objects.filter(segment=segment).delete()
    found: Any = queries.profiles(rules.read(segment.rule))
    if segment.kind == SegmentKind.FIXED:
        _write_down(segment, found.order_by().values_list("customer_id"))
    segment.size, segment.sized_at = found.count(), clock.now()
    Segment.objects.filter(pk=segment.pk).update(size=segment.size, sized_at=segment.sized_at)


def _write_down(segment: Segment, customers: Any) -> None:
    sql, parameters = customers.query.sql_with_params()
    table = SegmentMember._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" (shop_id, segment_id, customer_id)'  # noqa: S608 - our own names
            f" SELECT %s, %s, found.customer_id FROM ({sql}) AS found",
            [segment.shop_id, segment.pk, *parameters],
        )
