"""What people type beside the messages themselves: snoozes, labels, quick replies, things to send, judgements."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setia.conversations.channels.whatsapp_cloud import interactive
from setia.conversations.models import Colour, Verdict
from setia.conversations.uploads import ACCEPTED
from setia.core import ids

_COORDINATES: Final = re.compile(r"(-?\d{1,2}\.\d{3,})\s*(?:,|%2C|\s)\s*(-?\d{1,3}\.\d{3,})", re.IGNORECASE)
_PIN: Final = re.compile(r"!3d(-?\d{1,2}\.\d+)!4d(-?\d{1,3}\.\d+)")
_OSM: Final = re.compile(r"mlat=(-?\d{1,2}\.\d+).*?mlon=(-?\d{1,3}\.\d+)")


class SnoozeForm(forms.Form):
    """Until when a chat is put away."""

    until = forms.DateTimeField(
        label=_("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Choose a day and a time."), "required": _("Choose a day and a time.")},
    )


class LabelForm(forms.Form):
    """A label of the shop."""

    name = forms.CharField(label=_("Name"), max_length=30)
    colour = forms.ChoiceField(
        label=_("Colour"), choices=Colour.choices, widget=forms.RadioSelect, initial=Colour.GREEN
    )


class QuickReplyForm(forms.Form):
    """Words that are needed again and again."""

    title = forms.CharField(
        label=_("Short name"), max_length=40, help_text=_("What you look for: “opening hours”, “bank account”.")
    )
    text = forms.CharField(
        label=_("The words"),
        max_length=4096,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("{name} becomes the customer's name, {shop} the name of your shop."),
    )


class ChatToolsForm(forms.Form):
    """The shop on the map, its catalogue, and when a wait is too long."""

    place_name = forms.CharField(label=_("Name of the place"), max_length=100, required=False)
    place_address = forms.CharField(label=_("Address"), max_length=200, required=False)
    map_link = forms.CharField(
        label=_("Where it is"),
        max_length=1000,
        required=False,
        help_text=_("Paste the link of Google Maps, or the two numbers: -8.0501, 111.7089"),
    )
    catalog_id = forms.RegexField(
        r"^\d{4,40}$",
        label=_("Number of the WhatsApp catalogue"),
        required=False,
        error_messages={"invalid": _("This number has only digits.")},
        help_text=_("From Commerce Manager. Its products need the article numbers of your products here."),
    )
    slow_after = forms.IntegerField(
        label=_("A customer waited too long after so many minutes"),
        min_value=1,
        max_value=600,
        help_text=_("Only opening hours count. For the evening check."),
    )

    def clean_map_link(self) -> tuple[float, float] | None:
        """Latitude and longitude in a link or typed; None for nothing."""
        text = self.cleaned_data["map_link"].strip()
        if not text:
            return None
        found = _PIN.search(text) or _OSM.search(text) or _COORDINATES.search(text)
        if found is None:
            raise forms.ValidationError(
                gettext("There is no place in this link. Open it, copy the long address of the page, and paste that.")
            )
        latitude, longitude = float(found[1]), float(found[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise forms.ValidationError(gettext("This is no place on earth. First the latitude, then the longitude."))
        return latitude, longitude

    def changes(self) -> dict[str, Any]:
        """The keywords of `actions.change_chat_tools`."""
        data = dict(self.cleaned_data)
        latitude, longitude = data.pop("map_link") or (None, None)
        return data | {"latitude": latitude, "longitude": longitude}


class _Keyed(forms.Form):
    """A form whose message is one, however often it is posted."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options["initial"] = {"key": ids.public_token()} | (options.get("initial") or {})
        super().__init__(*arguments, **options)


class FileForm(_Keyed):
    """A picture, film, sound or paper."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a picture or a file.")},
    )
    text = forms.CharField(
        label=_("Words below it"),
        required=False,
        max_length=interactive.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PlaceForm(_Keyed):
    """The shop's place: nothing to type."""


class AskPlaceForm(_Keyed):
    """A question for the place to deliver to."""

    text = forms.CharField(
        label=_("The question"), max_length=interactive.LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 2})
    )


class ButtonsForm(_Keyed):
    """A question and up to three answers."""

    text = forms.CharField(
        label=_("The question"), max_length=interactive.LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 2})
    )
    first = forms.CharField(label=_("Button 1"), max_length=interactive.LONGEST_BUTTON)
    second = forms.CharField(label=_("Button 2"), max_length=interactive.LONGEST_BUTTON, required=False)
    third = forms.CharField(label=_("Button 3"), max_length=interactive.LONGEST_BUTTON, required=False)


class ChooseForm(_Keyed):
    """A few words and products to choose from."""

    text = forms.CharField(
        label=_("The question"), max_length=interactive.LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 2})
    )
    rows = forms.MultipleChoiceField(
        label=_("Products"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *arguments: Any, choices: Any = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["rows"].choices = choices  # type: ignore[attr-defined]


class CatalogueForm(_Keyed):
    """Words above the button that opens the catalogue."""

    text = forms.CharField(
        label=_("The words"), max_length=interactive.LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 2})
    )


class PicturedForm(_Keyed):
    """A picture that Setia makes, with words below it."""

    text = forms.CharField(
        label=_("Words below it"),
        required=False,
        max_length=interactive.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProductForm(_Keyed):
    """One product and what to say about it."""

    text = forms.CharField(
        label=_("Words below it"),
        required=False,
        max_length=interactive.LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Left empty, its name and price stand there."),
    )
    rows = forms.ChoiceField(
        label=_("Products"), widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )

    def __init__(self, *arguments: Any, choices: Any = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["rows"].choices = choices  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """How a chat was handled."""

    stars = forms.TypedChoiceField(
        label=_("The service was"),
        coerce=int,
        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5")],
        widget=forms.RadioSelect,
        error_messages={"required": _("Give 1 to 5 stars.")},
    )
    verdict = forms.ChoiceField(
        label=_("And then"), choices=Verdict.choices, required=False, widget=forms.RadioSelect, initial=""
    )
    member = forms.ChoiceField(label=_("Who served"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *arguments: Any, members: Any = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.members = {str(member.pk): member for member in members}
        self.fields["member"].choices = [  # type: ignore[attr-defined]
            ("", gettext("Nobody in particular")),
            *((pk, member.name) for pk, member in self.members.items()),
        ]

    def review(self) -> dict[str, Any]:
        """The keywords of `actions.review_service` that are typed."""
        return self.cleaned_data | {"member": self.members.get(self.cleaned_data["member"])}
