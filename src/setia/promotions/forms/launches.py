"""What is typed about something new."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.care import queries as care
from setia.care.models import Suggestion
from setia.catalog import queries as catalog
from setia.core.scope import current_shop
from setia.promotions.models import Launch
from setia.web.widgets import Ticks


class LaunchForm(forms.Form):
    """What it is, who asked for it, what it resembles, and the product once it is there."""

    name = forms.CharField(label=_("What is it?"), max_length=80, help_text=_("For example: durian, box of 10."))
    suggestion = forms.ChoiceField(
        label=_("Asked for by"), required=False, help_text=_("The suggestion it comes from, where there is one.")
    )
    alike = forms.MultipleChoiceField(
        label=_("What is it like?"),
        required=False,
        widget=Ticks,
        help_text=_("Who buys these often is likely to like it."),
    )
    variant = forms.ChoiceField(
        label=_("It is this product"),
        required=False,
        help_text=_("Empty as long as it is an idea. Write it among the products when you bake it for the first time."),
    )

    def __init__(self, *args: Any, launch: Launch | None = None, **options: Any) -> None:
        initial: dict[str, Any] = options.pop("initial", None) or {}
        if launch is not None:
            alike = list(launch.alike.order_by("pk").values_list("variant_id", flat=True))
            initial = {"name": launch.name, "suggestion": launch.suggestion_id, "variant": launch.variant_id} | initial
            initial["alike"] = [str(pk) for pk in alike]
        super().__init__(*args, initial=initial, **options)
        topics: list[Suggestion] = care.waiting_topics()
        if launch is not None and launch.suggestion is not None and launch.suggestion not in topics:
            topics.append(launch.suggestion)
        self.topics = {str(one.pk): one for one in topics}
        rows = catalog.sold(current_shop().today()).select_related("product")
        self.variants = {str(one.pk): one for one in rows}
        if launch is not None and launch.variant is not None:
            self.variants.setdefault(str(launch.variant_id), launch.variant)
        products = [(pk, one.label) for pk, one in self.variants.items()]
        self._choices("suggestion", [("", _("Nobody in particular")), *((pk, str(o)) for pk, o in self.topics.items())])
        self._choices("variant", [("", _("Not baked yet")), *products])
        self._choices("alike", products)

    def _choices(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """The keywords of `save_launch`."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "suggestion": self.topics.get(data["suggestion"]),
            "variant": self.variants.get(data["variant"]),
            "alike": [self.variants[pk] for pk in data["alike"] if pk != data["variant"]],
        }
