"""How the shop sorts its chats: labels of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from setia.conversations.models.conversation import Conversation
from setia.core.scope import ShopModel


class Colour(models.TextChoices):
    GREEN = "green", _("Green")
    GOLD = "gold", _("Gold")
    BRICK = "brick", _("Brick")
    BLUE = "blue", _("Blue")
    VIOLET = "violet", _("Violet")
    GREY = "grey", _("Grey")


class Label(ShopModel):
    """A mark the shop puts on chats («reseller», «wholesale», «ask again»)."""

    name = models.CharField(max_length=30)
    colour = models.CharField(max_length=8, choices=Colour, default=Colour.GREEN)
    position = models.PositiveSmallIntegerField(default=0)
    # Taken out of use; the chats keep it, so that it can come back.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], condition=models.Q(removed_at=None), name="label_name")
        ]

    def __str__(self) -> str:
        return self.name


class ConversationLabel(ShopModel):
    """A label on a chat."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="labels")
    label = models.ForeignKey(Label, on_delete=models.CASCADE, related_name="chats")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "conversation", "label"], name="conversation_label_once")
        ]
