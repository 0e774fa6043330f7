"""What is typed about a campaign."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.catalog import queries as catalog
from setia.conversations.models import MessageTemplate, TemplateStatus
from setia.core.scope import current_shop
from setia.promotions.models import Campaign, CampaignKind
from setia.promotions.queries import offers
from setia.segments import queries as segments

_CLOCK = {"type": "time"}
NAMES = ("name", "kind", "text", "holds_out", "window_days", "send_from", "send_until", "season", "audience")


class CampaignForm(forms.Form):
    """Whom, which words, when, and how it is judged."""

    name = forms.CharField(label=_("Name, for you"), max_length=60)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=CampaignKind.choices, widget=forms.RadioSelect)
    segment = forms.ChoiceField(label=_("For whom"), required=False)
    audience = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Words"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("{name} becomes each person's name; also {product}, {price}, {code}, {until}, {shop}."),
    )
    variant = forms.ChoiceField(label=_("Product, with its picture"), required=False)
    offer = forms.ChoiceField(label=_("Offer"), required=False)
    template = forms.ChoiceField(
        label=_("Template for closed chats"),
        required=False,
        help_text=_("To those who have not written for a day WhatsApp only lets approved templates through."),
    )
    holds_out = forms.BooleanField(
        label=_("Do not write to some, drawn at random, to compare"),
        required=False,
        help_text=_("Without them nobody can tell what would have been bought anyway."),
    )
    window_days = forms.IntegerField(
        label=_("Orders count for so many days"),
        min_value=3,
        max_value=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("The result is shown when they are over, not before."),
    )
    send_from = forms.TimeField(label=_("Send from"), widget=forms.TimeInput(attrs=_CLOCK, format="%H:%M"))
    send_until = forms.TimeField(label=_("until"), widget=forms.TimeInput(attrs=_CLOCK, format="%H:%M"))
    season = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, campaign: Campaign | None = None, **options: Any) -> None:
        initial: dict[str, Any] = {
            "kind": CampaignKind.OFFER,
            "holds_out": True,
            "window_days": 14,
            "send_from": time(9),
            "send_until": time(19),
        }
        if campaign is not None:
            initial = {name: getattr(campaign, name) for name in NAMES}
            initial |= {name: getattr(campaign, f"{name}_id") for name in ("segment", "variant", "offer", "template")}
        super().__init__(*args, initial=initial | (options.pop("initial", None) or {}), **options)
        none = [("", _("None"))]
        self.segments = {str(row.pk): row for row in segments.saved()}
        self.variants = {str(row.pk): row for row in catalog.sold(current_shop().today()).select_related("product")}
        self.offers = {str(row.pk): row for row in offers.offers()}
        ready = MessageTemplate.objects.filter(status=TemplateStatus.APPROVED, foreign=False, category="marketing")
        self.templates = {str(row.pk): row for row in ready.order_by("name", "pk")}
        listed = bool(self["audience"].value())
        first = [("", _("The people of the list"))] if listed else [("", _("Choose"))]
        self.fields["segment"].choices = first + [(pk, f"{row.name} ({row.size})") for pk, row in self.segments.items()]
        self.fields["variant"].choices = none + [(pk, row.label) for pk, row in self.variants.items()]
        self.fields["offer"].choices = none + [(pk, row.name) for pk, row in self.offers.items()]
        self.fields["template"].choices = none + [(pk, row.name) for pk, row in self.templates.items()]
        if not self.templates:
            self.fields["template"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("segment") and not data.get("audience"):
            self.add_error("segment", _("Choose for whom it is."))
        return data

    def values(self) -> dict[str, Any]:
        """Keywords of `actions.save_campaign`."""
        data = self.cleaned_data
        return {name: data[name] for name in NAMES} | {
            "segment": self.segments.get(data["segment"]),
            "audience": "" if data["segment"] else data["audience"],
            "variant": self.variants.get(data["variant"]),
            "offer": self.offers.get(data["offer"]),
            "template": self.templates.get(data["template"]),
        }


class StartForm(forms.Form):
    """Now, or later."""

    starts_at = forms.DateTimeField(
        label=_("Later, at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def moment(self) -> datetime | None:
        """The moment on the shop's clock."""
        typed: datetime | None = self.cleaned_data["starts_at"]
        return typed.replace(tzinfo=current_shop().zone) if typed is not None else None
