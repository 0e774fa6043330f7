"""Orders, their lines and money, and the running summary of what each customer bought."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from setia.catalog.models import Variant
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.orders import rules
from setia.shops.models import Member, Place


class OrderChannel(models.TextChoices):
    CHAT = "chat", _("Chat")
    COUNTER = "counter", _("Counter")
    PAGE = "page", _("Public page")
    PHONE = "phone", _("Phone or in person")
    RESELLER = "reseller", _("Reseller")
    BAZAAR = "bazaar", _("Bazaar")
    IMPORTED = "import", _("From a file")


class OrderState(models.TextChoices):
    PLACED = "placed", _("New")
    CONFIRMED = "confirmed", _("Confirmed")
    READY = "ready", _("Ready")
    UNDERWAY = "underway", _("On its way")
    COMPLETED = "completed", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_STATES = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.READY, OrderState.UNDERWAY)


def still_open() -> Q:
    """The condition of an order that is neither handed over nor called off.

    Said by the stamps and not by the states: so the index of the few open orders is found without parameters.
    """
    return Q(completed_on__isnull=True, cancelled_at__isnull=True)


class Fulfilment(models.TextChoices):
    PICKUP = "pickup", _("Picked up")
    DELIVERY = "delivery", _("Delivered")
    COURIER = "courier", _("By courier")
    TITIP = "titip", _("Left with somebody")


class Order(ShopModel):
    """A promise of boxes on a day. The actions keep `total` and `paid` equal to lines, adjustments and payments."""

    number = models.PositiveIntegerField()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="orders")
    channel = models.CharField(max_length=10, choices=OrderChannel)
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.PLACED)
    due_on = models.DateField()
    due_time = models.TimeField(null=True)
    fulfilment = models.CharField(max_length=10, choices=Fulfilment, default=Fulfilment.PICKUP)
    address = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, related_name="+")
    # Where it is brought to, as a link to a map or as `latitude,longitude`.
    map_point = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    # Words on a card that goes with the boxes, and the name on their stickers.
    gift_note = models.CharField(max_length=300, blank=True)
    sticker = models.CharField(max_length=60, blank=True)
    # The rules for its deposit when it was made (`rules.deposits.Terms`), what they ask for, and until when.
    terms = models.JSONField(default=dict)
    deposit_due = models.PositiveIntegerField(default=0)
    deposit_until = models.DateField(null=True)
    # How it tasted: 1 to 5, tapped at the counter.
    rating = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveIntegerField(default=0)
    paid = models.IntegerField(default=0)
    placed_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    underway_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    # The shop's day of `completed_at`: sums by day need no time zones.
    completed_on = models.DateField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    # Made by the device or form that recorded the order: posting it twice is one order.
    device_key = models.CharField(max_length=64, null=True)
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="order_number"),
            models.UniqueConstraint(fields=["shop", "device_key"], name="order_device_key"),
            models.CheckConstraint(
                condition=Q(state="completed", completed_on__isnull=False, cancelled_at__isnull=True)
                | Q(state="cancelled", completed_on__isnull=True, cancelled_at__isnull=False)
                | (~Q(state__in=["completed", "cancelled"]) & Q(completed_on__isnull=True, cancelled_at__isnull=True)),
                name="order_state_has_stamp",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "due_on"], condition=still_open(), name="order_open"),
            models.Index(fields=["shop", "customer", "-placed_at"], name="order_customer"),
            # Everything promised or handed over for the days of a calendar.
            models.Index(fields=["shop", "due_on", "state"], name="order_due"),
            models.Index(fields=["shop", "completed_on", "id"], name="order_completed"),
            # The purchase log and everything counted per customer, without touching the table.
            models.Index(
                fields=["shop", "customer", "completed_on", "total"],
                condition=Q(completed_on__isnull=False),
                name="order_purchases",
            ),
            # The few of which something is still to be paid.
            models.Index(fields=["shop", "due_on"], condition=Q(total__gt=F("paid")), name="order_unpaid"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def is_open(self) -> bool:
        """Neither handed over nor called off."""
        return self.state in OPEN_STATES

    @property
    def balance(self) -> int:
        """What is still to be paid; nothing once the order is called off."""
        return rules.balance(self.total, self.paid, cancelled=self.state == OrderState.CANCELLED)

    @property
    def surplus(self) -> int:
        """What was paid beyond what is due: to give back, or (of a cancelled order) kept by agreement."""
        return rules.surplus(self.total, self.paid, cancelled=self.state == OrderState.CANCELLED)


class Line(ShopModel):
    """One item of an order, with the price it had then."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, null=True, related_name="+")
    label = models.CharField(max_length=120)
    quantity = models.PositiveIntegerField()
    unit_price = models.PositiveIntegerField()
    amount = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="line_has_quantity")]
        indexes = [models.Index(fields=["shop", "order"], name="line_order")]


