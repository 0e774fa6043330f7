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
            name="Behaviour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80)),
                ("good", models.BooleanField(default=True)),
                ("weight", models.PositiveSmallIntegerField(default=1)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "label"), name="behaviour_label")],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("photo", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "Wants to work here"),
                            ("trial", "On trial"),
                            ("hired", "Taken on"),
                            ("declined", "Not taken on"),
                        ],
                        default="applied",
                        max_length=10,
                    ),
                ),
                ("applied_on", models.DateField()),
                ("trial_on", models.DateField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="shops.invitation"
                    ),
                ),
                (
                    "member",
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
                "indexes": [models.Index(fields=["shop", "state", "-applied_on"], name="candidate_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("state__in", ["hired", "declined"])),
                            models.Q(("decided_at__isnull", True), ("state__in", ["applied", "trial"])),
                            _connector="OR",
                        ),
                        name="candidate_decided_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("trial", "Trial shift"), ("onboarding", "First days")], max_length=12),
                ),
                ("text", models.CharField(max_length=120)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "kind", "text"), name="checklist_text")],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80)),
                ("weight", models.PositiveSmallIntegerField(default=3)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "label"), name="criterion_label")],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("body", models.CharField(max_length=2000)),
                ("question", models.CharField(max_length=200)),
                ("choices", models.JSONField(default=list)),
                ("right", models.PositiveSmallIntegerField(default=0)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "title"), name="lesson_title")],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("score", models.PositiveSmallIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="team.candidate"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.criterion"
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
                    models.UniqueConstraint(fields=("shop", "candidate", "criterion"), name="mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 1), ("score__lte", 5)), name="mark_in_range"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("seen_at", models.DateTimeField(null=True)),
                ("device_key", models.CharField(max_length=64, null=True)),
                (
                    "behaviour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.behaviour"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.member"),
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
                "indexes": [models.Index(fields=["shop", "member", "-at"], name="observation_latest")],
                "constraints": [models.UniqueConstraint(fields=("shop", "device_key"), name="observation_device_key")],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("came_at", models.DateTimeField(null=True)),
                ("left_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=120)),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.member"),
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
                "indexes": [models.Index(fields=["shop", "day"], name="shift_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "member", "day", "starts"), name="shift_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))), name="shift_ends_after_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("keep_declined_days", models.PositiveSmallIntegerField(default=90)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="team_settings_once")],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "candidate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ticks",
                        to="team.candidate",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.checklistitem"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.member"
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
                        condition=models.Q(("candidate__isnull", False)),
                        fields=("shop", "item", "candidate"),
                        name="tick_of_candidate",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("shop", "item", "member"),
                        name="tick_of_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("passed_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "lesson",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="team.lesson"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="shops.member"),
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
                "indexes": [models.Index(fields=["shop", "member", "-at"], name="training_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lesson__isnull", False)),
                        fields=("shop", "member", "lesson"),
                        name="training_once",
                    )
                ],
            },
        ),
    ]
