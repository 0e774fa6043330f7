"""Message templates: words WhatsApp has approved, for chats in which the customer has not written for a day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.conversations.models.channel import Channel
from setia.core import clock
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.shops.models import Language


class TemplateCategory(models.TextChoices):
    UTILITY = "utility", _("About an order")
    MARKETING = "marketing", _("Offer or news")
    AUTHENTICATION = "authentication", _("Code for signing in")


class TemplateStatus(models.TextChoices):
    DRAFT = "draft", _("Not submitted yet")
    PENDING = "pending", _("WhatsApp is looking at it")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Refused")
    PAUSED = "paused", _("Paused by WhatsApp")
    DISABLED = "disabled", _("Switched off by WhatsApp")
    DELETED = "deleted", _("Deleted")


class MessageTemplate(ShopModel):
    """A template in one language. Variables stand in the texts by name: `{name}`, `{order}`."""

    waba_id = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="id")
    category = models.CharField(max_length=16, choices=TemplateCategory, default=TemplateCategory.UTILITY)
    header = models.CharField(max_length=60, blank=True)
    body = models.TextField()
    footer = models.CharField(max_length=60, blank=True)
    # A picture above the text, below MEDIA_ROOT; and what WhatsApp calls it, for as long as it keeps it.
    picture = models.CharField(max_length=200, blank=True)
    picture_id = models.CharField(max_length=128, blank=True)
    picture_until = models.DateTimeField(null=True)
    # [{"type": "reply" | "url" | "phone", "text": …, "value": …}]
    buttons = models.JSONField(default=list)
    # What WhatsApp's reviewers read in place of the variables.
    examples = models.JSONField(default=dict)
    # Ours are written by name; older ones made elsewhere may count: {{1}}, {{2}}.
    positional = models.BooleanField(default=False)
    # It has parts Setia cannot fill (pictures above the text, codes to copy, …); shown, not sent.
    foreign = models.BooleanField(default=False)
    meta_id = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=10, choices=TemplateStatus, default=TemplateStatus.DRAFT)
    quality = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    advice = models.CharField(max_length=300, blank=True)
    # The owner's own pause: it is not offered while it lasts.
    resting = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "name", "language"], name="template_once")]

    @property
    def title(self) -> str:
        """Its name as people write it: "Pesanan siap"."""
        return self.name.replace("_", " ").capitalize()

    def get_language_display(self) -> str:
        """The language by its name; WhatsApp's code for one that the shop does not write itself."""
        return str(dict(Language.choices).get(self.language, self.language))

    @property
    def sendable(self) -> bool:
        """Whether it may be sent through the API now."""
        return self.status == TemplateStatus.APPROVED and not self.foreign and not self.resting


class TemplateLook(Due, ShopModel):
    """The templates of a number's account are to be read anew: WhatsApp said that ours are out of date."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "channel"], name="template_look_once")]
        indexes = [models.Index(fields=["due_at"], name="template_look_due", condition=Q(work_state="waiting"))]
