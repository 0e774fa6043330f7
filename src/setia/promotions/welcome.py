"""The word of welcome to a friend who was told about us, as a part of the thank-you for the first order."""

from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.conversations import texts
from setia.conversations.models import Trigger
from setia.customers.models import Customer
from setia.customers.words import called
from setia.promotions.queries.spending import rules_now


def welcome_line(customer: Customer) -> str:
    """Greets somebody whom a friend brought; empty for others, or where the owner wants none."""
    teller = Customer.objects.filter(pk=customer.referred_by_id).first()
    if teller is None or not rules_now().welcome_friend:
        return ""
    with translation.override(customer.language):
        return _("How nice that %(friend)s told you about us. Welcome!") % {"friend": called(teller)}


WELCOME: Final = texts.Extra(
    name="welcome",
    triggers=(Trigger.THANKS_FIRST,),
    meaning=gettext_lazy("a welcome to somebody whom a friend brought (empty for others)"),
    example=gettext_lazy("How nice that Bu Ratna told you about us. Welcome!"),
    value=welcome_line,
)
