import django.db.models.deletion
import setia.core.clock
import setia.core.scope
from django.db import migrations, models

from setia.core.migrating import Initial


class Migration(Initial):
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LoginLink",
            fields=[
                ("user_id", models.BigIntegerField()),
                ("token_digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Shop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Bahasa Indonesia"), ("en", "English")], default="id", max_length=5
                    ),
                ),
                ("timezone", models.CharField(default="Asia/Jakarta", max_length=40)),
                ("currency", models.CharField(default="IDR", max_length=3)),
                ("whatsapp_number", models.CharField(blank=True, max_length=20)),
                (
                    "whatsapp_level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "By hand, with the WhatsApp app"),
                            (1, "Chats arrive here (Cloud API)"),
                            (2, "Chats and campaigns (Cloud API with templates)"),
                        ],
                        default=0,
                    ),
                ),
                ("opening_hours", models.JSONField(default=dict)),
                ("district", models.CharField(blank=True, max_length=60)),
                ("daily_capacity", models.PositiveIntegerField(help_text="boxes a day", null=True)),
                ("setup_done_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=setia.core.clock.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("slug",), name="shop_slug")],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("premises", "Shop or house"), ("stall", "Stall")], default="premises", max_length=10
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
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
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("user_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("manager", "Manager"),
                            ("cashier", "Cashier"),
                            ("chat", "Chat"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "language",
                    models.CharField(blank=True, choices=[("id", "Bahasa Indonesia"), ("en", "English")], max_length=5),
                ),
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
                "indexes": [models.Index(fields=["user_id"], name="member_user")],
                "constraints": [models.UniqueConstraint(fields=("shop", "user_id"), name="member_once")],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("manager", "Manager"),
                            ("cashier", "Cashier"),
                            ("chat", "Chat"),
                            ("viewer", "Viewer"),
                        ],
                        max_length=10,
                    ),
                ),
                ("token_digest", models.CharField(max_length=64)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "invited_by",
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
                "constraints": [models.UniqueConstraint(fields=("shop", "token_digest"), name="invitation_once")],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=80)),
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
                "constraints": [models.UniqueConstraint(fields=("shop", "day"), name="closure_once")],
            },
        ),
    ]
