"""Ways in: links and QR codes of the shop that open a chat, each telling where it was seen."""

from django.db import models

from setia.conversations.models.message import Message
from setia.core import clock
from setia.core.scope import ShopModel
from setia.customers.models import Customer, Source


class EntryLink(ShopModel):
    """A link to the shop's WhatsApp with words ready; its code in the words tells where the customer found it."""

    label = models.CharField(max_length=80)
    source = models.CharField(max_length=20, choices=Source)
    # The words that stand ready, without the code.
    text = models.CharField(max_length=100)
    code = models.CharField(max_length=8)
    opened = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "code"], name="entry_link_code")]


class Entry(ShopModel):
    """A customer who wrote with the code of a link (or told it): once per link and person."""

    link = models.ForeignKey(EntryLink, on_delete=models.CASCADE, related_name="entries")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="entries")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")
    # Nobody knew this person before.
    newcomer = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "link", "customer"], name="entry_once")]
        indexes = [models.Index(fields=["shop", "customer"], name="entry_customer")]
