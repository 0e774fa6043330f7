"""Names from the phone book of the shop's own phone (coexistence). Only of people the shop writes with: the rest of a
private phone book is none of our business, and is forgotten after a week."""

from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.inbox.parking import Parked
from setia.conversations.inbox.people import e164_of, shown_number
from setia.conversations.models import Channel, Conversation
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.customers.models import Customer, IdentityKind


def receive(item: Item, channel: Channel) -> None:
    """Take the name under which the owner saved a customer, unless somebody chose another one here."""
    data = item.data()
    contact = data.get("contact")
    if not isinstance(contact, dict) or data.get("action") == "remove":
        return
    name = " ".join(str(contact.get("full_name") or contact.get("first_name") or "").split())[:120]
    number, user_id = str(contact.get("phone_number") or ""), str(contact.get("user_id") or "")
    if not name:
        return
    customer = _who(number, user_id)
    if customer is None:
        if e164 := e164_of(number):
            raise Parked(f"name:{e164}")
        return
    if customer.display_name != name and _named_by_whatsapp(customer, channel, number, user_id):
        customers.change_customer(customer=customer, display_name=name)


def _who(number: str, user_id: str) -> Customer | None:
    found = people.by_identity(IdentityKind.BSUID, user_id) if user_id else None
    e164 = e164_of(number)
    return found or (people.by_identity(IdentityKind.WHATSAPP, e164) if e164 else None)


def _named_by_whatsapp(customer: Customer, channel: Channel, number: str, user_id: str) -> bool:
    """Whether nobody in the shop chose the present name: it is what they call themselves, or just their number."""
    own = Conversation.objects.filter(customer=customer, channel=channel).values_list("profile_name", flat=True).first()
    return customer.display_name in {own, shown_number(number, user_id)} - {None, ""}
