import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("catalog", "0001_initial"),
        ("customers", "0001_initial"),
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MoneyAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("bank", "Bank"), ("ewallet", "E-wallet")], default="bank", max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("number", models.CharField(max_length=40)),
                ("holder", models.CharField(blank=True, max_length=60)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("chat", "Chat"),
                            ("counter", "Counter"),
                            ("page", "Public page"),
                            ("phone", "Phone or in person"),
                            ("reseller", "Reseller"),
                            ("bazaar", "Bazaar"),
                            ("import", "From a file"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("placed", "New"),
                            ("confirmed", "Confirmed"),
                            ("ready", "Ready"),
                            ("underway", "On its way"),
                            ("completed", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="placed",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("due_time", models.TimeField(null=True)),
                (
                    "fulfilment",
                    models.CharField(
                        choices=[
                            ("pickup", "Picked up"),
                            ("delivery", "Delivered"),
                            ("courier", "By courier"),
                            ("titip", "Left with somebody"),
                        ],
                        default="pickup",
                        max_length=10,
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300)),
                ("map_point", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("gift_note", models.CharField(blank=True, max_length=300)),
                ("sticker", models.CharField(blank=True, max_length=60)),
                ("terms", models.JSONField(default=dict)),
                ("deposit_due", models.PositiveIntegerField(default=0)),
                ("deposit_until", models.DateField(null=True)),
                ("rating", models.PositiveSmallIntegerField(null=True)),
                ("total", models.PositiveIntegerField(default=0)),
                ("paid", models.IntegerField(default=0)),
                ("placed_at", models.DateTimeField(default=setia.core.clock.now)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("ready_at", models.DateTimeField(null=True)),
                ("underway_at", models.DateTimeField(null=True)),
                ("completed_at", models.DateTimeField(null=True)),
                ("completed_on", models.DateField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancel_reason", models.CharField(blank=True, max_length=200)),
                ("device_key", models.CharField(max_length=64, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="customers.customer",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="shops.place"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("cancelled_at__isnull", True), ("completed_on__isnull", True)),
                        fields=["shop", "due_on"],
                        name="order_open",
                    ),
                    models.Index(fields=["shop", "customer", "-placed_at"], name="order_customer"),
                    models.Index(fields=["shop", "due_on", "state"], name="order_due"),
                    models.Index(fields=["shop", "completed_on", "id"], name="order_completed"),
                    models.Index(
                        condition=models.Q(("completed_on__isnull", False)),
                        fields=["shop", "customer", "completed_on", "total"],
                        name="order_purchases",
                    ),
                    models.Index(
                        condition=models.Q(("total__gt", models.F("paid"))),
                        fields=["shop", "due_on"],
                        name="order_unpaid",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "number"), name="order_number"),
                    models.UniqueConstraint(fields=("shop", "device_key"), name="order_device_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", True), ("completed_on__isnull", False), ("state", "completed")
                            ),
                            models.Q(
                                ("cancelled_at__isnull", False), ("completed_on__isnull", True), ("state", "cancelled")
                            ),
                            models.Q(
                                models.Q(("state__in", ["completed", "cancelled"]), _negated=True),
                                ("cancelled_at__isnull", True),
                                ("completed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="order_state_has_stamp",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=120)),
                ("quantity", models.PositiveIntegerField()),
                ("unit_price", models.PositiveIntegerField()),
                ("amount", models.PositiveIntegerField()),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.order"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "order"], name="line_order")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="line_has_quantity")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("together", "Often together"),
                            ("new", "Never tried yet"),
                            ("fill", "Fills up the delivery"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("added", models.BooleanField()),
                ("amount", models.PositiveIntegerField(default=0)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hints", to="orders.order"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "day"], name="hint_day")],
                "constraints": [models.UniqueConstraint(fields=("shop", "order", "kind", "variant"), name="hint_once")],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("discount", "Discount"),
                            ("delivery", "Delivery fee"),
                            ("brought", "Free delivery"),
                            ("voucher", "Voucher"),
                            ("points", "Points"),
                            ("settlement", "Settlement of a complaint"),
                            ("gift", "Gift"),
                            ("return", "Came back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=120)),
                ("source", models.CharField(default="orders", max_length=20)),
                ("reference", models.CharField(max_length=64)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="adjustments", to="orders.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "order", "source", "reference"), name="adjustment_once_per_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "deposit_kind",
                    models.CharField(
                        choices=[
                            ("none", "No deposit is asked for"),
                            ("percent", "A part of the total"),
                            ("amount", "The same amount for each order"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("deposit_percent", models.PositiveSmallIntegerField(default=50)),
                ("deposit_amount", models.PositiveIntegerField(default=0)),
                ("deposit_above", models.PositiveIntegerField(default=0)),
                ("pay_within_days", models.PositiveSmallIntegerField(default=2)),
                ("free_until_days", models.PositiveSmallIntegerField(default=3)),
                ("kept_before", models.PositiveSmallIntegerField(default=0)),
                ("kept_after", models.PositiveSmallIntegerField(default=100)),
                ("free_delivery_above", models.PositiveIntegerField(null=True)),
                ("delivery_fee", models.PositiveIntegerField(default=0)),
                ("boxes_per_delivery", models.PositiveSmallIntegerField(null=True)),
                ("note_foot", models.CharField(blank=True, max_length=300)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shop",), name="order_terms_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deposit_percent__lte", 100), ("kept_after__lte", 100), ("kept_before__lte", 100)
                        ),
                        name="order_terms_shares",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pairing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("people", models.BooleanField()),
                ("lift", models.FloatField()),
                ("together", models.PositiveIntegerField()),
                ("of", models.PositiveIntegerField()),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "people", "variant", "other"), name="pairing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("deposit", "Deposit"), ("balance", "Payment"), ("refund", "Money back")],
                        max_length=10,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("cash", "Cash"),
                            ("transfer", "Transfer"),
                            ("qris", "QRIS"),
                            ("ewallet", "E-wallet"),
                            ("cod", "Paid to the rider (COD)"),
                            ("credit", "On credit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.IntegerField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("device_key", models.CharField(max_length=64, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="orders.order"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["shop", "order"], name="payment_order"),
                    models.Index(fields=["shop", "at"], name="payment_at"),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "device_key"), name="payment_device_key")],
            },
        ),
        migrations.CreateModel(
            name="CreditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sale", "Bought on credit"),
                            ("back", "Taken off again"),
                            ("payment", "Paid"),
                            ("opening", "Owed from before"),
                            ("waived", "Let go"),
                            ("correction", "Put right"),
                        ],
                        max_length=12,
                    ),
                ),
                ("amount", models.IntegerField()),
                ("due_on", models.DateField(null=True)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("cash", "Cash"),
                            ("transfer", "Transfer"),
                            ("qris", "QRIS"),
                            ("ewallet", "E-wallet"),
                            ("cod", "Paid to the rider (COD)"),
                            ("credit", "On credit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=120)),
                ("device_key", models.CharField(max_length=64, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.creditentry",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.payment"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["shop", "customer", "id"], name="credit_ledger"),
                    models.Index(
                        condition=models.Q(("method", ""), _negated=True), fields=["shop", "on"], name="credit_money"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "device_key"), name="credit_device_key"),
                    models.UniqueConstraint(fields=("shop", "payment"), name="credit_payment_once"),
                    models.UniqueConstraint(fields=("shop", "reverses"), name="credit_reversed_once"),
                    models.CheckConstraint(condition=models.Q(("amount", 0), _negated=True), name="credit_amount"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PurchaseSummary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orders", models.PositiveIntegerField(default=0)),
                ("spent", models.PositiveBigIntegerField(default=0)),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("again_after", models.PositiveIntegerField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="purchases", to="customers.customer"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["shop", "-last_on", "-id"], name="purchase_latest"),
                    models.Index(fields=["shop", "first_on", "again_after"], name="purchase_first"),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="purchase_summary_once")],
            },
        ),
        migrations.CreateModel(
            name="QrisCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("payload", models.CharField(max_length=512)),
                ("merchant", models.CharField(max_length=60)),
                ("city", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("shop",), name="qris_one_in_use"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("amount", models.PositiveIntegerField()),
                ("refunded", models.PositiveIntegerField(default=0)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("device_key", models.CharField(max_length=64, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="orders.order"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "order"], name="return_order")],
                "constraints": [models.UniqueConstraint(fields=("shop", "device_key"), name="return_device_key")],
            },
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveIntegerField()),
                ("amount", models.PositiveIntegerField()),
                (
                    "back",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.return"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="returned", to="orders.line"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "line"], name="return_line")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="return_line_has_quantity")
                ],
            },
        ),
        migrations.CreateModel(
            name="SetPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "whole", "part"), name="set_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("whole", models.F("part")), _negated=True), name="set_holds_others"
                    ),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="set_part_quantity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("amount", models.PositiveIntegerField()),
                ("device_key", models.CharField(max_length=64, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.order"),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "customer", "id"], name="settlement_customer")],
                "constraints": [models.UniqueConstraint(fields=("shop", "device_key"), name="settlement_device_key")],
            },
        ),
        migrations.CreateModel(
            name="TillDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("opening", models.PositiveIntegerField(default=0)),
                ("taken_out", models.PositiveIntegerField(default=0)),
                ("counted", models.PositiveIntegerField()),
                ("expected", models.IntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                ("closed_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "day"), name="till_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("device_key", models.CharField(max_length=64, null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "customer", "id"], name="visit_customer")],
                "constraints": [models.UniqueConstraint(fields=("shop", "device_key"), name="visit_device_key")],
            },
        ),
        migrations.CreateModel(
            name="VisitLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sold", models.PositiveIntegerField(default=0)),
                ("returned", models.PositiveIntegerField(default=0)),
                ("delivered", models.PositiveIntegerField(default=0)),
                ("price", models.PositiveIntegerField()),
                (
                    "settlement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="orders.settlement",
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.visit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "variant"], name="visit_line_variant")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "visit", "variant"), name="visit_line_once"),
                    models.CheckConstraint(
                        condition=models.Q(("sold__gt", 0), ("returned__gt", 0), ("delivered__gt", 0), _connector="OR"),
                        name="visit_line_moves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("name", models.CharField(blank=True, max_length=120)),
                ("boxes", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("ordered", "Became an order"),
                            ("gone", "Does not want to wait any more"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["shop", "day"], name="waiting_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="Baked",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("quantity", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "day", "variant"), name="baked_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("value", models.PositiveIntegerField(default=0)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "name"), name="counter_name")],
            },
        ),
        migrations.CreateModel(
            name="CreditTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tempo_days", models.PositiveSmallIntegerField(default=7)),
                ("limit", models.PositiveIntegerField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="credit_terms_once")],
            },
        ),
        migrations.CreateModel(
            name="DayPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("capacity", models.PositiveIntegerField(null=True)),
                ("closed", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=80)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "day"), name="day_plan_once")],
            },
        ),
        migrations.CreateModel(
            name="Expected",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("usual", models.PositiveIntegerField()),
                ("likely", models.PositiveIntegerField()),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "day", "variant"), name="expected_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Knock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("origin", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "at"], name="knock_at")],
            },
        ),
        migrations.CreateModel(
            name="DayProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("label", models.CharField(max_length=120)),
                ("orders", models.PositiveIntegerField()),
                ("boxes", models.PositiveIntegerField()),
                ("amount", models.PositiveBigIntegerField()),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["shop", "day"], name="day_product")]},
        ),
        migrations.CreateModel(
            name="DaySales",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chat", "Chat"),
                            ("counter", "Counter"),
                            ("page", "Public page"),
                            ("phone", "Phone or in person"),
                            ("reseller", "Reseller"),
                            ("bazaar", "Bazaar"),
                            ("import", "From a file"),
                        ],
                        max_length=10,
                    ),
                ),
                ("orders", models.PositiveIntegerField()),
                ("amount", models.PositiveBigIntegerField()),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="shops.place"
                    ),
                ),
                (
                    "shop",
                    models.ForeignKey(
                        db_index=False,
                        default=setia.core.scope.current_shop_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shops.shop",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["shop", "day"], name="day_sales")]},
        ),
    ]
