"""Pictures, voice notes and papers that customers sent."""

from django.db import models

from setia.conversations.models.message import Message
from setia.core.scope import ShopModel
from setia.core.work import Due


class MediaFile(Due, ShopModel):
    """One file of a message: fetched by a worker as soon as it came, for WhatsApp keeps it only a week."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=20)
    media_id = models.CharField(max_length=128)
    mime_type = models.CharField(max_length=100, blank=True)
    filename = models.CharField(max_length=200, blank=True)
    # Below MEDIA_ROOT, under a name nobody can guess; empty until it is here.
    path = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "message", "media_id"], name="media_file_once")]
        indexes = [models.Index(fields=["due_at"], name="media_file_due", condition=models.Q(work_state="waiting"))]
