import datetime
import django.core.validators
import django.db.models.deletion
import setia.core.clock
import setia.core.crypto
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = [
        ("customers", "0001_initial"),
        ("orders", "0001_initial"),
        ("shops", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("whatsapp_cloud", "WhatsApp Cloud API"), ("whatsapp_app", "WhatsApp (wa.me)")],
                        max_length=16,
                    ),
                ),
                ("display_number", models.CharField(blank=True, max_length=20)),
                ("phone_number_id", models.CharField(blank=True, max_length=40)),
                ("waba_id", models.CharField(blank=True, max_length=40)),
                ("access_token", setia.core.crypto.EncryptedTextField(blank=True)),
                ("on_phone_too", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "Working"), ("stopped", "Stopped"), ("disconnected", "Disconnected")],
                        default="active",
                        max_length=12,
                    ),
                ),
                ("state_reason", models.CharField(blank=True, max_length=60)),
                ("heard_at", models.DateTimeField(null=True)),
                ("held_until", models.DateTimeField(null=True)),
                ("holds", models.PositiveSmallIntegerField(default=0)),
                ("promotions_held_until", models.DateTimeField(null=True)),
                ("paid_held_until", models.DateTimeField(null=True)),
                ("templates_held_until", models.DateTimeField(null=True)),
                ("stopped_templates", models.JSONField(default=dict)),
                ("paced_until", models.DateTimeField(null=True)),
                ("daily_reach", models.PositiveIntegerField(default=250, null=True)),
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
                    models.UniqueConstraint(fields=("shop", "kind", "phone_number_id"), name="channel_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("filename", models.CharField(max_length=120)),
                ("text", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("preview", "Being looked at"), ("done", "Brought in"), ("undone", "Taken out again")],
                        default="preview",
                        max_length=8,
                    ),
                ),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("brought", models.PositiveIntegerField(default=0)),
                ("known", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"),
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
                        condition=models.Q(("state", "preview")), fields=["created_at"], name="chat_import_open"
                    ),
                    models.Index(fields=["shop", "-created_at"], name="chat_import_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChatTools",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place_name", models.CharField(blank=True, max_length=100)),
                ("place_address", models.CharField(blank=True, max_length=200)),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("catalog_id", models.CharField(blank=True, max_length=40)),
                ("slow_after", models.PositiveSmallIntegerField(default=30)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="chat_tools_once")],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("profile_name", models.CharField(blank=True, max_length=120)),
                ("unread", models.PositiveIntegerField(default=0)),
                ("last_message_at", models.DateTimeField(null=True)),
                ("last_text", models.CharField(blank=True, max_length=160)),
                ("last_kind", models.CharField(blank=True, max_length=20)),
                ("last_direction", models.CharField(blank=True, max_length=3)),
                ("sorted_at", models.DateTimeField(null=True)),
                ("snoozed_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("last_inbound_at", models.DateTimeField(null=True)),
                ("window_until", models.DateTimeField(null=True)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("last_echo_at", models.DateTimeField(null=True)),
                ("automation_paused_until", models.DateTimeField(null=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("held_until", models.DateTimeField(null=True)),
                ("holds", models.PositiveSmallIntegerField(default=0)),
                ("pace_started_at", models.DateTimeField(null=True)),
                ("paced_until", models.DateTimeField(null=True)),
                ("undeliverable", models.PositiveSmallIntegerField(default=0)),
                (
                    "assignee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="shops.member"
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to="conversations.channel",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
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
                    models.Index(fields=["shop", "-last_message_at"], name="conversation_newest"),
                    models.Index(fields=["shop", "-sorted_at"], name="conversation_sorted"),
                    models.Index(fields=["shop", "snoozed_until"], name="conversation_snoozed"),
                    models.Index(fields=["shop", "assignee"], name="conversation_assignee"),
                    models.Index(fields=["shop", "waiting_since"], name="conversation_waiting"),
                    models.Index(condition=models.Q(("unread__gt", 0)), fields=["shop"], name="conversation_unread"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "channel", "customer"), name="conversation_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80)),
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
                ("text", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=8)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "code"), name="entry_link_code")],
            },
        ),
        migrations.CreateModel(
            name="InboxItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("payload", models.JSONField(null=True)),
                ("received_at", models.DateTimeField(default=setia.core.clock.now)),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("waits_for", models.CharField(blank=True, max_length=140)),
                ("parked_until", models.DateTimeField(null=True)),
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
                        condition=models.Q(("waits_for", ""), _negated=True),
                        fields=["shop", "waits_for"],
                        name="inbox_waits",
                    ),
                    models.Index(
                        condition=models.Q(("problem", ""), _negated=True),
                        fields=["shop", "-received_at"],
                        name="inbox_problem",
                    ),
                    models.Index(fields=["received_at"], name="inbox_received"),
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "key"), name="inbox_item_once")],
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30)),
                (
                    "colour",
                    models.CharField(
                        choices=[
                            ("green", "Green"),
                            ("gold", "Gold"),
                            ("brick", "Brick"),
                            ("blue", "Blue"),
                            ("violet", "Violet"),
                            ("grey", "Grey"),
                        ],
                        default="green",
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("removed_at", models.DateTimeField(null=True)),
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
                        condition=models.Q(("removed_at", None)), fields=("shop", "name"), name="label_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConversationLabel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="labels",
                        to="conversations.conversation",
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
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chats", to="conversations.label"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "conversation", "label"), name="conversation_label_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
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
                (
                    "direction",
                    models.CharField(choices=[("in", "From the customer"), ("out", "From the shop")], max_length=3),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("live", "Through Setia"),
                            ("echo", "Written on the phone"),
                            ("history", "From before, or from an exported chat"),
                        ],
                        default="live",
                        max_length=8,
                    ),
                ),
                ("kind", models.CharField(default="text", max_length=20)),
                ("text", models.TextField(blank=True)),
                ("payload", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("queued", "Waiting to be sent"),
                            ("sending", "Being sent"),
                            ("opened", "Opened in WhatsApp"),
                            ("accepted", "Handed to WhatsApp"),
                            ("sent", "Sent"),
                            ("delivered", "Arrived"),
                            ("read", "Read"),
                            ("played", "Listened to"),
                            ("failed", "Not sent"),
                            ("unknown", "Not sure it was sent"),
                            ("skipped", "Left out"),
                        ],
                        max_length=10,
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=30)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("wamid", models.CharField(max_length=128, null=True)),
                ("quotes_wamid", models.CharField(blank=True, max_length=128)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("error_code", models.IntegerField(null=True)),
                ("pricing", models.JSONField(null=True)),
                ("counted", models.BooleanField(default=False)),
                ("initiated", models.BooleanField(default=False)),
                ("their_reaction", models.CharField(blank=True, max_length=16)),
                ("their_reaction_at", models.DateTimeField(null=True)),
                ("edited_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("import_key", models.CharField(max_length=64, null=True)),
                (
                    "chat_import",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="conversations.chatimport",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="customers.customer"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                (
                    "sent_by",
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
                    models.Index(fields=["shop", "conversation", "-at"], name="message_thread"),
                    models.Index(
                        condition=models.Q(("direction", "out"), ("work_state", "waiting")),
                        fields=["conversation", "due_at"],
                        name="message_queue",
                    ),
                    models.Index(
                        condition=models.Q(("direction", "out"), ("work_state", "waiting")),
                        fields=["due_at"],
                        name="message_due",
                    ),
                    models.Index(
                        condition=models.Q(("initiated", True)),
                        fields=["shop", "conversation", "accepted_at"],
                        name="message_initiated",
                    ),
                    models.Index(
                        condition=models.Q(("purpose", "promotion")),
                        fields=["shop", "customer", "-at"],
                        name="message_promotion",
                    ),
                    models.Index(
                        condition=models.Q(("direction", "out"), ("status__in", ["queued", "opened"])),
                        fields=["shop", "due_at"],
                        name="message_by_hand",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "wamid"), name="message_wamid"),
                    models.UniqueConstraint(
                        fields=("shop", "conversation", "import_key"), name="message_imported_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("purpose", ""), _negated=True),
                        fields=("shop", "purpose", "customer", "reference"),
                        name="message_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MediaFile",
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
                ("kind", models.CharField(max_length=20)),
                ("media_id", models.CharField(max_length=128)),
                ("mime_type", models.CharField(blank=True, max_length=100)),
                ("filename", models.CharField(blank=True, max_length=200)),
                ("path", models.CharField(blank=True, max_length=200)),
                ("thumbnail", models.CharField(blank=True, max_length=200)),
                ("width", models.PositiveIntegerField(null=True)),
                ("height", models.PositiveIntegerField(null=True)),
                ("size", models.PositiveIntegerField(null=True)),
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
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="conversations.message"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("work_state", "waiting")), fields=["due_at"], name="media_file_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "message", "media_id"), name="media_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("newcomer", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="customers.customer"
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
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="conversations.entrylink",
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
            ],
            options={
                "indexes": [models.Index(fields=["shop", "customer"], name="entry_customer")],
                "constraints": [models.UniqueConstraint(fields=("shop", "link", "customer"), name="entry_once")],
            },
        ),
        migrations.CreateModel(
            name="MessageTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("waba_id", models.CharField(blank=True, max_length=40)),
                ("name", models.CharField(max_length=60)),
                ("language", models.CharField(default="id", max_length=10)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("utility", "About an order"),
                            ("marketing", "Offer or news"),
                            ("authentication", "Code for signing in"),
                        ],
                        default="utility",
                        max_length=16,
                    ),
                ),
                ("header", models.CharField(blank=True, max_length=60)),
                ("body", models.TextField()),
                ("footer", models.CharField(blank=True, max_length=60)),
                ("picture", models.CharField(blank=True, max_length=200)),
                ("picture_id", models.CharField(blank=True, max_length=128)),
                ("picture_until", models.DateTimeField(null=True)),
                ("buttons", models.JSONField(default=list)),
                ("examples", models.JSONField(default=dict)),
                ("positional", models.BooleanField(default=False)),
                ("foreign", models.BooleanField(default=False)),
                ("meta_id", models.CharField(blank=True, max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Not submitted yet"),
                            ("pending", "WhatsApp is looking at it"),
                            ("approved", "Approved"),
                            ("rejected", "Refused"),
                            ("paused", "Paused by WhatsApp"),
                            ("disabled", "Switched off by WhatsApp"),
                            ("deleted", "Deleted"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("quality", models.CharField(blank=True, max_length=10)),
                ("reason", models.CharField(blank=True, max_length=60)),
                ("advice", models.CharField(blank=True, max_length=300)),
                ("resting", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
                ("told_at", models.DateTimeField(null=True)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "name", "language"), name="template_once")],
            },
        ),
        migrations.CreateModel(
            name="MessageVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(blank=True)),
                ("payload", models.JSONField(default=dict)),
                ("until", models.DateTimeField()),
                ("change", models.CharField(max_length=10)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="conversations.message"
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
                "indexes": [models.Index(fields=["shop", "message", "until"], name="message_version")],
            },
        ),
        migrations.CreateModel(
            name="MonthlyUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("category", models.CharField(max_length=30)),
                ("type", models.CharField(max_length=30)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="conversations.channel"
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
                        fields=("shop", "channel", "month", "category", "type"), name="monthly_use_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("data", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="conversations.channel"
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
                "indexes": [models.Index(fields=["shop", "-at"], name="notice_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("seen_at", None)),
                        fields=("shop", "channel", "kind", "subject"),
                        name="notice_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("sent_at", models.DateTimeField(default=setia.core.clock.now)),
                ("intent", models.CharField(max_length=20)),
                ("reading", models.JSONField(default=dict)),
                ("asks", models.JSONField(default=list)),
                ("lines", models.JSONField(default=list)),
                ("question", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Not decided yet"), ("booked", "Made an order"), ("dismissed", "Put away")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="order_drafts",
                        to="customers.customer",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
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
                "indexes": [models.Index(fields=["shop", "customer", "-sent_at"], name="order_draft_customer")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("message__isnull", False)),
                        fields=("shop", "message"),
                        name="order_draft_message",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuickReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("removed_at", models.DateTimeField(null=True)),
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
                "indexes": [models.Index(fields=["shop", "position"], name="quick_reply_order")],
            },
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=30)),
                ("amount", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
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
                    models.UniqueConstraint(fields=("shop", "category", "valid_from"), name="rate_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadReceipt",
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
                ("wamid", models.CharField(max_length=128)),
                ("typing", models.BooleanField(default=False)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.conversation"
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
                        condition=models.Q(("work_state", "waiting")), fields=["due_at"], name="read_receipt_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "wamid", "typing"), name="read_receipt_once")],
            },
        ),
        migrations.CreateModel(
            name="SendingRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quiet_from", models.TimeField(default=datetime.time(20, 0))),
                ("quiet_until", models.TimeField(default=datetime.time(8, 0))),
                ("days_between_offers", models.PositiveSmallIntegerField(default=7)),
                ("monthly_cap", models.PositiveIntegerField(null=True)),
                ("by_hand_a_day", models.PositiveSmallIntegerField(default=40)),
                ("by_hand_in_a_row", models.PositiveSmallIntegerField(default=10)),
                ("by_hand_rest", models.PositiveSmallIntegerField(default=15)),
                ("greetings", models.TextField(blank=True)),
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
                "constraints": [models.UniqueConstraint(fields=("shop",), name="sending_rules_once")],
            },
        ),
        migrations.CreateModel(
            name="ServiceReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "stars",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("", "Only noted"), ("praise", "Praise"), ("coach", "Show how it is done")],
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=setia.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="shops.member"),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="shops.member"
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
                "indexes": [models.Index(fields=["shop", "member", "-day"], name="service_review_member")],
                "constraints": [
                    models.UniqueConstraint(fields=("shop", "conversation", "day"), name="service_review_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("stars__gte", 1), ("stars__lte", 5)), name="service_review_stars"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
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
                ("body", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("received_at", models.DateTimeField(default=setia.core.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("work_state", "waiting")), fields=["due_at"], name="webhook_due"),
                    models.Index(fields=["received_at"], name="webhook_received"),
                ],
                "constraints": [models.UniqueConstraint(fields=("digest",), name="webhook_digest")],
            },
        ),
        migrations.CreateModel(
            name="AutoReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "trigger",
                    models.CharField(
                        choices=[
                            ("greeting", "First message of a new customer"),
                            ("away", "Somebody writes while the shop is closed"),
                            ("price_list", "Somebody asks for the price list"),
                            ("catalogue", "Somebody asks for pictures or the catalogue"),
                            ("unclear", "A message that could not be understood"),
                            ("person", "Somebody asks for a person"),
                            ("confirmed", "An order was confirmed"),
                            ("ready", "An order is ready"),
                            ("on_its_way", "An order is on its way"),
                            ("payment", "The day before, when money is still open"),
                            ("thanks_first", "After a customer's first order"),
                            ("thanks", "After every later order"),
                        ],
                        max_length=20,
                    ),
                ),
                ("enabled", models.BooleanField(default=True)),
                ("text", models.TextField(blank=True)),
                ("text_english", models.TextField(blank=True)),
                ("hours_from", models.TimeField(null=True)),
                ("hours_until", models.TimeField(null=True)),
                (
                    "carries",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("words", "In words"),
                            ("picture", "As a picture"),
                            ("products", "As products to tap, from the WhatsApp catalogue"),
                        ],
                        max_length=10,
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
                "constraints": [models.UniqueConstraint(fields=("shop", "trigger"), name="auto_reply_trigger")],
            },
        ),
        migrations.CreateModel(
            name="TemplateLook",
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
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="conversations.channel"
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
                        condition=models.Q(("work_state", "waiting")), fields=["due_at"], name="template_look_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("shop", "channel"), name="template_look_once")],
            },
        ),
    ]
