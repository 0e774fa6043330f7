"""Customers from a file: one row is a person, known by phone, email or card, or else by name and district."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import PROTECT, ForeignKey, ForeignObjectRel
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.core import names, search
from setia.core.models import Event
from setia.customers import rules
from setia.customers.actions.indexing import KIND, NUMBERS
from setia.customers.importing import bulk, person
from setia.customers.importing.importer import Brought, Cells, Extra, How, Link, RowProblem
from setia.customers.importing.person import PersonRow
from setia.customers.models import Calendar, Customer, Identity, IdentityKind, Note, Occasion, OccasionKind

MODEL = Customer._meta.label_lower

Key = tuple[str, str]


@dataclass(frozen=True)
class Owner:
    """Somebody in the book, or from a row above."""

    pk: int
    name: str


@dataclass
class Known:
    """Who is known under what: numbers, emails and cards of one person, those several share, names with districts."""

    by_key: dict[Key, Owner] = field(default_factory=dict)
    shared: dict[Key, list[Owner]] = field(default_factory=lambda: defaultdict(list))
    by_place: dict[Key, Owner] = field(default_factory=dict)

    def add(self, row: PersonRow, owner: Owner) -> None:
        """A row that was new is known to the rows below."""
        self.by_key |= {_family(key): owner for key in row.keys}
        self.by_place.setdefault(row.place_key, owner)

    def owner(self, row: PersonRow) -> Owner | None:
        """The one the row speaks of. Raises RowProblem when it cannot be said who that is."""
        if not row.keys:
            return self.by_place.get(row.place_key) if row.name_key else None
        keys = [_family(key) for key in row.keys]
        owners = {owner.pk: owner for key in keys if (owner := self.by_key.get(key))}
        if len(owners) > 1:
            said = _("The numbers of this row belong to different people: %(names)s. Add the row by hand.")
            raise RowProblem(said % {"names": ", ".join(owner.name for owner in owners.values())})
        for owner in owners.values():
            if not _same_person(owner.name, row):
                said = _(
                    "This number is already written down for %(name)s. If two people share it, add this one by hand "
                    "and mark the number as shared."
                )
                raise RowProblem(said % {"name": owner.name})
            return owner
        return self.sharer(row)

    def sharer(self, row: PersonRow) -> Owner | None:
        """The one of the row's name among those who share its number."""
        sharers = [owner for key in row.keys for owner in self.shared.get(_family(key), ())]
        return next((owner for owner in sharers if rules.name_key(owner.name) == row.name_key), None)


def _same_person(name: str, row: PersonRow) -> bool:
    """Whether the name the number is known under may be the row's: one phone often serves a family."""
    return rules.name_key(name) == row.name_key or names.same_person_score(name, row.name) >= names.ASK_FROM


def _family(key: Key) -> Key:
    """Phone and WhatsApp number are looked for as one."""
    return (IdentityKind.PHONE.value, key[1]) if key[0] in NUMBERS else key


def known(rows: Iterable[PersonRow]) -> Known:
    """Who is known under what the rows hold: two queries, however many rows."""
    rows = list(rows)
    values = {value for row in rows for _kind, value in row.keys}
    found = Known()
    if values:
        current = Identity.objects.filter(value__in=values, superseded_at=None)
        columns = ("kind", "value", "shared", "customer_id", "customer__display_name")
        for kind, value, shared, pk, name in current.values_list(*columns):
            if shared:
                found.shared[_family((kind, value))].append(Owner(pk, name))
            else:
                found.by_key[_family((kind, value))] = Owner(pk, name)
    nameless = {row.name_key for row in rows if not row.keys} - {""}
    if nameless:
        people = Customer.objects.filter(name_key__in=nameless).order_by("-pk")
        for pk, name, key, district in people.values_list("pk", "display_name", "name_key", "district"):
            found.by_place[key, rules.name_key(district)] = Owner(pk, name)
    return found


def same_names(keys: Iterable[str]) -> dict[str, list[int]]:
    """Customers by folded name, in one query; those put away are left out."""
    found: dict[str, list[int]] = defaultdict(list)
    people = Customer.objects.filter(name_key__in=set(keys) - {""}, archived_at=None).order_by("pk")
    for pk, key in people.values_list("pk", "name_key"):
        found[key].append(pk)
    return found


def write_people(rows: Sequence[PersonRow], ids: Sequence[int], shared: Iterable[Key] = ()) -> None:
    """Write new people under reserved ids: identities, note, birthday, search text. Consent stays unasked.

    `shared`: keys that several people use already.
    """
    people = list(zip(ids, rows, strict=True))
    columns = ("display_name", "name_key", "kind", "source", "address", "district", "landmark", "nickname")
    values = [
        (row.name, row.name_key, row.kind, row.source, row.address, row.district, row.landmark, row.nickname)
        for row in rows
    ]
    bulk.insert(Customer, columns, values, ids=ids)
    several = set(shared)
    bulk.append(
        Identity,
        ("customer_id", "kind", "value", "shared"),
        [(pk, *key, key in several) for pk, row in people for key in row.keys],
    )
    bulk.append(Note, ("customer_id", "text"), [(pk, row.note) for pk, row in people if row.note])
    birthday = (OccasionKind.BIRTHDAY.value, Calendar.GREGORIAN.value)
    bulk.append(
        Occasion,
        ("customer_id", "kind", "calendar", "month", "day"),
        [(pk, *birthday, row.birthday.month, row.birthday.day) for pk, row in people if row.birthday],
    )
    search.put(KIND, ((pk, _findable(row)) for pk, row in people))


