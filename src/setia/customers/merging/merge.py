"""Make two one, take it back, or remember that they are two."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setia.core import clock, events, search
from setia.core.errors import DomainError
from setia.customers import events as verbs
from setia.customers.actions.indexing import KIND, NUMBERS, reindex
from setia.customers.merging import folding
from setia.customers.merging.folding import Step
from setia.customers.models import Customer, Identity, MergeRecord, Profile, Relation, SamePair, SameWhy
from setia.customers.rules import name_key
from setia.shops.models import Member

# What differs is chosen side by side: the kept one's, unless told otherwise.
CHOICES = (
    *("display_name", "honorific", "nickname", "kind", "source", "address", "landmark", "district", "language"),
    *("reach_by", "reach_hours", "speech", "greeting"),
)
# Filled in from the other where the kept one has nothing.
_FILLED = ("referred_by_id", "household_id", "household_role", "latitude", "longitude")


@transaction.atomic
def merge(*, kept: Customer, gone: Customer, take: Iterable[str] = (), by: Member | None = None) -> MergeRecord:
    """Make `gone` the same person as `kept`: every row that points at them moves, nothing is lost.

    `take`: fields of `CHOICES` that come from `gone`; where the kept one has nothing, the other's is taken anyway. The
    row of `gone` stays, empty and put away, so that `undo` is exact. Raises DomainError when one of them is merged
    already, was erased, or they are the same.
    """
    if kept.pk == gone.pk:
        raise DomainError(_("Choose two different people."), code="same")
    locked = {
        row.pk: row for row in Customer.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    }
    kept, gone = locked[kept.pk], locked[gone.pk]
    for one in (kept, gone):
        if one.merged_into_id is not None:
            text = _("%(name)s was put together with somebody already.") % {"name": one.display_name}
            raise DomainError(text, code="merged")
        if one.erased_at is not None:
            raise DomainError(_("One of them was erased; there is nothing to put together."), code="erased")
    steps: list[Step] = []
    one_is_here = gone.archived_at is None
    _fill_profile(kept, gone, steps)
    _drop_relations(kept, gone, steps)
    _no_circle(kept, gone, steps)
    folding.fold(Customer, gone.pk, kept.pk, steps)
    _choose(kept, gone, set(take), steps)
    _own_numbers(kept, steps)
    _remember_strangers(kept, gone, steps)
    for name, value in (
        ("archived_at", gone.archived_at or clock.now()),
        ("merged_into_id", kept.pk),
        ("name_key", ""),
    ):
        folding.change(gone, name, value, steps)
    if kept.archived_at and one_is_here:
        folding.change(kept, "archived_at", None, steps)
    record = MergeRecord.objects.create(kept=kept, gone=gone, steps=steps, by=by)
    folding.renew_derived([kept.pk, gone.pk])
    reindex(customer_ids=[kept.pk])
    search.drop(KIND, [gone.pk])
    events.record(verbs.MERGED, subject=record, customer_id=kept.pk, data={"gone": gone.pk})
    return record


def _choose(kept: Customer, gone: Customer, take: set[str], steps: list[Step]) -> None:
    for name in CHOICES:
        theirs = getattr(gone, name)
        if theirs and (name in take or not getattr(kept, name)):
            folding.change(kept, name, theirs, steps)
    folding.change(kept, "name_key", name_key(kept.display_name), steps)
    for name in _FILLED:
        if getattr(kept, name) in (None, "") and getattr(gone, name) not in (None, "", kept.pk):
            folding.change(kept, name, getattr(gone, name), steps)
    if gone.restricted_at and not kept.restricted_at:
        folding.change(kept, "restricted_at", gone.restricted_at, steps)


def _fill_profile(kept: Customer, gone: Customer, steps: list[Step]) -> None:
    """Of two profiles one stays, with what only the other knew."""
    both = {row.customer_id: row for row in Profile.objects.filter(customer__in=[kept, gone])}
    if len(both) == 2:
        ours, theirs = both[kept.pk], both[gone.pk]
        for column in Profile._meta.concrete_fields:
            if column.attname not in ("id", "shop_id", "customer_id") and getattr(ours, column.attname) in (None, ""):
                folding.change(ours, column.attname, getattr(theirs, column.attname), steps)


def _drop_relations(kept: Customer, gone: Customer, steps: list[Step]) -> None:
    """What they were to each other as two."""
    pair = [kept.pk, gone.pk]
    for row in Relation.objects.filter(customer__in=pair, other__in=pair):
        folding.delete(row, steps)


def _no_circle(kept: Customer, gone: Customer, steps: list[Step]) -> None:
    """Nobody brought themselves: above the kept one there must be neither of the two."""
    if gone.referred_by_id == kept.pk:
        folding.change(gone, "referred_by_id", None, steps)
    above, seen = kept.referred_by_id, set[int]()
    while above is not None and above not in seen:
        if above == gone.pk:
            folding.change(kept, "referred_by_id", None, steps)
            return
        seen.add(above)
        above = Customer.objects.values_list("referred_by_id", flat=True).get(pk=above)
    above, seen = gone.referred_by_id, set()
    while above is not None and above not in seen:
        if above == kept.pk:
            folding.change(gone, "referred_by_id", None, steps)
            return
        seen.add(above)
        above = Customer.objects.values_list("referred_by_id", flat=True).get(pk=above)


def _own_numbers(kept: Customer, steps: list[Step]) -> None:
    """A number that only the two shared is theirs alone now; the same number twice is once."""
    current = list(Identity.objects.filter(customer=kept, superseded_at=None).order_by("pk"))
    first: dict[tuple[str, str], Identity] = {}
    for row in current:
        key = (row.kind, row.value)
        if key in first:
            folding.change(row, "superseded_at", clock.now(), steps)
        else:
            first[key] = row
    for row in first.values():
        if row.shared:
            kinds = NUMBERS if row.kind in NUMBERS else (row.kind,)
            others = Identity.objects.filter(kind__in=kinds, value=row.value, superseded_at=None)
            if not others.exclude(customer=kept).exists():
                folding.change(row, "shared", False, steps)


def _remember_strangers(kept: Customer, gone: Customer, steps: list[Step]) -> None:
    """Who was said to be another person than one of them is another person than both."""
    rows = SamePair.objects.filter(different_at__isnull=False)
    for row in [*rows.filter(first=gone), *rows.filter(second=gone)]:
        other = row.second_id if row.first_id == gone.pk else row.first_id
        first, second = sorted((kept.pk, other))
        if other == kept.pk or SamePair.objects.filter(first_id=first, second_id=second).exists():
            continue
        made = SamePair.objects.create(
            first_id=first, second_id=second, why=row.why, score=row.score, different_at=row.different_at, by=row.by
        )
        steps.append(["create", SamePair._meta.label_lower, made.pk])


@transaction.atomic
def undo(*, record: MergeRecord, by: Member | None = None) -> Customer:
    """Take a merge back: every row goes back where it was; what came since stays with the kept one. Returns `gone`.

    Merges of one person are taken back in turn, the last first. Raises DomainError when another stands in between.
    """
    record = MergeRecord.objects.select_for_update().select_related("kept", "gone").get(pk=record.pk)
    if record.undone_at:
        return record.gone
    list(Customer.objects.select_for_update().filter(pk__in=[record.kept_id, record.gone_id]).order_by("pk"))
    later = MergeRecord.objects.filter(undone_at=None, pk__gt=record.pk)
    for between in (later.filter(kept=record.kept_id), later.filter(gone=record.kept_id)):
        if first := between.select_related("gone", "kept").order_by("-pk").first():
            other = first.gone if first.kept_id == record.kept_id else first.kept
            text = _("Take back what came later first: together with %(name)s.") % {"name": other.display_name}
            raise DomainError(text, code="later")
    _refuse_entangled(record, later)
    folding.take_back(record.steps)
    _open_circles([record.kept_id, record.gone_id])
    MergeRecord.objects.filter(pk=record.pk).update(undone_at=clock.now())
    both = [record.kept_id, record.gone_id]
    folding.renew_derived(both)
    reindex(customer_ids=both)
    events.record(verbs.UNMERGED, subject=record, customer_id=record.kept_id, data={"gone": record.gone_id})
    return Customer.objects.get(pk=record.gone_id)


def _open_circles(ids: Iterable[int]) -> None:
    """Who brought whom may have changed since the merge: what came since stays, and nobody stands above themselves."""
    for pk in ids:
        above, seen = Customer.objects.values_list("referred_by", flat=True).get(pk=pk), set[int]()
        while above is not None and above != pk and above not in seen:
            seen.add(above)
            above = Customer.objects.values_list("referred_by", flat=True).get(pk=above)
        if above == pk:
            Customer.objects.filter(pk=pk).update(referred_by=None)


def _refuse_entangled(record: MergeRecord, later: QuerySet[MergeRecord]) -> None:
    """A later merge of others may have touched what this one did: that has to come back first."""
    ours = folding.cells(record.steps)
    for other in later.select_related("kept").order_by("-pk"):
        if not ours.isdisjoint(folding.cells(other.steps)):
            text = _("Take back what came later first: together with %(name)s.")
            raise DomainError(text % {"name": other.kept.display_name}, code="later")


@transaction.atomic
def mark_different(*, one: Customer, other: Customer, by: Member | None = None) -> SamePair:
    """Remember that these are two people; it is not asked again."""
    first, second = sorted((one.pk, other.pk))
    pair, _made = SamePair.objects.get_or_create(first_id=first, second_id=second, defaults={"why": SameWhy.NAME})
    if pair.different_at is None:
        pair.different_at, pair.by = clock.now(), by
        pair.save(update_fields=["different_at", "by"])
        events.record(verbs.DIFFERENT, subject=pair, customer_id=first, data={"other": second})
    return pair


@transaction.atomic
def ask_again(*, pair: SamePair) -> Any:
    """Take `mark_different` back."""
    SamePair.objects.filter(pk=pair.pk).update(different_at=None, by=None)
    events.record(verbs.DIFFERENT, subject=pair, customer_id=pair.first_id, data={"other": pair.second_id, "undo": 1})
    return pair
