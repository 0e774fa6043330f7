import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("catalog", "0001_initial"),
        ("customers", "0001_initial"),
        ("orders", "0001_initial"),
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.IntegerField(default=0)),
                ("stamps", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("closed_at", models.DateTimeField(null=True)),
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
                    models.Index(fields=["shop", "-points"], name="loyalty_account_points"),
                    models.Index(fields=["shop", "-stamps"], name="loyalty_account_stamps"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bonus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveIntegerField()),
                ("until", models.DateField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "variant"), name="loyalty_bonus_once")],
            },
        ),
        migrations.CreateModel(
            name="Earning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("terms", models.JSONField(default=dict)),
                ("points", models.IntegerField(default=0)),
                ("points_owed", models.PositiveIntegerField(default=0)),
                ("stamps", models.IntegerField(default=0)),
                ("stamps_owed", models.PositiveIntegerField(default=0)),
                ("steps", models.PositiveIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="loyalty.account"
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
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orders.order"),
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
                "indexes": [models.Index(fields=["shop", "account", "day"], name="loyalty_earning_day")],
                "constraints": [models.UniqueConstraint(fields=("shop", "order"), name="loyalty_earning_once")],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="loyalty.account"
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
                "indexes": [models.Index(fields=["shop", "account"], name="loyalty_members")],
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="loyalty_one_card_each")],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points_on", models.BooleanField(default=False)),
                ("stamps_on", models.BooleanField(default=False)),
                ("rupiah_per_point", models.PositiveIntegerField(default=10000)),
                (
                    "visit",
                    models.CharField(
                        choices=[("day", "one stamp a day"), ("purchase", "one stamp for every purchase")],
                        default="day",
                        max_length=10,
                    ),
                ),
                ("stamp_least", models.PositiveIntegerField(default=0)),
                ("welcome", models.PositiveIntegerField(default=0)),
                ("referral", models.PositiveIntegerField(default=0)),
                ("expiry_months", models.PositiveSmallIntegerField(default=12)),
                ("warn_days", models.PositiveSmallIntegerField(default=14)),
                ("point_pays", models.PositiveIntegerField(default=0)),
                ("least_points", models.PositiveIntegerField(default=0)),
                ("resellers", models.BooleanField(default=False)),
                ("below_zero", models.BooleanField(default=False)),
                ("games", models.BooleanField(default=True)),
                ("answers", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(default=setia.core.clock.now)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="loyalty_programme_once")],
            },
        ),
        migrations.CreateModel(
            name="Redemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("unit", models.CharField(choices=[("points", "Points"), ("stamps", "Stamps")], max_length=8)),
                ("cost", models.PositiveIntegerField()),
                ("worth", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("undone_at", models.DateTimeField(null=True)),
                ("key", models.CharField(max_length=80)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="loyalty.account"
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
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(choices=[("points", "Points"), ("stamps", "Stamps")], max_length=8)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("earn", "Purchase"),
                            ("welcome", "Welcome"),
                            ("referral", "Brought somebody"),
                            ("opening", "From the paper card"),
                            ("correction", "Correction"),
                            ("take_back", "Taken back"),
                            ("redeem", "Reward"),
                            ("undo", "Reward given back"),
                            ("expire", "Lapsed"),
                            ("move", "Brought together"),
                            ("offset", "Set off"),
                        ],
                        max_length=10,
                    ),
                ),
                ("amount", models.IntegerField()),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("day", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("reason", models.CharField(blank=True, max_length=120)),
                ("key", models.CharField(max_length=100)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="loyalty.account"
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
                    "lot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draws",
                        to="loyalty.ledgerentry",
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
                    "redemption",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="loyalty.redemption",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["shop", "account", "unit", "id"], name="loyalty_entries"),
                    models.Index(
                        condition=models.Q(("lot__isnull", True)), fields=["shop", "expires_on"], name="loyalty_lots"
                    ),
                    models.Index(fields=["shop", "lot"], name="loyalty_draws"),
                    models.Index(fields=["shop", "day", "unit", "kind"], name="loyalty_by_day"),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "key"), name="loyalty_entry_key")],
            },
        ),
        migrations.CreateModel(
            name="Reward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("box", "A free box"), ("amount", "Money off"), ("text", "Something else")],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("unit", models.CharField(choices=[("points", "Points"), ("stamps", "Stamps")], max_length=8)),
                ("cost", models.PositiveIntegerField()),
                ("amount", models.PositiveIntegerField(default=0)),
                ("least_purchase", models.PositiveIntegerField(default=0)),
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
                (
                    "variant",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="redemption",
            name="reward",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.reward"
            ),
        ),
        migrations.CreateModel(
            name="Tier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("least_orders", models.PositiveIntegerField(default=3)),
                ("least_spent", models.PositiveBigIntegerField(default=0)),
                ("within_days", models.PositiveIntegerField(default=0)),
                ("in_rhythm", models.BooleanField(default=True)),
                ("percent", models.PositiveSmallIntegerField(default=100)),
                ("price_percent", models.PositiveSmallIntegerField(default=0)),
                ("free_delivery", models.BooleanField(default=False)),
                ("free_sample", models.BooleanField(default=False)),
                ("early_news", models.BooleanField(default=False)),
                ("benefit", models.CharField(blank=True, max_length=200)),
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
                "indexes": [models.Index(fields=["shop", "position"], name="loyalty_tier_order")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                (
                    "moved",
                    models.CharField(
                        blank=True,
                        choices=[("", ""), ("up", "moved up"), ("down", "moved down")],
                        default="",
                        max_length=4,
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
                (
                    "tier",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.tier"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "moved", "since"], name="loyalty_standing_moved")],
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="loyalty_standing_once")],
            },
        ),
        migrations.AddField(
            model_name="reward",
            name="tier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="loyalty.tier"
            ),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(fields=["shop", "account", "-at"], name="loyalty_redeemed"),
        ),
        migrations.AddIndex(
            model_name="redemption",
            index=models.Index(fields=["shop", "order"], name="loyalty_redeemed_order"),
        ),
        migrations.AddConstraint(
            model_name="redemption",
            constraint=models.UniqueConstraint(fields=("shop", "key"), name="loyalty_redemption_key"),
        ),
        migrations.AddConstraint(
            model_name="reward",
            constraint=models.CheckConstraint(condition=models.Q(("cost__gt", 0)), name="loyalty_reward_costs"),
        ),
    ]
