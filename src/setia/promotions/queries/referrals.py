"""Word of mouth for pages and Today: who brought whom, the best messengers, whom to ask, how far it reaches."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum

from setia.care.models import Answer, Complaint
from setia.conversations import entries
from setia.conversations.rules import with_code
from setia.core import phone
from setia.core.prepared import prepared
from setia.customers.models import Customer
from setia.loyalty.models import Redemption
from setia.orders.models import Order, PurchaseSummary
from setia.promotions.models import Invitation, Referral, ReferralCode, ReferralState, Thanks
from setia.promotions.queries.spending import rules_now
from setia.promotions.rules import referrals as rules
from setia.promotions.rules.referrals import Branch, Reach
from setia.shops import public

# The kind of a person's public link.
FRIEND: Final = "friend"
MOST: Final = 100
# Answers of somebody who would recommend us.
GLAD: Final = Q(form="csat", score__gte=4) | Q(form="nps", score__gte=9)


# --- Codes and links --------------------------------------------------------------------------------------------------


def code(pk: int) -> ReferralCode | None:
    """A code by its id."""
    return ReferralCode.objects.select_related("customer").filter(pk=pk).first()


def code_of(customer_id: int) -> ReferralCode | None:
    """The code of a person; None before the first asking."""
    return ReferralCode.objects.filter(customer_id=customer_id).order_by("pk").first()


def words(code: ReferralCode, said: str) -> str:
    """What a friend writes to us: `said` with the code."""
    return with_code(said, code.code)


def direct(code: ReferralCode, said: str) -> str:
    """The link that opens WhatsApp at once; empty without a number of the shop."""
    number = entries.shop_number()
    return phone.wa_link(number, words(code, said)) if number else ""


def short(code: ReferralCode) -> str:
    """The whole address of the person's own short link."""
    return f"{settings.BASE_URL}{public.link('friend', FRIEND, code.pk)}"


# --- Who brought whom -------------------------------------------------------------------------------------------------


@dataclass
class Person:
    """One line of a tree, drawn with its depth."""

    customer_id: int
    name: str
    depth: int
    people: int
    value: int
    own: int


def _told_by() -> dict[int, int]:
    rows = Customer.objects.filter(referred_by__isnull=False, merged_into=None, erased_at=None)
    return dict(rows.values_list("pk", "referred_by_id"))


def _spent() -> dict[int, int]:
    rows = PurchaseSummary.objects.filter(customer__referred_by__isnull=False)
    return dict(rows.values_list("customer_id", "spent"))


def trees() -> list[Branch]:
    """All trees, the most valuable first."""
    return rules.forest(_told_by(), _spent())


