"""What stood on paper cards, by the thousand: written from files and taken out again. Nobody reacts to memories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from setia.core import clock, ids
from setia.core.models import Route
from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.loyalty import queries, rules
from setia.loyalty.actions import ledger
from setia.loyalty.actions.correcting import take_out_opening
from setia.loyalty.models import Account, Earning, EntryKind, LedgerEntry, Membership, Redemption, Unit

# By customer and unit.
Held = dict[tuple[int, str], int]


def _keys(customer_ids: Iterable[int]) -> dict[str, tuple[int, str]]:
    """The keys under which the cards of these people come from a file now; one that was taken out may come again."""
    times: dict[int, int] = defaultdict(int)
    wanted = set(customer_ids)
    outs = LedgerEntry.objects.filter(customer_id__in=wanted, key__startswith="correct:file:")
    for pk in outs.values_list("customer_id", flat=True):
        times[pk] += 1
    return {f"opening:{unit}:file:{pk}:{times[pk]}": (pk, str(unit)) for pk in wanted for unit in Unit.values}


def from_files(customer_ids: Iterable[int]) -> Held:
    """What came from a file for these people and still stands."""
    keys = _keys(customer_ids)
    rows = LedgerEntry.objects.filter(customer_id__in={pk for pk, _unit in keys.values()}, kind=EntryKind.OPENING)
    return {keys[key]: amount for key, amount in rows.values_list("key", "amount") if key in keys}


@transaction.atomic
def write_opening(held: Held) -> list[int]:
    """Put this on the cards of people, who get one where they have none; returns the ids of the entries."""
    people = sorted({pk for pk, _unit in held})
    if not people:
        return []
    list(Customer.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    cards = {row.customer_id: row.account for row in _memberships(people)}
    known = set(cards)
    cards |= _new_cards([pk for pk in people if pk not in known])
    last = rules.last_day(current_shop().today(), queries.programme().expiry_months)
    keys = {where: key for key, where in _keys(people).items()}
    made, rows = [], []
    sums: dict[str, dict[int, int]] = {unit: {} for unit in Unit.values}
    for (pk, unit), amount in held.items():
        facts = {"kind": EntryKind.OPENING, "key": keys[pk, unit], "expires_on": last, "customer_id": pk}
        if pk in known:  # what they owe is paid from it first
            made.append(ledger.credit(ledger.locked(cards[pk]), unit, amount, **facts))
        else:
            rows.append(ledger.new_entry(cards[pk], unit, amount, **facts))
            sums[unit][cards[pk].pk] = amount
    made += LedgerEntry.objects.bulk_create(rows)
    fresh = [cards[pk] for pk in people if pk not in known]
    for account in fresh:
        account.points, account.stamps = (sums[unit].get(account.pk, 0) for unit in (Unit.POINTS, Unit.STAMPS))
    Account.objects.bulk_update(fresh, ["points", "stamps"], batch_size=200)
    return [entry.pk for entry in made]


def _memberships(people: Sequence[int]) -> Iterable[Membership]:
    return Membership.objects.filter(customer_id__in=people).select_related("account")


def _new_cards(people: Sequence[int]) -> dict[int, Account]:
    accounts = Account.objects.bulk_create(Account(created_at=clock.now()) for _pk in people)
    cards = dict(zip(people, accounts, strict=True))
    Membership.objects.bulk_create(Membership(account=account, customer_id=pk) for pk, account in cards.items())
    shop = current_shop()
    routes = Route.objects.filter(kind=queries.LINK, shop=shop, object_id__in=people)
    linked = set(routes.values_list("object_id", flat=True))
    Route.objects.bulk_create(
        Route(kind=queries.LINK, key=ids.public_token(), shop=shop, object_id=pk) for pk in people if pk not in linked
    )
    return cards


@transaction.atomic
def take_out_cards(entry_ids: Sequence[int]) -> list[int]:
    """Take openings out again: where nothing else ever stood on a card, without a trace; else by a row of its own.

    Returns the ids that are kept: of them something was spent.
    """
    entries = LedgerEntry.objects.filter(pk__in=entry_ids).select_related("account")
    by_card: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in entries.order_by("pk"):
        by_card[entry.account_id].append(entry)
    list(Account.objects.select_for_update().filter(pk__in=by_card).order_by("pk").values_list("pk"))
    mine = {entry.pk for rows in by_card.values() for entry in rows}
    others = LedgerEntry.objects.filter(account_id__in=by_card).exclude(pk__in=mine)
    touched = set(others.values_list("account_id", flat=True))
    for model in (Earning, Redemption):
        touched |= set(model.objects.filter(account_id__in=by_card).values_list("account_id", flat=True))
    touched |= {pk for pk, rows in by_card.items() if len({row.customer_id for row in rows} | {None}) > 2}
    kept: list[int] = []
    for account_id in touched & set(by_card):
        for entry in by_card[account_id]:
            drawn = any(LedgerEntry.objects.filter(lot=entry).values_list("amount", flat=True))
            if drawn or entry.customer_id is None:
                kept.append(entry.pk)
            else:
                take_out_opening(entry=entry)
    _forget_cards(set(by_card) - touched)
    return sorted(kept)


def _forget_cards(accounts: set[int]) -> None:
    """Cards that hold nothing but what a file put there, as if it never had."""
    people = list(Membership.objects.filter(account_id__in=accounts).values_list("customer_id", flat=True))
    LedgerEntry.objects.filter(account_id__in=accounts).delete()
    Membership.objects.filter(account_id__in=accounts).delete()
    Account.objects.filter(pk__in=accounts).delete()
    Route.objects.filter(kind=queries.LINK, shop=current_shop(), object_id__in=people).delete()
