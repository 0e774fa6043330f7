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
            name="SharedPrior",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
                ("shops", models.PositiveIntegerField()),
                ("centre", models.JSONField()),
                ("covariance", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("living", "Renews itself"), ("fixed", "Stays as it is")],
                        default="living",
                        max_length=6,
                    ),
                ),
                ("rule", models.JSONField()),
                ("size", models.PositiveIntegerField(default=0)),
                ("sized_at", models.DateTimeField(default=setia.core.clock.now)),
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("shop", "name"), name="segment_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="segments.segment",
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
                    models.UniqueConstraint(fields=("shop", "segment", "customer"), name="segment_member_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ShopFit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("customers", models.PositiveIntegerField()),
                ("repeat_orders", models.PositiveIntegerField()),
                ("loyal", models.PositiveIntegerField(default=0)),
                ("parameters", models.JSONField()),
                ("version", models.CharField(max_length=20)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "day"), name="shop_fit_daily")],
            },
        ),
        migrations.CreateModel(
            name="Traits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=12)),
                ("source", models.CharField(max_length=20)),
                ("district", models.CharField(max_length=60)),
                ("since", models.DateField()),
                ("reachable", models.BooleanField()),
                ("promotion", models.CharField(max_length=10)),
                ("occasion", models.CharField(max_length=10)),
                ("purchases", models.PositiveIntegerField()),
                ("spent", models.PositiveBigIntegerField()),
                ("first_on", models.DateField(null=True)),
                ("last_on", models.DateField(null=True)),
                ("channels", models.PositiveSmallIntegerField(default=0)),
                ("seasons", models.PositiveSmallIntegerField(default=0)),
                ("group", models.PositiveSmallIntegerField()),
                ("lateness", models.FloatField(null=True)),
                ("chance", models.FloatField(null=True)),
                ("value_fifth", models.PositiveSmallIntegerField(null=True)),
                ("loyal_before", models.BooleanField(default=False)),
                ("language", models.CharField(max_length=5)),
                ("speech", models.CharField(max_length=10)),
                ("honorific", models.CharField(max_length=20)),
                ("reach_by", models.CharField(max_length=10)),
                ("reach_hours", models.CharField(max_length=10)),
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
                "indexes": [
                    models.Index(
                        fields=[
                            "shop",
                            "-last_on",
                            "-customer",
                            "promotion",
                            "district",
                            "group",
                            "kind",
                            "purchases",
                            "lateness",
                            "chance",
                            "value_fifth",
                            "reachable",
                            "source",
                            "occasion",
                            "spent",
                            "first_on",
                            "since",
                            "channels",
                            "seasons",
                            "loyal_before",
                            "language",
                            "speech",
                            "honorific",
                            "reach_by",
                            "reach_hours",
                        ],
                        name="traits_latest",
                    ),
                    models.Index(fields=["shop", "district", "customer"], name="traits_district"),
                    models.Index(fields=["shop", "source"], name="traits_source"),
                    models.Index(
                        fields=[
                            "shop",
                            "customer",
                            "promotion",
                            "occasion",
                            "district",
                            "group",
                            "kind",
                            "purchases",
                            "lateness",
                            "chance",
                            "value_fifth",
                            "reachable",
                            "last_on",
                        ],
                        name="traits_person",
                    ),
                    models.Index(
                        fields=[
                            "shop",
                            "promotion",
                            "district",
                            "group",
                            "kind",
                            "purchases",
                            "lateness",
                            "chance",
                            "value_fifth",
                            "reachable",
                            "customer",
                        ],
                        name="traits_offers",
                    ),
                    models.Index(
                        fields=[
                            "shop",
                            "group",
                            "promotion",
                            "district",
                            "kind",
                            "purchases",
                            "lateness",
                            "chance",
                            "value_fifth",
                            "reachable",
                            "customer",
                        ],
                        name="traits_group",
                    ),
                    models.Index(
                        fields=[
                            "shop",
                            "value_fifth",
                            "purchases",
                            "lateness",
                            "promotion",
                            "district",
                            "group",
                            "kind",
                            "chance",
                            "reachable",
                            "customer",
                        ],
                        name="traits_value",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="traits_once")],
            },
        ),
        migrations.CreateModel(
            name="Bought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("times", models.PositiveIntegerField()),
                ("last_on", models.DateField()),
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
                    "variant",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.variant",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "variant", "last_on", "customer"], name="bought_latest")],
                "constraints": [models.UniqueConstraint(fields=("shop", "customer", "variant"), name="bought_once")],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=20)),
                ("target", models.DecimalField(decimal_places=1, max_digits=14)),
                ("set_at", models.DateTimeField(default=setia.core.clock.now)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "measure"), name="goal_once")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week", models.DateField()),
                ("facts", models.JSONField()),
                ("written_at", models.DateTimeField(default=setia.core.clock.now)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "week"), name="letter_once")],
            },
        ),
        migrations.CreateModel(
            name="LetterPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.BooleanField(default=True)),
                ("hour", models.PositiveSmallIntegerField(default=6)),
                ("phone", models.CharField(blank=True, max_length=20)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="letter_plan_once")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                ("day", models.DateField()),
                ("data", models.JSONField()),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "name"), name="report_once")],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("purchases", models.PositiveIntegerField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("spent", models.PositiveBigIntegerField()),
                ("recency", models.PositiveSmallIntegerField()),
                ("frequency", models.PositiveSmallIntegerField()),
                ("monetary", models.PositiveSmallIntegerField()),
                ("group", models.PositiveSmallIntegerField(default=0)),
                ("usual_gap", models.FloatField(null=True)),
                ("gap_low", models.FloatField(null=True)),
                ("gap_high", models.FloatField(null=True)),
                ("lateness", models.FloatField(null=True)),
                ("chance", models.FloatField(null=True)),
                ("expected", models.FloatField(null=True)),
                ("value", models.PositiveBigIntegerField(null=True)),
                ("value_low", models.PositiveBigIntegerField(null=True)),
                ("value_high", models.PositiveBigIntegerField(null=True)),
                ("value_fifth", models.PositiveSmallIntegerField(null=True)),
                ("loyal_before", models.BooleanField(default=False)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="customers.customer"
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
                "indexes": [models.Index(fields=["shop", "lateness"], name="score_lateness")],
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="score_once")],
            },
        ),
        migrations.CreateModel(
            name="SeasonBuyer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("season", models.CharField(max_length=30)),
                ("opportunities", models.PositiveSmallIntegerField()),
                ("taken", models.PositiveSmallIntegerField()),
                ("chance", models.FloatField()),
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
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "season", "customer"), name="season_buyer_once")
                ],
            },
        ),
    ]
