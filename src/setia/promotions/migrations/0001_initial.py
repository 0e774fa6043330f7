import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("care", "0001_initial"),
        ("catalog", "0001_initial"),
        ("conversations", "0001_initial"),
        ("customers", "0001_initial"),
        ("orders", "0001_initial"),
        ("segments", "0001_initial"),
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bazaar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("district", models.CharField(blank=True, max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("goal_people", models.PositiveIntegerField(default=0)),
                ("goal_sales", models.PositiveIntegerField(default=0)),
                ("opening_cash", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "entry_link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.entrylink",
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
                "indexes": [models.Index(fields=["shop", "-starts_on"], name="bazaar_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="bazaar_days"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BazaarCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("counted", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "bazaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="counts", to="promotions.bazaar"
                    ),
                ),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "bazaar", "method"), name="bazaar_count_once")],
            },
        ),
        migrations.CreateModel(
            name="BazaarHelper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "bazaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="helpers", to="promotions.bazaar"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"),
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
                    models.UniqueConstraint(fields=("shop", "bazaar", "member"), name="bazaar_helper_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BazaarStock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("brought", models.PositiveIntegerField(default=0)),
                ("left", models.PositiveIntegerField(null=True)),
                (
                    "bazaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stock", to="promotions.bazaar"
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "bazaar", "variant"), name="bazaar_stock_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="BazaarTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=120)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "bazaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="promotions.bazaar"
                    ),
                ),
                (
                    "done_by",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeviceItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("device", models.CharField(blank=True, max_length=40)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person", "Person"),
                            ("consent", "Agreed or not"),
                            ("sale", "Sale"),
                            ("sample", "Taste"),
                            ("stamps", "Stamps"),
                            ("suggestion", "Suggestion"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "Written down"), ("failed", "Could not be written down")], max_length=6
                    ),
                ),
                ("payload", models.JSONField(default=dict)),
                ("error", models.CharField(blank=True, max_length=300)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "bazaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="promotions.bazaar"
                    ),
                ),
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
                        on_delete=django.db.models.deletion.SET_NULL,
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
                    models.Index(fields=["shop", "bazaar", "kind"], name="bazaar_items"),
                    models.Index(fields=["shop", "order"], name="bazaar_item_order"),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "key"), name="bazaar_item_key")],
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("stall", "At the stall"),
                            ("page", "Signed up on the page"),
                            ("chat", "Wrote on WhatsApp"),
                        ],
                        max_length=8,
                    ),
                ),
                ("newcomer", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "bazaar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="promotions.bazaar"
                    ),
                ),
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
                "indexes": [models.Index(fields=["shop", "customer"], name="bazaar_guest_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "bazaar", "customer"), name="bazaar_guest_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="HoldOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.BigIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
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
                "indexes": [models.Index(fields=["shop", "-ends_on"], name="hold_out_latest")],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "work_state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField(default=setia.core.clock.now)),
                ("leased_until", models.DateTimeField(null=True)),
                ("lease", models.UUIDField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offer", "An offer"),
                            ("season", "A celebration"),
                            ("launch", "Something new"),
                            ("comeback", "Not seen for a while"),
                            ("news", "News"),
                        ],
                        default="offer",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("season", models.CharField(blank=True, max_length=40)),
                ("audience", models.TextField(blank=True)),
                ("audience_words", models.CharField(blank=True, max_length=500)),
                ("holds_out", models.BooleanField(default=True)),
                ("window_days", models.PositiveSmallIntegerField(default=14)),
                ("send_from", models.TimeField()),
                ("send_until", models.TimeField()),
                ("starts_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being prepared"),
                            ("scheduled", "Scheduled"),
                            ("sending", "Being sent"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped"),
                            ("sent", "Sent"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("started_at", models.DateTimeField(null=True)),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("detectable", models.FloatField(null=True)),
                ("losses", models.JSONField(default=dict)),
                ("price_each", models.PositiveIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("result", models.JSONField(null=True)),
                ("measured_at", models.DateTimeField(null=True)),
                ("result_seen_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="segments.segment"
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
                    "template",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.messagetemplate",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalog.variant"
                    ),
                ),
                (
                    "hold_out",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="promotions.holdout",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HoldOutPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held", models.BooleanField()),
                ("block", models.PositiveIntegerField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "hold_out",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="promotions.holdout"
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
                "constraints": [models.UniqueConstraint(fields=("shop", "hold_out", "customer"), name="hold_out_once")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("moment", models.CharField(blank=True, max_length=12)),
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
                "indexes": [models.Index(fields=["shop", "customer", "-at"], name="invitation_newest")],
            },
        ),
        migrations.CreateModel(
            name="InviteRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reward",
                    models.CharField(
                        choices=[
                            ("points", "Points or stamps"),
                            ("box", "A free box"),
                            ("discount", "Money off the next order"),
                            ("nothing", "Only a thank-you"),
                        ],
                        default="nothing",
                        max_length=8,
                    ),
                ),
                ("points", models.PositiveIntegerField(default=0)),
                ("amount", models.PositiveIntegerField(default=0)),
                ("thank_teller", models.BooleanField(default=True)),
                ("welcome_friend", models.BooleanField(default=True)),
                ("every_months", models.PositiveSmallIntegerField(default=3)),
                ("margin_percent", models.PositiveSmallIntegerField(default=40)),
                ("hour_costs", models.PositiveIntegerField(default=15000)),
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
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop",), name="invite_rules_once")],
            },
        ),
        migrations.CreateModel(
            name="Launch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("announced_on", models.DateField(null=True)),
                ("result_seen_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="promotions.campaign",
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
                    "suggestion",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="care.suggestion"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "-created_at"], name="launch_newest")],
            },
        ),
        migrations.CreateModel(
            name="LaunchAlike",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "launch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alike", to="promotions.launch"
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
                    models.UniqueConstraint(fields=("shop", "launch", "variant"), name="launch_alike_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LaunchTaster",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "launch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasters", to="promotions.launch"
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
                "indexes": [models.Index(fields=["shop", "customer"], name="launch_taster_of")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "launch", "customer"), name="launch_taster_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("percent", "So many percent off"),
                            ("amount", "An amount off"),
                            ("buy_get", "Buy some, get some free"),
                            ("bundle", "Several together for one price"),
                            ("delivery", "Free delivery"),
                            ("sample", "A box to taste for free"),
                        ],
                        max_length=8,
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(default=0)),
                ("amount", models.PositiveIntegerField(default=0)),
                ("most", models.PositiveIntegerField(default=0)),
                ("buy", models.PositiveSmallIntegerField(default=0)),
                ("get", models.PositiveSmallIntegerField(default=0)),
                ("customer_kind", models.CharField(blank=True, max_length=12)),
                ("channels", models.JSONField(default=list)),
                ("weekdays", models.JSONField(default=list)),
                ("district", models.CharField(blank=True, max_length=60)),
                ("first_only", models.BooleanField(default=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("least_purchase", models.PositiveIntegerField(default=0)),
                ("per_person", models.PositiveIntegerField(default=0)),
                ("limit", models.PositiveIntegerField(default=0)),
                ("budget", models.PositiveBigIntegerField(default=0)),
                (
                    "stacking",
                    models.CharField(
                        choices=[("alone", "Never with another offer"), ("together", "Also with other offers")],
                        default="alone",
                        max_length=8,
                    ),
                ),
                ("by_code", models.BooleanField(default=False)),
                ("used", models.PositiveIntegerField(default=0)),
                ("spent", models.PositiveBigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("on", "Running"), ("paused", "Paused"), ("ended", "Ended")],
                        default="on",
                        max_length=6,
                    ),
                ),
                ("stopped_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
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
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "state", "starts_on"], name="offer_running")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("limit", 0), ("used__lte", models.F("limit")), _connector="OR"),
                        name="offer_within_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget", 0), ("spent__lte", models.F("budget")), _connector="OR"),
                        name="offer_in_budget",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="offer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="campaigns", to="promotions.offer"
            ),
        ),
        migrations.CreateModel(
            name="OfferPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.PositiveSmallIntegerField(default=1)),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="promotions.offer"
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "offer", "variant"), name="offer_part_once")],
            },
        ),
        migrations.CreateModel(
            name="PlaceGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=60)),
                ("whole", models.BooleanField(default=False)),
                ("customers", models.PositiveIntegerField()),
                ("by_day", models.DateField()),
                ("started_with", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("removed_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["shop", "by_day"], name="place_goal_day")],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("held", models.BooleanField()),
                ("block", models.PositiveIntegerField()),
                ("chance", models.FloatField()),
                ("expected", models.FloatField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Not written to, to compare"),
                            ("waiting", "Waits"),
                            ("handed", "In the outbox"),
                            ("left_out", "Left out"),
                            ("stopped", "Stopped before"),
                        ],
                        max_length=8,
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=1)),
                ("orders", models.PositiveSmallIntegerField(null=True)),
                ("amount", models.PositiveBigIntegerField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="promotions.campaign",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.message",
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
                "indexes": [models.Index(fields=["shop", "campaign", "state"], name="recipient_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "campaign", "customer"), name="recipient_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(choices=[("settled", "Thanked"), ("taken_back", "Taken back")], max_length=10),
                ),
                (
                    "reward",
                    models.CharField(
                        choices=[
                            ("points", "Points or stamps"),
                            ("box", "A free box"),
                            ("discount", "Money off the next order"),
                            ("nothing", "Only a thank-you"),
                        ],
                        max_length=8,
                    ),
                ),
                ("points", models.PositiveIntegerField(default=0)),
                ("amount", models.PositiveIntegerField(default=0)),
                ("rounds", models.PositiveIntegerField(default=1)),
                ("key", models.CharField(blank=True, max_length=50)),
                ("settled_at", models.DateTimeField(default=setia.core.clock.now)),
                ("taken_back_at", models.DateTimeField(null=True)),
                (
                    "friend",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
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
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "used_in",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="orders.order"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "teller", "state"], name="referral_teller")],
                "constraints": [models.UniqueConstraint(fields=("shop", "friend"), name="referral_once")],
            },
        ),
        migrations.CreateModel(
            name="ReferralCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
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
                "indexes": [models.Index(fields=["shop", "customer"], name="referral_code_of")],
                "constraints": [models.UniqueConstraint(fields=("shop", "code"), name="referral_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("counter", "Counter"),
                            ("bazaar", "Bazaar"),
                            ("delivery", "With a delivery"),
                            ("other", "Somewhere else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=1)),
                ("given_on", models.DateField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("key", models.CharField(max_length=64, null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "bazaar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="samples",
                        to="promotions.bazaar",
                    ),
                ),
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
                        on_delete=django.db.models.deletion.SET_NULL,
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
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["shop", "given_on"], name="sample_day"),
                    models.Index(fields=["shop", "customer", "-given_on"], name="sample_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "key"), name="sample_key"),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="sample_some"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SeasonShift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("days", models.SmallIntegerField()),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "code", "year"), name="season_shift_once")],
            },
        ),
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("word_of_mouth", "A friend told them"),
                            ("bazaar", "Bazaar or exhibition"),
                            ("status", "WhatsApp status"),
                            ("leaflet", "Leaflet"),
                            ("reseller", "Reseller"),
                            ("passer_by", "Walked past"),
                            ("online", "Found online"),
                            ("chat", "Wrote by itself"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rent", "Rent, place"),
                            ("samples", "Tastes"),
                            ("printing", "Printing"),
                            ("travel", "Travel"),
                            ("time", "Own time"),
                            ("rewards", "Thanks and rewards"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=120)),
                ("amount", models.PositiveIntegerField()),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("spent_on", models.DateField()),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "bazaar",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="spendings",
                        to="promotions.bazaar",
                    ),
                ),
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
                "indexes": [models.Index(fields=["shop", "spent_on"], name="spending_day")],
            },
        ),
        migrations.CreateModel(
            name="Voucher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("limit", models.PositiveIntegerField(default=0)),
                ("used", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vouchers", to="promotions.offer"
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
                "indexes": [models.Index(fields=["shop", "offer", "code"], name="voucher_of_offer")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "code"), name="voucher_code"),
                    models.CheckConstraint(
                        condition=models.Q(("limit", 0), ("used__lte", models.F("limit")), _connector="OR"),
                        name="voucher_within_limit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfferUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("given_back_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="customers.customer",
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="promotions.offer"
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
                (
                    "voucher",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="promotions.voucher",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "offer", "-at"], name="offer_use_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("given_back_at", None)),
                        fields=("shop", "order", "offer"),
                        name="offer_use_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(fields=["shop", "-created_at"], name="campaign_newest"),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=models.Index(
                condition=models.Q(("state__in", ["scheduled", "sending"])), fields=["due_at"], name="campaign_due"
            ),
        ),
    ]
