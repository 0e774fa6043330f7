"""A customer pressed «stop» or «resume» for offers in WhatsApp itself: that is an answer, and it counts at once."""

from setia.conversations.channels.whatsapp_cloud.payload import Item
from setia.conversations.inbox.people import contact_of, identify
from setia.conversations.models import Channel
from setia.customers import actions as customers
from setia.customers import queries as people
from setia.customers.models import ConsentState, Purpose


def receive(item: Item, channel: Channel) -> None:
    """Write the answer down with its evidence; the same answer again is not written twice."""
    data = item.data()
    value = data.get("value")
    if value not in ("stop", "resume"):
        raise ValueError(f"unknown preference {value!r}")
    number, user_id = str(data.get("wa_id") or ""), str(data.get("user_id") or "")
    contact = contact_of(item.contacts, number=number, user_id=user_id) or (item.contacts[0] if item.contacts else {})
    customer, _new = identify(number=number, user_id=user_id, contact=contact)
    state = ConsentState.WITHDRAWN if value == "stop" else ConsentState.GIVEN
    if people.consents(customer.pk)[Purpose.PROMOTION] != state:
        customers.answer_consent(
            customer=customer,
            purpose=Purpose.PROMOTION,
            state=state,
            how="pressed it in WhatsApp",
            evidence=f"user_preferences {value} {data.get('timestamp', '')}",
        )
