"""A message with words that WhatsApp has approved: sent by name, with what stands for each of its variables."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from setia.conversations import templating, texts
from setia.conversations.actions.messages import channel_for, queue_message
from setia.conversations.models import ChannelKind, Conversation, Message, MessageTemplate
from setia.core.errors import DomainError
from setia.customers.models import Customer
from setia.shops.models import Member


def send_template(
    *,
    customer: Customer,
    template: MessageTemplate,
    values: Mapping[str, str] | None = None,
    purpose: str,
    reference: str,
    sent_by: Member | None = None,
    due_at: datetime | None = None,
    conversation: Conversation | None = None,
    picture: str = "",
) -> Message:
    """Send a template with named values; `name` and `shop` are known. Once per purpose, customer and reference.

    `picture`: the link of a picture that takes the place of the template's own, where it has one.
    On the free app the same words are prepared to be sent by hand, so campaigns need not care for the level. Raises
    DomainError `not_approved`, or `value` for a variable nobody gave; and as `queue_message`.
    """
    known = texts.values_for(customer, **(values or {}))
    missing = [name for name in templating.variables(f"{template.header} {template.body}") if not known.get(name)]
    if missing:
        problem = _("Write what stands for {%(name)s}.") % {"name": missing[0]}
        raise DomainError(problem, code="value", field=missing[0])
    words = "\n\n".join(
        part for part in (templating.fill(template.header, known), templating.fill(template.body, known)) if part
    )
    words = "\n\n".join(part for part in (words, template.footer) if part)
    channel = conversation.channel if conversation else channel_for(customer)
    by_cloud = channel.kind == ChannelKind.CLOUD
    if by_cloud and not template.sendable:
        raise DomainError(_("WhatsApp has not approved this template, or it is paused."), code="not_approved")
    payload = templating.sending(
        name=template.name,
        language=template.language,
        header=template.header,
        body=template.body,
        positional=template.positional,
        values=known,
        pictured=bool(template.picture),
        picture=picture,
    )
    return queue_message(
        customer=customer,
        text=words,
        purpose=purpose,
        reference=reference,
        kind="template" if by_cloud else "text",
        payload={"template": payload} if by_cloud else {},
        sent_by=sent_by,
        due_at=due_at,
        conversation=conversation,
    )
