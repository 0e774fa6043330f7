import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("catalog", "0001_initial"),
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20)),
                ("baked_on", models.DateField()),
                ("boxes", models.PositiveSmallIntegerField()),
                ("best_before", models.DateField(null=True)),
                ("sold_until", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("photo", models.CharField(blank=True, max_length=40)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("noted", "Accepted with a remark"),
                            ("rejected", "Sent back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recalled_at", models.DateTimeField(null=True)),
                ("recall_reason", models.CharField(blank=True, max_length=300)),
                (
                    "baked_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "-baked_on", "-id"], name="batch_latest")],
                "constraints": [models.UniqueConstraint(fields=("shop", "code"), name="batch_code")],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, max_length=40)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=10)),
                ("cost", models.PositiveIntegerField()),
                ("promised_on", models.DateField(null=True)),
                ("received_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Accepted"),
                            ("noted", "Accepted with a remark"),
                            ("rejected", "Sent back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("used_up_at", models.DateTimeField(null=True)),
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
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("noted", "Accepted with a remark"),
                            ("rejected", "Sent back"),
                        ],
                        max_length=10,
                    ),
                ),
                ("points", models.JSONField(default=list)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("photo", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inspections",
                        to="supply.batch",
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
                (
                    "lot",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inspections",
                        to="supply.lot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("batch__isnull", True), ("lot__isnull", False)),
                            models.Q(("batch__isnull", False), ("lot__isnull", True)),
                            _connector="OR",
                        ),
                        name="inspection_of_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchLot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="supply.batch"
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
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batches", to="supply.lot"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "batch", "lot"), name="batch_lot_once")],
            },
        ),
        migrations.CreateModel(
            name="Material",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                (
                    "unit",
                    models.CharField(
                        choices=[("kg", "kg"), ("l", "litre"), ("pcs", "piece")], default="kg", max_length=4
                    ),
                ),
                ("packaging", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(null=True)),
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
        ),
        migrations.AddField(
            model_name="lot",
            name="material",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="supply.material"
            ),
        ),
        migrations.CreateModel(
            name="PriceReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField()),
                ("opened_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "option",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("price", "A new price"),
                            ("smaller", "A smaller pack"),
                            ("supplier", "Another supplier"),
                            ("absorb", "Leave it as it is"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("effective_on", models.DateField(null=True)),
                ("announcement", models.CharField(blank=True, max_length=600)),
                ("announced_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="supply.material"
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
                        condition=models.Q(("decided_at", None)),
                        fields=("shop", "material"),
                        name="price_review_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipe",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("boxes", models.PositiveSmallIntegerField()),
                ("labour", models.PositiveIntegerField(default=0)),
                ("energy", models.PositiveIntegerField(default=0)),
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
                    models.UniqueConstraint(fields=("shop", "variant"), name="recipe_once"),
                    models.CheckConstraint(condition=models.Q(("boxes__gt", 0)), name="recipe_gives_boxes"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecipeLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=10)),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recipe_lines", to="supply.material"
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
                    models.UniqueConstraint(fields=("shop", "variant", "material"), name="recipe_line_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="recipe_line_has_quantity"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.PositiveIntegerField()),
                ("after", models.PositiveIntegerField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="supply.pricereview"
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
                    models.UniqueConstraint(fields=("shop", "review", "variant"), name="review_price_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Standard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=120)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "material",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standards",
                        to="supply.material",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.product"
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("material__isnull", False), ("product__isnull", True)),
                            models.Q(("material__isnull", True), ("product__isnull", False)),
                            _connector="OR",
                        ),
                        name="standard_of_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Supplier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("permanent", "Regular"), ("trial", "On trial")], default="permanent", max_length=10
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("archived_at", models.DateTimeField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "name"), name="supplier_name")],
            },
        ),
        migrations.CreateModel(
            name="MaterialPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("paid", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "material",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="supply.material"
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
                    "supplier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supply.supplier"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "material", "-on", "-id"], name="material_price_latest")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="material_price_above_zero")
                ],
            },
        ),
        migrations.AddField(
            model_name="material",
            name="supplier",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="supply.supplier"
            ),
        ),
        migrations.AddField(
            model_name="lot",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="supply.supplier"
            ),
        ),
        migrations.CreateModel(
            name="SupplySettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target_margin", models.PositiveSmallIntegerField(default=35)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="supply_settings_once")],
            },
        ),
        migrations.CreateModel(
            name="TracedComplaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("complaint_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=30)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="complaints", to="supply.batch"
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
                "constraints": [models.UniqueConstraint(fields=("shop", "complaint_id"), name="traced_complaint_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="material",
            constraint=models.UniqueConstraint(fields=("shop", "name"), name="material_name"),
        ),
        migrations.AddIndex(
            model_name="lot",
            index=models.Index(fields=["shop", "material", "-received_on", "-id"], name="lot_latest"),
        ),
        migrations.AddConstraint(
            model_name="lot",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="lot_has_quantity"),
        ),
    ]
