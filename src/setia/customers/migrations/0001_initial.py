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
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("note", models.CharField(blank=True, max_length=200)),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("display_name", models.CharField(max_length=120)),
                ("name_key", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("end", "Buyer"), ("reseller", "Reseller"), ("intermediary", "Go-between")],
                        default="end",
                        max_length=12,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
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
                ("address", models.CharField(blank=True, max_length=200)),
                ("district", models.CharField(blank=True, max_length=60)),
                ("landmark", models.CharField(blank=True, max_length=120)),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Bahasa Indonesia"), ("en", "English")], default="id", max_length=5
                    ),
                ),
                ("honorific", models.CharField(blank=True, max_length=20)),
                ("nickname", models.CharField(blank=True, max_length=40)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                (
                    "reach_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("whatsapp", "WhatsApp message"),
                            ("call", "Phone call"),
                            ("visit", "In person"),
                            ("not", "Not at all, they come by themselves"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reach_hours",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("morning", "Morning"),
                            ("midday", "Around noon"),
                            ("afternoon", "Afternoon"),
                            ("evening", "Evening"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "speech",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("salam", "Assalamualaikum"),
                            ("ngoko", "Javanese, as among friends"),
                            ("krama", "Javanese, respectful"),
                        ],
                        max_length=10,
                    ),
                ),
                ("greeting", models.CharField(blank=True, max_length=60)),
                ("household_role", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("archived_at", models.DateTimeField(null=True)),
                ("restricted_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="customers.customer",
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="brought",
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
                (
                    "household",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="members",
                        to="customers.household",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["shop", "-created_at"], name="customer_newest"),
                    models.Index(fields=["shop", "kind", "-created_at"], name="customer_kind"),
                    models.Index(
                        condition=models.Q(("archived_at__isnull", False)),
                        fields=["shop", "-created_at"],
                        name="customer_archived",
                    ),
                    models.Index(fields=["shop", "referred_by"], name="customer_referrer"),
                    models.Index(fields=["shop", "name_key"], name="customer_name"),
                    models.Index(
                        condition=models.Q(("household__isnull", False)),
                        fields=["shop", "household"],
                        name="customer_household",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["shop", "merged_into"],
                        name="customer_merged",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("phone", "Phone"),
                            ("whatsapp", "WhatsApp"),
                            ("bsuid", "WhatsApp id"),
                            ("username", "WhatsApp username"),
                            ("email", "Email"),
                            ("card", "Member card"),
                        ],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=140)),
                ("shared", models.BooleanField(default=False)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identities", to="customers.customer"
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
                    models.Index(fields=["shop", "value"], name="identity_value"),
                    models.Index(fields=["shop", "customer", "kind"], name="identity_customer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("shared", False), ("superseded_at", None)),
                        fields=("shop", "kind", "value"),
                        name="identity_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
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
                ("kind", models.CharField(max_length=12)),
                ("filename", models.CharField(max_length=200)),
                ("table", models.CharField(blank=True, max_length=60)),
                ("survey", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=list)),
                ("day_first", models.BooleanField(null=True)),
                (
                    "language",
                    models.CharField(blank=True, choices=[("id", "Bahasa Indonesia"), ("en", "English")], max_length=5),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preview", "Being looked at"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("undoing", "Being taken out"),
                            ("undone", "Taken out again"),
                            ("failed", "Stopped"),
                        ],
                        default="preview",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(default=0)),
                ("read", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("matched", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("removed", models.PositiveIntegerField(default=0)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("started_at", models.DateTimeField(default=setia.core.clock.now)),
                ("finished_at", models.DateTimeField(null=True)),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["running", "undoing"])), fields=["due_at"], name="import_due"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("model", models.CharField(blank=True, max_length=40)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("raw", models.JSONField(default=list)),
                ("undone", models.BooleanField(default=False)),
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="customers.importrun"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "run", "model", "number"], name="import_row")],
            },
        ),
        migrations.CreateModel(
            name="MergeRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("steps", models.JSONField(default=list)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "kept",
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
                "indexes": [models.Index(fields=["shop", "kept", "-id"], name="merge_kept")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="customers.customer"
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
                "indexes": [models.Index(fields=["shop", "customer", "-at"], name="note_newest")],
            },
        ),
        migrations.CreateModel(
            name="Occasion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birthday", "Birthday"),
                            ("anniversary", "Wedding day"),
                            ("other", "Another day"),
                            ("memorial", "Day of remembrance"),
                        ],
                        default="birthday",
                        max_length=12,
                    ),
                ),
                (
                    "calendar",
                    models.CharField(
                        choices=[
                            ("gregorian", "Ordinary calendar"),
                            ("hijri", "Hijri calendar"),
                            ("javanese", "Javanese calendar"),
                        ],
                        default="gregorian",
                        max_length=10,
                    ),
                ),
                ("month", models.PositiveSmallIntegerField()),
                ("day", models.PositiveSmallIntegerField()),
                ("label", models.CharField(blank=True, max_length=80)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="occasions", to="customers.customer"
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
                "indexes": [models.Index(fields=["shop", "calendar", "month", "day"], name="occasion_date")],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("likes", "Likes"), ("dislikes", "Does not like"), ("allergy", "Must not eat")],
                        max_length=10,
                    ),
                ),
                ("text", models.CharField(max_length=120)),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="preferences", to="customers.customer"
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
                "indexes": [models.Index(fields=["shop", "customer", "kind"], name="preference_of")],
            },
        ),
        migrations.CreateModel(
            name="PrivacyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("show", "See what is kept"),
                            ("correct", "Correct something"),
                            ("withdraw", "Take back a consent"),
                            ("restrict", "Keep it, but do nothing with it"),
                            ("erase", "Erase it"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("counter", "Asked in person"),
                            ("chat", "Asked in the chat"),
                            ("phone", "Asked on the phone"),
                            ("form", "Filled in a form"),
                            ("message", "Wrote it by themselves"),
                        ],
                        default="counter",
                        max_length=10,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("received_at", models.DateTimeField(default=setia.core.clock.now)),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("refused", models.BooleanField(default=False)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="privacy_requests",
                        to="customers.customer",
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
                        condition=models.Q(("done_at__isnull", True)), fields=["shop", "due_at"], name="privacy_open"
                    ),
                    models.Index(fields=["shop", "customer", "-received_at"], name="privacy_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Profile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("-24", "Under 25"),
                            ("25-39", "25 to 39"),
                            ("40-59", "40 to 59"),
                            ("60-", "60 and older"),
                        ],
                        max_length=6,
                    ),
                ),
                ("household_size", models.PositiveSmallIntegerField(null=True)),
                (
                    "buys_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("family", "For the family at home"),
                            ("guests", "For guests and parties"),
                            ("gifts", "As presents and souvenirs"),
                            ("office", "For work or school"),
                            ("resale", "To sell on"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "expects",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("taste", "Taste, always the same"),
                            ("price", "A low price"),
                            ("punctual", "Ready on time"),
                            ("package", "A box that looks good"),
                            ("friendly", "To be known and greeted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("expects_words", models.CharField(blank=True, max_length=200)),
                ("resells_what", models.CharField(blank=True, max_length=120)),
                ("resells_where", models.CharField(blank=True, max_length=120)),
                ("agreed_thanks", models.CharField(blank=True, max_length=200)),
                ("agreed_amount", models.PositiveIntegerField(null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="profiles", to="customers.customer"
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
                "constraints": [models.UniqueConstraint(fields=("shop", "customer"), name="profile_once")],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("parent", "Parent of"),
                            ("spouse", "Husband or wife of"),
                            ("sibling", "Brother or sister of"),
                            ("neighbour", "Neighbour of"),
                            ("works", "Works for"),
                            ("colleague", "Works or learns with"),
                            ("other", "Belongs to"),
                        ],
                        max_length=10,
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=60)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="relations", to="customers.customer"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_to",
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
                "indexes": [models.Index(fields=["shop", "other"], name="relation_other")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "customer", "other", "kind"), name="relation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("customer", models.F("other")), _negated=True), name="relation_of_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SamePair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("number", "Same number or email, and the names are alike"),
                            ("name_place", "Name and place are alike"),
                            ("name", "The names are alike"),
                        ],
                        max_length=10,
                    ),
                ),
                ("score", models.PositiveSmallIntegerField(default=0)),
                ("found_at", models.DateTimeField(default=setia.core.clock.now)),
                ("different_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="customers.customer"
                    ),
                ),
                (
                    "second",
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
                        condition=models.Q(("different_at__isnull", True)),
                        fields=["shop", "-score"],
                        name="same_pair_open",
                    ),
                    models.Index(fields=["shop", "second"], name="same_pair_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "first", "second"), name="same_pair_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="same_pair_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BookRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("regencies", models.JSONField(default=list)),
                ("keep_contacts", models.PositiveSmallIntegerField(null=True)),
                ("keep_buyers", models.PositiveSmallIntegerField(null=True)),
                ("contact", models.CharField(blank=True, max_length=160)),
                ("stored_at", models.CharField(blank=True, max_length=160)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="book_rules_once")],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("found_at", models.DateTimeField(default=setia.core.clock.now)),
                ("happened", models.CharField(blank=True, max_length=120)),
                ("what", models.TextField()),
                ("which_data", models.CharField(max_length=300)),
                ("who", models.CharField(max_length=300)),
                ("done", models.TextField(blank=True)),
                ("agency_told_at", models.DateTimeField(null=True)),
                ("people_told_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["shop", "-found_at"], name="breach_newest")],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("promotion", "Offers and news"),
                            ("occasion", "Birthday and celebration greetings"),
                            ("profile", "Remembering habits and wishes"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("not_asked", "Not asked yet"), ("given", "Agreed"), ("withdrawn", "Said no")],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("how", models.CharField(max_length=80)),
                ("evidence", models.CharField(blank=True, max_length=300)),
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
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="customers.customer"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["shop", "customer", "purpose", "-at"], name="consent_latest")],
            },
        ),
    ]
