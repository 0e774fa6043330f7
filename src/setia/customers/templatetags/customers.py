"""What the blocks of a customer's page need (`{% load customers %}`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from setia.customers import about
from setia.customers.forms import BLOCKS
from setia.customers.models import Customer, Source

register = template.Library()


@dataclass(frozen=True)
class Drawn:
    """A field as it is drawn."""

    as_field_group: SafeString


@dataclass(frozen=True)
class Blank:
    """An empty form, drawn once: it is the same on every customer's page."""

    fields: tuple[Drawn, ...]
    errors: tuple[str, ...] = ()
    non_field_errors: str = ""

    def __iter__(self) -> Iterator[Drawn]:
        return iter(self.fields)


@cache
def _blank(block: str, language: str | None) -> Blank:
    form = BLOCKS[block](auto_id=f"{block}-%s")
    return Blank(tuple(Drawn(field.as_field_group()) for field in form))


@register.simple_tag
def form_of(block: str, refused: forms.Form | str | None) -> forms.Form | Blank:
    """The form of a block: the one that was refused, with what was typed, else an empty one."""
    return refused if isinstance(refused, BLOCKS[block]) else _blank(block, get_language())


@register.simple_tag
def sources() -> list[tuple[str, str]]:
    """How people find the shop, to be asked in one tap; what nobody says of themselves is left out."""
    return [(value, str(label)) for value, label in Source.choices if value != Source.CHAT]


@register.simple_tag
def household_hint(customer: Customer | None) -> str:
    """What to know of the household when an order is taken or handed over: who else collects or pays."""
    return about.household_hint(customer)
