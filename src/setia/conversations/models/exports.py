"""A chat exported from the WhatsApp app, on its way into a customer's thread."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer
from setia.shops.models import Member


class ExportState(models.TextChoices):
    PREVIEW = "preview", _("Being looked at")
    DONE = "done", _("Brought in")
    UNDONE = "undone", _("Taken out again")


class ChatImport(ShopModel):
    """One file. Its text is kept only until it was brought in or thrown away."""

    filename = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.PREVIEW)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    # How many messages came in, and how many were here already.
    brought = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="chat_import_open", condition=Q(state="preview")),
            models.Index(fields=["shop", "-created_at"], name="chat_import_newest"),
        ]
