import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("catalog", "0001_initial"),
        ("conversations", "0001_initial"),
        ("customers", "0001_initial"),
        ("orders", "0001_initial"),
        ("shops", "0001_initial"),
        ("supply", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("csat", "How satisfied with an order"),
                            ("nps", "Would they tell others"),
                            ("short", "Five questions about service"),
                            ("full", "Twenty-two questions about service"),
                            ("premises", "How the shop feels"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
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
                "indexes": [models.Index(fields=["shop", "customer", "-at"], name="ask_customer")],
            },
        ),
        migrations.CreateModel(
            name="Boredom",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("variety_before", models.FloatField()),
                ("variety_now", models.FloatField()),
                ("gap_before", models.FloatField()),
                ("gap_now", models.FloatField()),
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="boredom_once")],
            },
        ),
        migrations.CreateModel(
            name="CareSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("severe_hours", models.PositiveSmallIntegerField(default=2)),
                ("major_hours", models.PositiveSmallIntegerField(default=24)),
                ("minor_hours", models.PositiveSmallIntegerField(default=48)),
                ("keep_days", models.PositiveSmallIntegerField(default=90)),
                ("visit_cost", models.PositiveIntegerField(default=15000)),
                ("asks", models.BooleanField(default=False)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="care_settings_once")],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("illness", "Made somebody ill or gave an allergy"),
                            ("foreign", "Something in it that does not belong there"),
                            ("mould", "Mouldy"),
                            ("stale", "Stale or rancid"),
                            ("hard", "Hard or dry"),
                            ("crushed", "Crushed"),
                            ("packaging", "Box damaged"),
                            ("short", "Too few in it"),
                            ("flavour", "Wrong flavour or wrong order"),
                            ("raw", "Not baked through"),
                            ("burnt", "Burnt"),
                            ("late", "Too late"),
                            ("address", "Brought to the wrong address"),
                            ("price", "Wrong price or change"),
                            ("deposit", "Deposit not written down"),
                            ("rude", "Unfriendly service"),
                            ("taste", "Did not taste good"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("severe", "Severe"), ("major", "Serious"), ("minor", "Small")], max_length=8
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("chat", "Chat"),
                            ("counter", "At the counter"),
                            ("phone", "By phone"),
                            ("survey", "When asked"),
                            ("page", "Public page"),
                            ("bazaar", "Bazaar"),
                        ],
                        max_length=8,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("contact", models.CharField(blank=True, max_length=80)),
                ("boxes", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("offered", "Offered"),
                            ("accepted", "Agreed"),
                            ("done", "Done, to be asked"),
                            ("closed", "Closed"),
                            ("dropped", "Was no complaint"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("cause", models.CharField(blank=True, max_length=60)),
                ("opened_at", models.DateTimeField(default=setia.core.clock.now)),
                ("due_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("content", models.BooleanField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="supply.batch"
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="complaints",
                        to="customers.customer",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="orders.line"
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
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="complaints",
                        to="orders.order",
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
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["shop", "due_at"],
                        name="complaint_open",
                    ),
                    models.Index(fields=["shop", "-opened_at", "-id"], name="complaint_latest"),
                    models.Index(fields=["shop", "customer", "-opened_at"], name="complaint_customer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state__in", ["closed", "dropped"])),
                            models.Q(
                                models.Q(("state__in", ["closed", "dropped"]), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="complaint_closed_has_stamp",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("message__isnull", False)),
                        fields=("shop", "message"),
                        name="complaint_of_message_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("csat", "How satisfied with an order"),
                            ("nps", "Would they tell others"),
                            ("short", "Five questions about service"),
                            ("full", "Twenty-two questions about service"),
                            ("premises", "How the shop feels"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("chat", "Chat"),
                            ("counter", "At the counter"),
                            ("phone", "By phone"),
                            ("survey", "When asked"),
                            ("page", "Public page"),
                            ("bazaar", "Bazaar"),
                        ],
                        max_length=8,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("items", models.JSONField(default=dict)),
                ("weights", models.JSONField(default=dict)),
                ("text", models.CharField(blank=True, max_length=600)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
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
                (
                    "ask",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="care.ask"
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="care.complaint"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "form", "-at"], name="answer_latest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ask__isnull", False)), fields=("shop", "ask"), name="answer_once_per_ask"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("order__isnull", False), ("source", "counter")),
                        fields=("shop", "order", "form"),
                        name="answer_of_order_at_counter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("form", "csat"), ("score__gte", 1), ("score__lte", 5)),
                            models.Q(("form", "nps"), ("score__gte", 0), ("score__lte", 10)),
                            models.Q(("form__in", ["short", "full", "premises"]), ("score__isnull", True)),
                            _connector="OR",
                        ),
                        name="answer_score_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplaintNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=600)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="care.complaint"
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
            name="ComplaintPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("photo", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="care.complaint"
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
            name="Elsewhere",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("price", "Cheaper there"),
                            ("quality", "Better there, or something was not right here"),
                            ("late", "We were late or sold out"),
                            ("bored", "Wanted something else"),
                            ("nearer", "Nearer to them"),
                            ("moved", "Moved away"),
                            ("other", "Another reason"),
                        ],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
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
                "indexes": [models.Index(fields=["shop", "customer", "-at"], name="elsewhere_customer")],
            },
        ),
        migrations.CreateModel(
            name="Improvement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cause", models.CharField(max_length=60)),
                ("action", models.CharField(blank=True, max_length=300)),
                ("opened_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
                (
                    "owner",
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
                        condition=models.Q(("done_on__isnull", True)),
                        fields=("shop", "cause"),
                        name="improvement_one_open_per_cause",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "option",
                    models.CharField(
                        choices=[
                            ("replace", "New boxes"),
                            ("bonus", "A box on top"),
                            ("discount", "Money off next time"),
                            ("refund", "Money back"),
                            ("visit", "A visit"),
                            ("apology", "An apology"),
                        ],
                        max_length=8,
                    ),
                ),
                ("cost", models.PositiveIntegerField(default=0)),
                ("value", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "Offered"),
                            ("accepted", "Agreed"),
                            ("refused", "Refused"),
                            ("done", "Done"),
                        ],
                        default="offered",
                        max_length=8,
                    ),
                ),
                ("offered_at", models.DateTimeField(default=setia.core.clock.now)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="settlements", to="care.complaint"
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
                "indexes": [models.Index(fields=["shop", "option", "state"], name="settlement_option")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["offered", "accepted", "done"])),
                        fields=("shop", "complaint"),
                        name="settlement_one_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("considered", "We think about it"),
                            ("trying", "We try it"),
                            ("launched", "It is there"),
                            ("declined", "Not now"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=600)),
                ("made_at", models.DateTimeField(default=setia.core.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joined",
                        to="care.suggestion",
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
            options={
                "indexes": [models.Index(fields=["shop", "state", "-made_at"], name="suggestion_state")],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=600)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("chat", "Chat"),
                            ("counter", "At the counter"),
                            ("phone", "By phone"),
                            ("survey", "When asked"),
                            ("page", "Public page"),
                            ("bazaar", "Bazaar"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("key", models.CharField(max_length=64, null=True)),
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
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="care.suggestion"
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="voices", to="care.suggestion"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "customer", "-at"], name="voice_customer")],
                "constraints": [models.UniqueConstraint(fields=("shop", "key"), name="voice_key")],
            },
        ),
    ]
