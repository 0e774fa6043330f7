"""The campaigns themselves."""

from django.conf import settings
from django.db.models import QuerySet

from setia.catalog import queries as catalog
from setia.conversations.models import Channel, ChannelKind
from setia.promotions.models import Campaign
from setia.web.links import site_url


def campaigns() -> QuerySet[Campaign]:
    """Campaigns of the open shop, the newest first."""
    rows = Campaign.objects.filter(removed_at=None).select_related("segment", "variant", "offer", "template")
    return rows.order_by("-created_at", "-pk")


def any_campaign(pk: int) -> Campaign | None:
    """One campaign, taken out or not."""
    return Campaign.objects.select_related("segment", "variant__product", "offer", "template").filter(pk=pk).first()


def results_unseen() -> list[Campaign]:
    """Campaigns whose result nobody has looked at."""
    return list(campaigns().filter(measured_at__isnull=False, result_seen_at=None))


def sending_channel() -> Channel:
    """The number campaigns leave from; the free app when none is connected."""
    clouds = Channel.objects.filter(kind=ChannelKind.CLOUD).exclude(state="disconnected")
    found = clouds.order_by("-pk").first()
    return found or Channel(kind=ChannelKind.APP)


def picture_link(row: Campaign) -> str:
    """Where WhatsApp fetches the picture of the product: the shop's public page; empty without one, or while that is
    closed."""
    token = catalog.page_token()
    if row.variant is None or not token or not (row.variant.photo or row.variant.product.photo):
        return ""
    return f"{settings.BASE_URL}{site_url('public_catalog:card', token, row.variant.pk)}"