def lines(branches: list[Branch], limit: int = 200) -> list[Person]:
    """Trees as lines from top to bottom, with names: two queries, however many."""
    flat: list[tuple[Branch, int]] = []
    stack = [(branch, 0) for branch in reversed(branches)]
    while stack and len(flat) < limit:
        branch, depth = stack.pop()
        flat.append((branch, depth))
        stack.extend((child, depth + 1) for child in reversed(branch.children))
    ids = [branch.key for branch, _depth in flat]
    names = dict(Customer.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    own = dict(PurchaseSummary.objects.filter(customer_id__in=ids).values_list("customer_id", "spent"))
    return [
        Person(branch.key, names.get(branch.key, ""), depth, branch.people, branch.value, own.get(branch.key, 0))
        for branch, depth in flat
    ]


def branch_of(customer_id: int) -> Branch:
    """Everybody below one person."""
    told_by = {friend: teller for friend, teller in _told_by().items() if friend != customer_id}
    roots = rules.forest(told_by, _spent())
    stack = list(roots)
    while stack:
        branch = stack.pop()
        if branch.key == customer_id:
            return branch
        stack.extend(branch.children)
    return Branch(customer_id)


@dataclass(frozen=True)
class Messenger:
    """Somebody who brings friends: how many bought, for how much, the latest thanks."""

    customer: Customer
    friends: int
    sales: int
    latest: date


def messengers(limit: int = 10, *, customer_id: int | None = None, least: int = 1) -> list[Messenger]:
    """Who brought most friends who bought, best first."""
    rows = PurchaseSummary.objects.filter(
        customer__referred_by__isnull=False,
        customer__merged_into=None,
        customer__referred_by__archived_at=None,
        customer__referred_by__erased_at=None,
    )
    if customer_id is not None:
        rows = rows.filter(customer__referred_by=customer_id)
    grouped = rows.order_by().values("customer__referred_by").annotate(n=Count("pk"), money=Sum("spent"))
    best = sorted(grouped, key=lambda row: (-row["n"], -row["money"], row["customer__referred_by"]))
    best = [row for row in best if row["n"] >= least][:limit]
    people = Customer.objects.in_bulk([row["customer__referred_by"] for row in best])
    latest: dict[int, date] = {}
    for teller, day in rows.filter(customer__referred_by__in=people).values_list("customer__referred_by", "first_on"):
        latest[teller] = max(day, latest.get(teller, day))
    return [
        Messenger(people[pk], row["n"], row["money"], latest[pk])
        for row in best
        if (pk := row["customer__referred_by"]) in people
    ]


# --- Thanks -----------------------------------------------------------------------------------------------------------


def referrals() -> QuerySet[Referral]:
    """Every thanks, the latest first."""
    return Referral.objects.select_related("friend", "teller", "order").order_by("-settled_at", "-pk")


def thanks_of(customer_id: int) -> list[Referral]:
    """What a person got for telling friends."""
    return list(referrals().filter(teller_id=customer_id)[:MOST])


def referral_of(friend_id: int) -> Referral | None:
    """The thanks for one friend."""
    return Referral.objects.filter(friend_id=friend_id).first()


def settled_since(day: date, customer_id: int | None = None) -> list[Referral]:
    """Thanks that stand, given on or after a day, newest first: the owner adds a word of her own."""
    rows = referrals().filter(state=ReferralState.SETTLED, settled_at__date__gte=day, teller__archived_at=None)
    return list((rows if customer_id is None else rows.filter(teller_id=customer_id))[:MOST])


def unused(customer_id: int) -> list[Referral]:
    """Free boxes and money off that wait, the oldest first."""
    return _unused(customer_id)


@prepared
def _unused(customer_id: int) -> QuerySet[Referral]:
    rows = Referral.objects.filter(teller_id=customer_id, state=ReferralState.SETTLED, used_in=None)
    return rows.filter(reward__in=(Thanks.BOX, Thanks.DISCOUNT)).order_by("settled_at", "pk")


# --- Whom to ask ------------------------------------------------------------------------------------------------------


def askable(day: date, customer_id: int | None = None) -> list[tuple[Customer, str]]:
    """Who may be asked to tell friends now, with why: said it tastes good or answered gladly, took a reward, or was
    content with how a complaint was settled, in the last three days; at most once in so many months, and nobody with an
    open complaint. Somebody who brought a friend is thanked instead (`settled_since`)."""
    since = day - timedelta(days=3)
    good = Order.objects.filter(rating__gte=4, completed_on__gte=since, customer__isnull=False)
    took = Redemption.objects.filter(at__date__gte=since, undone_at=None, reward__isnull=False, customer__isnull=False)
    said = Answer.objects.filter(GLAD, at__date__gte=since, customer__isnull=False)
    settled = Complaint.objects.filter(content=True, state="closed", closed_at__date__gte=since, customer__isnull=False)
    if customer_id is not None:
        good, took = good.filter(customer_id=customer_id), took.filter(customer_id=customer_id)
        said, settled = said.filter(customer_id=customer_id), settled.filter(customer_id=customer_id)
    found = dict.fromkeys(settled.values_list("customer_id", flat=True), "settled")
    found |= dict.fromkeys(took.values_list("customer_id", flat=True), "reward")
    for glad in (good, said):
        found |= dict.fromkeys(glad.values_list("customer_id", flat=True), "rated")
    angry = Complaint.objects.filter(customer_id__in=found, closed_at=None).values_list("customer_id", flat=True)
    found = {pk: why for pk, why in found.items() if pk not in set(angry)}
    if not found:
        return []
    months = rules_now().every_months
    again = day - timedelta(days=30 * max(1, months))
    asked = Invitation.objects.filter(customer_id__in=found, at__date__gt=again)
    found = {pk: why for pk, why in found.items() if pk not in set(asked.values_list("customer_id", flat=True))}
    people = Customer.objects.filter(pk__in=found, archived_at=None, erased_at=None, restricted_at=None)
    return [(person, found[person.pk]) for person in people.order_by("pk")]


# --- Figures ----------------------------------------------------------------------------------------------------------


def reach(day: date, days: int = 365) -> Reach:
    """Word of mouth over the last year."""
    since = day - timedelta(days=days)
    came = Customer.objects.filter(
        referred_by__isnull=False, merged_into=None, erased_at=None, created_at__date__gte=since
    )
    new = PurchaseSummary.objects.filter(customer__referred_by__isnull=False, first_on__gte=since)
    return Reach(
        asked=Invitation.objects.filter(at__date__gte=since).values("customer_id").distinct().count(),
        came=came.count(),
        bought=new.count(),
        again=new.filter(again_after__isnull=False).count(),
        buyers=PurchaseSummary.objects.filter(last_on__gte=since, first_on__lt=day).count(),
    )