class AdjustmentKind(models.TextChoices):
    DISCOUNT = "discount", _("Discount")
    DELIVERY = "delivery", _("Delivery fee")
    # Off the delivery fee; every other reduction is off the goods.
    BROUGHT = "brought", _("Free delivery")
    VOUCHER = "voucher", _("Voucher")
    POINTS = "points", _("Points")
    SETTLEMENT = "settlement", _("Settlement of a complaint")
    GIFT = "gift", _("Gift")
    RETURN = "return", _("Came back")


# The source of what is typed by hand: discount and delivery fee.
BY_HAND = "orders"
# The source of what came back after handing over (see `Return`).
RETURNS = "returns"


class Adjustment(ShopModel):
    """An amount added to (delivery fee) or taken off (negative) the sum of the lines; `brought` is off the fee.

    `source`: the area that gave it (`orders` for what is typed by hand); `reference`: an id or code of that area. Both
    together are there once per order, so that a retry adds nothing twice.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="adjustments")
    kind = models.CharField(max_length=10, choices=AdjustmentKind)
    amount = models.IntegerField()
    reason = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=20, default=BY_HAND)
    reference = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "order", "source", "reference"], name="adjustment_once_per_order")
        ]


class PaymentKind(models.TextChoices):
    DEPOSIT = "deposit", _("Deposit")
    BALANCE = "balance", _("Payment")
    REFUND = "refund", _("Money back")


class PaymentMethod(models.TextChoices):
    CASH = "cash", _("Cash")
    TRANSFER = "transfer", _("Transfer")
    QRIS = "qris", _("QRIS")
    EWALLET = "ewallet", _("E-wallet")
    COD = "cod", _("Paid to the rider (COD)")
    # No money moves: what is owed goes on the customer's account (see `models.credit`).
    CREDIT = "credit", _("On credit")


class Payment(ShopModel):
    """Money that came in (positive) or went back (negative). Append-only."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    kind = models.CharField(max_length=10, choices=PaymentKind)
    method = models.CharField(max_length=10, choices=PaymentMethod)
    amount = models.IntegerField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    device_key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "device_key"], name="payment_device_key")]
        indexes = [
            models.Index(fields=["shop", "order"], name="payment_order"),
            # The till of a day.
            models.Index(fields=["shop", "at"], name="payment_at"),
        ]


class PurchaseSummary(ShopModel):
    """What a customer has bought so far: kept by the actions, so that lists need not add up orders."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="purchases")
    orders = models.PositiveIntegerField(default=0)
    spent = models.PositiveBigIntegerField(default=0)
    first_on = models.DateField()
    last_on = models.DateField()
    # Days from the first purchase to the next on another day; none while there is none.
    again_after = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "customer"], name="purchase_summary_once")]
        indexes = [
            models.Index(fields=["shop", "-last_on", "-id"], name="purchase_latest"),
            models.Index(fields=["shop", "first_on", "again_after"], name="purchase_first"),
        ]


class Counter(ShopModel):
    """The last number given out, per name (`order`)."""

    name = models.CharField(max_length=20)
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name"], name="counter_name")]
