"""What the small forms of conditions share, and what of a shop there is to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django import forms

from setia.catalog import queries as catalog
from setia.loyalty import queries as loyalty
from setia.segments import queries
from setia.web.widgets import Ticks


@dataclass(frozen=True)
class Choices:
    """What of this shop one may choose: districts, and what was bought (value, label); names by id for sentences."""

    known_districts: list[str] | None = None
    goods: list[tuple[str, str]] = field(default_factory=list)
    variants: Mapping[int, str] = field(default_factory=dict)
    products: Mapping[int, str] = field(default_factory=dict)
    known_tiers: Mapping[int, str] | None = None

    @classmethod
    def fixed(cls) -> "Choices":
        """Without a shop."""
        return cls(["Pogalan", "Trenggalek"], goods=[("f:Keju", "Keju")], known_tiers={1: "Emas"})

    @classmethod
    def of_shop(cls) -> "Choices":
        """Of the open shop: one query, and one more each for districts and tiers when they are asked for."""
        variants = list(catalog.variants())
        flavours = dict.fromkeys(variant.flavour for variant in variants if variant.flavour)
        products = {variant.product_id: variant.product.name for variant in variants}
        labels = {variant.pk: variant.label for variant in variants}
        goods = [(f"f:{name}", name) for name in flavours]
        goods += [(f"p:{pk}", name) for pk, name in products.items()]
        goods += [(f"v:{pk}", label) for pk, label in labels.items()]
        return cls(None, goods, labels, products)

    @cached_property
    def districts(self) -> list[str]:
        """Where people live, the most first; asked of the database only when somebody chooses among them."""
        return self.known_districts or [name for name, _count in queries.districts()]

    @cached_property
    def tiers(self) -> Mapping[int, str]:
        """Names of the shop's tiers by id, the highest first; asked of the database only for a rule about them."""
        if self.known_tiers is not None:
            return self.known_tiers
        return {tier.pk: tier.name for tier in [*loyalty.tiers(), *loyalty.tiers(retired=True)]}


class ConditionForm(forms.Form):
    """The values of one condition. `label`: what it is called where one adds it."""

    label: Any = ""
    about: Any = ""

    def __init__(self, *args: Any, choices: Choices, **more: Any) -> None:
        self.choices = choices
        super().__init__(*args, **more)

    def values(self) -> dict[str, Any]:
        """The values as a rule keeps them; those left out are not there."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "", [])}


def count_of(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=0, max_value=20_000, widget=widget, **more)


class DayField(forms.DateField):
    """A day, kept as text."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return day.isoformat() if isinstance(day, date) else day


class ManyField(forms.MultipleChoiceField):
    """Some of few: ticks in a row."""

    widget = Ticks
