import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("customers", "0001_initial"),
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Choosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.PositiveBigIntegerField()),
                ("held_percent", models.PositiveSmallIntegerField(default=10)),
                ("learned", models.JSONField(default=dict)),
                ("learned_at", models.DateTimeField(null=True)),
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
                    models.UniqueConstraint(fields=("shop",), name="choosing_once"),
                    models.CheckConstraint(condition=models.Q(("held_percent__lte", 50)), name="choosing_percent"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=30)),
                (
                    "phase",
                    models.CharField(
                        choices=[("acquire", "Invite"), ("enhance", "Care"), ("retain", "Keep")], max_length=8
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                ("draft", models.TextField(blank=True)),
                ("rank", models.FloatField(default=0)),
                ("chance", models.FloatField(null=True)),
                ("numbers", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("sent", "Sent"),
                            ("done", "Done"),
                            ("skipped", "Skipped"),
                            ("expired", "No longer needed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("show_from", models.DateTimeField(default=setia.core.clock.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("acted_at", models.DateTimeField(null=True)),
                ("edited", models.BooleanField(default=False)),
                ("times_later", models.PositiveSmallIntegerField(default=0)),
                (
                    "arm",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not measured"), ("shown", "Shown"), ("held", "Held back")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("offered_at", models.DateTimeField(null=True)),
                ("ordered", models.BooleanField(null=True)),
                ("message_id", models.BigIntegerField(null=True)),
                (
                    "acted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prompts",
                        to="customers.customer",
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
                    models.Index(condition=models.Q(("state", "open")), fields=["shop", "-rank"], name="prompt_open"),
                    models.Index(
                        condition=models.Q(("acted_at__isnull", False)),
                        fields=["shop", "acted_at"],
                        name="prompt_acted",
                    ),
                    models.Index(
                        condition=models.Q(("offered_at__isnull", False)),
                        fields=["shop", "offered_at"],
                        name="prompt_offered",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "key"), name="prompt_once")],
            },
        ),
    ]
