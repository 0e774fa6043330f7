"""What the blocks of a customer's page need (`{% load customers %}`)."""

from django import forms, template

from setia.customers.forms import BLOCKS

register = template.Library()


@register.simple_tag
def form_of(block: str, refused: forms.Form | str | None) -> forms.Form:
    """The form of a block: the one that was refused, with what was typed, else an empty one."""
    return refused if isinstance(refused, BLOCKS[block]) else BLOCKS[block](auto_id=f"{block}-%s")
