import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PriceList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("customer_kind", models.CharField(blank=True, max_length=12)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "customer_kind"), name="price_list_kind")],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("description", models.CharField(blank=True, max_length=300)),
                ("photo", models.CharField(blank=True, max_length=40)),
                ("shelf_life_days", models.PositiveSmallIntegerField(null=True)),
                ("ingredients", models.CharField(blank=True, max_length=400)),
                ("allergens", models.CharField(blank=True, max_length=120)),
                ("pirt_number", models.CharField(blank=True, max_length=20)),
                ("halal_number", models.CharField(blank=True, max_length=20)),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
            name="Storefront",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("greeting", models.CharField(blank=True, max_length=300)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("map_link", models.CharField(blank=True, max_length=300)),
                ("takes_orders", models.BooleanField(default=True)),
                ("days_ahead", models.PositiveSmallIntegerField(default=1)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="storefront_once")],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("flavour", models.CharField(blank=True, max_length=60)),
                ("pack_size", models.PositiveSmallIntegerField(null=True)),
                ("unit", models.CharField(default="kotak", max_length=20)),
                ("sku", models.CharField(max_length=40)),
                ("photo", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("sold_from", models.DateField(null=True)),
                ("sold_until", models.DateField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="variants", to="catalog.product"
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
                "constraints": [models.UniqueConstraint(fields=("shop", "sku"), name="variant_sku")],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
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
                    "price_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="catalog.pricelist"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("shop", "price_list", "variant", "valid_from"), name="price_once_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="price_above_zero"),
                ],
            },
        ),
    ]