def _findable(row: PersonRow) -> str:
    numbers = [value for kind, value in row.keys if kind in NUMBERS]
    others = [value for kind, value in row.keys if kind not in NUMBERS]
    return rules.search_text(
        (row.name, row.nickname, row.district, row.landmark, row.address, *others, row.note), numbers
    )


def take_out_people(ids: Sequence[int]) -> list[int]:
    """Delete those of the customers to whom nothing happened since: no event, no order, nobody brought by them.

    Returns the ids of the others, which are kept.
    """
    used = set(Event.objects.filter(customer_id__in=ids).values_list("customer_id", flat=True))
    for relation in Customer._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or not isinstance(relation.field, ForeignKey):
            continue
        if relation.on_delete is PROTECT or relation.related_model is Customer:
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": ids})
            used.update(rows.values_list(relation.field.attname, flat=True))
    gone = [pk for pk in ids if pk not in used]
    search.drop(KIND, gone)
    Customer.objects.filter(pk__in=gone).delete()
    return [pk for pk in ids if pk in used]


@dataclass(frozen=True, slots=True)
class Row:
    """A person, and what areas above read in their columns, in the order of the extras."""

    person: PersonRow
    more: tuple[Any, ...] = ()


class Pass:
    """One pass through a file. Of people nothing is remembered from slice to slice: the book tells."""

    def __init__(self, extras: Sequence[Extra]) -> None:
        self._extras = extras
        self._known = [extra.look() for extra in extras]

    def skip(self, rows: Sequence[tuple[int, Row]]) -> None:
        """They are in the book."""

    def bring_in(self, rows: Sequence[tuple[int, Row]]) -> Brought:
        """New people are written down; known ones are left as they are, but get what areas above read."""
        brought = Brought()
        book = known(row.person for _number, row in rows)
        ids = bulk.reserve_ids(Customer, len(rows))
        fresh: list[PersonRow] = []
        owners: dict[int, int] = {}
        for number, row in rows:
            try:
                self._judge(row)
                owner = book.owner(row.person)
            except RowProblem as problem:
                brought.problems.append((number, str(problem)))
                continue
            if owner:
                brought.matched += 1
            else:
                owner = Owner(ids[len(fresh)], row.person.name)
                book.add(row.person, owner)
                fresh.append(row.person)
            owners[number] = owner.pk
        used = ids[: len(fresh)]
        write_people(fresh, used, book.shared)
        brought.created = len(fresh)
        brought.made = {MODEL: used}
        self._bring_in_more(rows, owners, brought)
        return brought

    def _judge(self, row: Row) -> None:
        for extra, known_of_shop, value in zip(self._extras, self._known, row.more, strict=False):
            if value is not None and (said := extra.refuses(value, known_of_shop)):
                raise RowProblem(said)

    def _bring_in_more(self, rows: Sequence[tuple[int, Row]], owners: dict[int, int], brought: Brought) -> None:
        said = [
            (extra, [(n, owners[n], row.more[place]) for n, row in rows if n in owners and row.more[place] is not None])
            for place, extra in enumerate(self._extras)
        ]
        # A row is taken in whole or not at all.
        refused: dict[int, str] = {}
        for extra, values in said:
            refused |= dict(extra.clashes(values)) if values else {}
        for extra, values in said:
            if kept := [item for item in values if item[0] not in refused]:
                for model, made in extra.bring_in(kept).items():
                    brought.made.setdefault(model, []).extend(made)
        # Only of somebody who was known before, or stands in a row above.
        brought.matched -= len(refused)
        brought.problems += refused.items()


class Customers:
    """Brings in customers."""

    kind = "customers"
    label = gettext_lazy("Customers")
    explanation = gettext_lazy(
        "One row per person, or the contacts of a phone. Who is known by their number is not written down twice."
    )
    example = (
        ("Nama", "No HP", "Kecamatan", "Catatan"),
        ("Bu Siti", "0812 3456 7890", "Pogalan", "suka keju"),
        ("Pak Kasan", "", "Karangan", ""),
    )
    columns = person.COLUMNS
    takes_out: tuple[str, ...] = (MODEL,)
    extras: tuple[Extra, ...] = ()

    def add(self, *extras: Extra) -> None:
        """Take columns of areas above (done once at start, from `setia.recurring`)."""
        self.extras = extras
        self.columns = person.COLUMNS + tuple(column for extra in extras for column in extra.columns)
        self.takes_out = (*(model for extra in extras for model in extra.takes_out), MODEL)

    def read(self, cells: Cells, how: How) -> Row:
        """A person."""
        return Row(person.read_person(cells, how), tuple(extra.read(cells, how) for extra in self.extras))

    def describe(self, row: Row) -> str:
        """Name, numbers, place, and what areas above read."""
        one = row.person
        said = zip(self.extras, row.more, strict=False)
        more = (extra.describe(value) for extra, value in said if value is not None)
        return " · ".join(
            filter(None, (one.name, *(value for _kind, value in one.keys), one.district, one.address, *more))
        )

    def open(self, total: int) -> Pass:
        """Begin a pass through a file."""
        return Pass(self.extras)

    def links(self, model: str, ids: Sequence[int]) -> list[Link]:
        """Names with their pages."""
        for extra in self.extras:
            if model in extra.takes_out:
                return extra.links(model, ids)
        people = Customer.objects.filter(pk__in=ids).order_by("display_name", "pk")
        return [(customer.display_name, reverse("desk:customer", args=[customer.pk])) for customer in people]

    def take_out(self, model: str, ids: Sequence[int]) -> list[int]:
        """Delete those to whom nothing happened since."""
        for extra in self.extras:
            if model in extra.takes_out:
                return extra.take_out(model, ids)
        return take_out_people(ids)


CUSTOMERS = Customers()
