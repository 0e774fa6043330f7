"""What points, stamps and a tier take off an order: see the contract in `orders.deductions`."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setia.core.errors import DomainError
from setia.customers.models import Customer, CustomerKind
from setia.loyalty import queries, rules
from setia.loyalty.actions import redeeming
from setia.loyalty.models import Programme, Redemption, Reward, RewardKind
from setia.orders.deductions import DeductionLine, Quote
from setia.orders.models import AdjustmentKind, Order
from setia.shops.models import Member

SOURCE = "loyalty"
# What is typed to pay with a part of the points: `50 poin`, `poin 50`.
_SOME = re.compile(r"(?:poin|points?)\s*(\d{1,7})|(\d{1,7})\s*(?:poin|points?|p)", re.IGNORECASE)


class Points:
    """Rewards and paying with points, at the counter, in the order form and from a chat."""

    source = SOURCE

    def quote(
        self,
        *,
        customer_id: int | None,
        lines: Sequence[DeductionLine],
        channel: str,
        code: str,
        on: date,
        delivery_fee: int,
    ) -> list[Quote]:
        """What the customer's card is enough for and this basket has room for."""
        programme = queries.programme()
        if customer_id is None or not programme.is_on:
            return []
        account = queries.account_of(customer_id)
        if account is None:
            return []
        goods = sum(line.amount for line in lines)
        found = [
            _quote(reward, lines)
            for reward in queries.within_reach(account, customer_id)
            if goods >= reward.least_purchase
        ]
        return [quote for quote in found if quote] + _paying(programme, account.points, goods, code)

    def settle(self, *, order: Order, quote: Quote, by: Member | None) -> None:
        """Book it off the card, under the card's lock."""
        assert order.customer_id is not None
        customer = Customer.objects.get(pk=order.customer_id)
        number = Redemption.objects.filter(key__startswith=f"order:{order.pk}:{quote.reference}:").count()
        key = f"order:{order.pk}:{quote.reference}:{number}"
        kind, _colon, which = quote.reference.partition(":")
        if kind == "reward":
            reward = Reward.objects.filter(pk=which).first()
            if reward is None:
                raise DomainError(_("This reward is no longer given."), code="retired", field="code")
            redeeming.redeem(customer=customer, reward=reward, key=key, order=order, worth=quote.amount, by=by)
        else:
            pays = max(1, queries.programme().point_pays)
            points = -(-quote.amount // pays)
            redeeming.pay(customer=customer, points=points, worth=quote.amount, key=key, order=order, by=by)

    def take_back(self, *, order: Order, quote: Quote) -> None:
        """Give the points back; what was given back already stays given back."""
        rows = Redemption.objects.filter(key__startswith=f"order:{order.pk}:{quote.reference}:", undone_at=None)
        for redemption in rows:
            redeeming.undo(redemption=redemption)


POINTS = Points()


class TierPrice:
    """What the step somebody stands on takes off every order, by itself: off the goods, and the delivery that costs
    them nothing. Resellers have a price list of their own."""

    source = "tier"

    def quote(
        self,
        *,
        customer_id: int | None,
        lines: Sequence[DeductionLine],
        channel: str,
        code: str,
        on: date,
        delivery_fee: int,
    ) -> list[Quote]:
        """The customer's own step, as of last night."""
        tier = queries.tier_of(customer_id) if customer_id is not None else None
        if tier is None or not (tier.price_percent or tier.free_delivery) or not _collects(customer_id):
            return []
        found = []
        if amount := rules.tier_off(sum(line.amount for line in lines), tier.price_percent):
            label = _("%(tier)s, %(n)s%% off") % {"tier": tier.name, "n": tier.price_percent}
            found.append(Quote(AdjustmentKind.DISCOUNT, self.source, str(tier.pk), amount, label, automatic=True))
        if tier.free_delivery and delivery_fee:
            label = _("%(tier)s, free delivery") % {"tier": tier.name}
            reference = f"{tier.pk}:delivery"
            found.append(Quote(AdjustmentKind.BROUGHT, self.source, reference, delivery_fee, label, automatic=True))
        return found

    def settle(self, *, order: Order, quote: Quote, by: Member | None) -> None:
        """Nothing is used up: the order's adjustment tells what was taken off, and stays when they move down."""

    def take_back(self, *, order: Order, quote: Quote) -> None:
        """Nothing to give back."""


TIER_PRICE = TierPrice()


def _collects(customer_id: int | None) -> bool:
    kind = Customer.objects.filter(pk=customer_id).values_list("kind", flat=True).first()
    return kind != CustomerKind.RESELLER or queries.programme().resellers


def _quote(reward: Reward, lines: Sequence[DeductionLine]) -> Quote | None:
    amount = reward.amount
    if reward.kind == RewardKind.BOX:
        amount = next((line.unit_price for line in lines if line.variant_id == reward.variant_id), 0)
    if reward.kind == RewardKind.TEXT or not amount:
        return None
    label = _("%(reward)s, for %(cost)s") % {"reward": reward.name, "cost": queries.counted(reward.unit, reward.cost)}
    return Quote(AdjustmentKind.POINTS, SOURCE, f"reward:{reward.pk}", amount, label)


def _paying(programme: Programme, balance: int, goods: int, code: str) -> list[Quote]:
    """Paying with all points that fit; or with as many as were typed."""
    pays = programme.point_pays
    if not pays or "points" not in programme.units or balance < max(1, programme.least_points):
        return []
    most = rules.most_points(balance, pays=pays, due=goods)
    typed = _SOME.fullmatch(code.strip())
    wanted = min(most, int(typed[1] or typed[2])) if typed else most
    if wanted <= 0:
        return []
    label = ngettext("Pay with %(n)s point", "Pay with %(n)s points", wanted) % {"n": wanted}
    return [Quote(AdjustmentKind.POINTS, SOURCE, "points", wanted * pays, label, by_code=bool(typed))]
