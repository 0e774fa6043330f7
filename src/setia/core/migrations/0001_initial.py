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
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=40)),
                ("verb", models.CharField(max_length=60)),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("customer_id", models.BigIntegerField(null=True)),
                ("data", models.JSONField(default=dict)),
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
                    models.Index(fields=["shop", "customer_id", "-at"], name="event_timeline"),
                    models.Index(fields=["shop", "verb", "-at"], name="event_verb"),
                    models.Index(fields=["shop", "subject_type", "subject_id"], name="event_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reaction",
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
                ("listener", models.CharField(max_length=120)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reactions", to="core.event"
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
                    models.Index(condition=models.Q(("work_state", "waiting")), fields=["due_at"], name="reaction_due")
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "event", "listener"), name="reaction_once")],
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=120)),
                ("object_id", models.BigIntegerField(null=True)),
                (
                    "shop",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.shop"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="route_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("object_id", models.BigIntegerField()),
                ("text", models.TextField()),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "kind", "object_id"), name="search_text_once")],
            },
        ),
        migrations.CreateModel(
            name="DailyRun",
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
                ("day", models.DateField()),
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
                    models.Index(condition=models.Q(("work_state", "waiting")), fields=["due_at"], name="daily_run_due")
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "name", "day"), name="daily_run_once")],
            },
        ),
    ]
