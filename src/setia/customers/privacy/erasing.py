"""Erase a person: names, numbers, words and pictures go, whatever area keeps them; amounts, days and ids stay."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setia.core import clock, events, search
from setia.core.errors import DomainError
from setia.core.scope import ShopModel, current_shop
from setia.customers import events as verbs
from setia.customers.actions.indexing import KIND
from setia.customers.merging.folding import relations
from setia.customers.models import (
    Consent,
    Customer,
    Identity,
    MergeRecord,
    Note,
    Occasion,
    Preference,
    PrivacyRequest,
    Profile,
    Relation,
    RequestKind,
    SamePair,
)
from setia.customers.privacy.wishes import answer, close_link
from setia.customers.words import erased_name
from setia.shops.models import Member

# Columns that hold words about a person or by them, in whatever table points at a customer.
WORDS: Final = frozenset(
    "text note notes words comment comments description message body caption address landmark draft evidence reason "
    "profile_name last_text contact_name name_then recipient told answer question promise cause filename".split()
)
PLAIN: Final = frozenset({"payload", "facts", "reading", "answers"})
PICTURES: Final = frozenset({"photo", "picture"})
FILES: Final = frozenset({"path"})
# Of the customers' own area: gone as rows.
_GONE: Final = (Identity, Note, Occasion, Preference, Profile, Relation)


@dataclass
class _Told:
    """What areas above say: reasons to wait, and what else to do."""

    holds: list[Callable[[int], str]] = field(default_factory=list)
    also: list[Callable[[int], object]] = field(default_factory=list)
    bought_since: list[Callable[[Any], set[int]]] = field(default_factory=list)


TOLD = _Told()


def install(
    *,
    holds: Sequence[Callable[[int], str]] = (),
    also: Sequence[Callable[[int], object]] = (),
    bought_since: Sequence[Callable[[Any], set[int]]] = (),
) -> None:
    """`holds(customer_id)`: why somebody cannot be erased now, empty if they can; `also(customer_id)`: what goes beside
    columns of `WORDS`; `bought_since(day or None)`: who bought since a day, or ever. Told once at start."""
    TOLD.holds, TOLD.also, TOLD.bought_since = list(holds), list(also), list(bought_since)


@transaction.atomic
def erase(*, customer: Customer, by: Member | None = None, check: bool = True) -> bool:
    """Erase a person for good. Orders keep their amounts and days, events their ids. False when it was done before.

    Raises DomainError (code `held`) while something is open with them. Files are removed when the change is certain.
    """
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    if customer.erased_at:
        return False
    reasons = [reason for hold in TOLD.holds if (reason := hold(customer.pk))] if check else []
    if reasons:
        raise DomainError(" ".join(reasons), code="held")
    everyone = [customer.pk, *_merged_into(customer.pk)]
    files: list[str] = []
    for also in TOLD.also:
        also(customer.pk)
    for model, column in relations(Customer):
        if model is not Customer and model not in _GONE:
            _blank(model, {f"{column.attname}__in": everyone}, files)
    for model in _GONE:
        model._default_manager.filter(customer__in=everyone).delete()
    Relation.objects.filter(other__in=everyone).delete()
    SamePair.objects.filter(models.Q(first__in=everyone) | models.Q(second__in=everyone)).delete()
    MergeRecord.objects.filter(kept__in=everyone).update(steps=[], undone_at=clock.now())
    Consent.objects.filter(customer__in=everyone).update(evidence="")
    PrivacyRequest.objects.filter(customer__in=everyone).update(words="")
    _blank_person(everyone)
    search.drop(KIND, everyone)
    close_link(customer)
    for wish in PrivacyRequest.objects.filter(customer=customer, done_at=None):
        answer(wish=wish, outcome=_("Erased."), by=by, refused=wish.kind != RequestKind.ERASE)
    events.record(verbs.ERASED, subject=customer, customer_id=customer.pk)
    transaction.on_commit(lambda: [default_storage.delete(path) for path in files] and None)
    return True


def _merged_into(customer_id: int) -> list[int]:
    """Everybody who was put together with them, in turn."""
    found: list[int] = []
    level = [customer_id]
    while level:
        level = list(Customer.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found


def _blank_person(ids: list[int]) -> None:
    now = clock.now()
    with translation.override(current_shop().language):
        name = erased_name()
    empty = dict.fromkeys(
        ("source", "address", "landmark", "district", "honorific", "nickname", "greeting", "household_role"), ""
    )
    Customer.objects.filter(pk__in=ids, archived_at=None).update(archived_at=now)
    Customer.objects.filter(pk__in=ids).update(
        display_name=name, name_key="", latitude=None, longitude=None, household=None, erased_at=now, **empty
    )


def _blank(model: type[models.Model], which: dict[str, Any], files: list[str], depth: int = 0) -> None:
    """Empty the words of rows, and of the rows that belong to them; names of their files are added to `files`."""
    rows = model._default_manager.filter(**which)
    columns = {column.name: column for column in model._meta.concrete_fields}
    for name in columns.keys() & PICTURES:
        folder = f"{model._meta.app_label}/{current_shop().pk}"
        for token in rows.exclude(**{name: ""}).values_list(name, flat=True):
            files += [f"{folder}/{token}.webp", f"{folder}/{token}-small.webp"]
    for name in columns.keys() & FILES:
        files += rows.exclude(**{name: ""}).values_list(name, flat=True)
    changes = {name: None if column.null else "" for name, column in _wordy(columns)}
    changes |= {name: {} for name in columns.keys() & PLAIN if isinstance(columns[name], models.JSONField)}
    if depth < 2:
        # By their ids: what is asked of the children must not depend on what is emptied here.
        ids = list(rows.values_list("pk", flat=True))
        for child in _children(model):
            for start in range(0, len(ids), 1_000):
                _blank(
                    child.related_model, {f"{child.field.attname}__in": ids[start : start + 1_000]}, files, depth + 1
                )
    if changes:
        rows.update(**changes)


def _children(model: type[models.Model]) -> Iterator[Any]:
    """Tables of the same area whose rows belong to rows of this one."""
    for relation in model._meta.related_objects:
        child = relation.related_model
        near = issubclass(child, ShopModel) and child._meta.app_label == model._meta.app_label
        if relation.one_to_many and near and child is not model:
            yield relation


def _wordy(columns: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, column in columns.items():
        if (
            name in WORDS | PICTURES | FILES
            and isinstance(column, models.CharField | models.TextField)
            and not column.choices
        ):
            yield name, column
