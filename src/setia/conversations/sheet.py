"""What is kept of a customer's chats, for the sheet they may ask for."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setia.conversations.models import Message
from setia.customers.privacy.sheet import Section


def told_to_customer(ids: Sequence[int]) -> list[Section]:
    """How many messages, and since when."""
    rows = Message.objects.filter(customer_id__in=list(ids))
    first, count = rows.order_by("at").values_list("at", flat=True).first(), rows.count()
    if not count:
        return []
    values = {"count": count, "day": date_format(first, "j M Y")}
    text = _("%(count)s messages since %(day)s. You have the same chat in your WhatsApp.") % values
    return [Section(_("Messages"), [], text)]
