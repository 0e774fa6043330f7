"""What people owed before, by the thousand: written from files and taken out again. Memories: nobody reacts to them."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from setia.core import clock
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.orders.credit import rules
from setia.orders.models import CreditEntry, CreditKind, CreditTerms

KEY = "file:owed:"


def from_files(customer_ids: Sequence[int]) -> dict[int, int]:
    """What came from a file for these people and still stands."""
    rows = CreditEntry.objects.filter(customer_id__in=customer_ids, device_key__startswith=KEY)
    reversed_ids = CreditEntry.objects.filter(customer_id__in=customer_ids, reverses__isnull=False).values(
        "reverses_id"
    )
    return dict(rows.exclude(pk__in=reversed_ids).order_by("pk").values_list("customer_id", "amount"))


@transaction.atomic
def write(owed: Sequence[tuple[int, int]]) -> list[int]:
    """Opening debts by (customer, amount), due by each person's terms; returns their ids. No query per row."""
    if not owed:
        return []
    pks = [pk for pk, _amount in owed]
    list(Customer.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))
    tempo = dict(CreditTerms.objects.filter(customer_id__in=pks).values_list("customer_id", "tempo_days"))
    usual = CreditTerms._meta.get_field("tempo_days").default
    CreditTerms.objects.bulk_create(CreditTerms(customer_id=pk) for pk in pks if pk not in tempo)
    times = dict.fromkeys(pks, 0)
    for pk in CreditEntry.objects.filter(customer_id__in=pks, device_key__startswith=KEY).values_list(
        "customer_id", flat=True
    ):
        times[pk] += 1
    today, now = current_shop().today(), clock.now()
    made = CreditEntry.objects.bulk_create(
        CreditEntry(
            customer_id=pk,
            kind=CreditKind.OPENING,
            amount=amount,
            due_on=rules.due_day(today, tempo.get(pk, usual)),
            on=today,
            at=now,
            note=_("From a file"),
            device_key=f"{KEY}{pk}:{times[pk]}",
        )
        for pk, amount in owed
    )
    return [entry.pk for entry in made]


@transaction.atomic
def take_out(ids: Sequence[int]) -> list[int]:
    """Delete opening debts after which nothing was written in the person's ledger; returns the ids that are kept."""
    rows = dict(CreditEntry.objects.filter(pk__in=ids).values_list("pk", "customer_id"))
    ledgers: dict[int, list[int]] = {}
    list(CreditTerms.objects.select_for_update().filter(customer_id__in=rows.values()).order_by("pk").values_list("pk"))
    for pk, customer_id in CreditEntry.objects.filter(customer_id__in=set(rows.values())).values_list(
        "pk", "customer_id"
    ):
        ledgers.setdefault(customer_id, []).append(pk)
    gone = [pk for pk, customer_id in rows.items() if max(ledgers[customer_id]) == pk]
    CreditEntry.objects.filter(pk__in=gone).delete()
    # Terms nobody ever spoke of go with the only debt.
    usual = {name: CreditTerms._meta.get_field(name).get_default() for name in ("tempo_days", "limit")}
    alone = [rows[pk] for pk in gone if ledgers[rows[pk]] == [pk]]
    CreditTerms.objects.filter(customer_id__in=alone, **usual).delete()
    return [pk for pk in ids if pk in rows and pk not in set(gone)]
