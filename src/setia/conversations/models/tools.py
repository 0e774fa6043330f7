"""What lies ready for whoever answers: quick replies, the shop on the map, the catalogue."""

from django.db import models

from setia.core.scope import ShopModel


class QuickReply(ShopModel):
    """Words that are needed again and again; one tap puts them into the message."""

    title = models.CharField(max_length=40)
    # May hold `{name}` and `{shop}`.
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop", "position"], name="quick_reply_order")]

    def __str__(self) -> str:
        return self.title


class ChatTools(ShopModel):
    """What the shop may send besides words, and when a customer has waited too long. No row means the defaults."""

    place_name = models.CharField(max_length=100, blank=True)
    place_address = models.CharField(max_length=200, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # The catalogue in WhatsApp's commerce manager; its products carry our article numbers.
    catalog_id = models.CharField(max_length=40, blank=True)
    # Minutes of opening hours after which a customer has waited too long.
    slow_after = models.PositiveSmallIntegerField(default=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="chat_tools_once")]
