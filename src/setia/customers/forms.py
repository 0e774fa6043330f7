"""What is typed about a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.core import places
from setia.customers import points, queries
from setia.customers.models import (
    Calendar,
    ConsentHow,
    ConsentState,
    Customer,
    CustomerKind,
    IdentityKind,
    OccasionKind,
    Purpose,
    ReachBy,
    ReachHours,
    Source,
    Speech,
    month_name,
)
from setia.customers.privacy.queries import book_rules
from setia.customers.widgets import Pills
from setia.shops.models import Language
from setia.web.forms import PhoneField

# What can be added by hand; WhatsApp's own ids come from WhatsApp.
IDENTITY_KINDS = (IdentityKind.PHONE, IdentityKind.WHATSAPP, IdentityKind.EMAIL, IdentityKind.CARD)


class CustomerForm(forms.Form):
    """Who they are and where. The one who told them is found by typing (`who`) and chosen (`referred_by`)."""

    display_name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )
    source = forms.ChoiceField(label=_("How did they find you?"), choices=Source.choices, required=False, widget=Pills)
    who = forms.CharField(label=_("Who told them about you?"), max_length=80, required=False)
    referred_by = forms.IntegerField(required=False)
    kind = forms.ChoiceField(
        label=_("Kind of customer"),
        choices=CustomerKind.choices,
        initial=CustomerKind.END,
        required=False,
        widget=Pills,
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    landmark = forms.CharField(
        label=_("How to find the house"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("opposite the school")}),
    )
    district = forms.CharField(
        label=_("District"), max_length=60, required=False, widget=forms.TextInput(attrs={"list": "districts"})
    )
    honorific = forms.CharField(
        label=_("How they are addressed"), max_length=20, required=False, help_text=_("Bu, Pak, Mbak, Mas, Bude…")
    )
    nickname = forms.CharField(label=_("Nickname"), max_length=40, required=False)
    point = forms.CharField(
        label=_("Point on the map"),
        max_length=500,
        required=False,
        help_text=_("Paste a link of Google Maps, or the two numbers."),
    )
    reach_by = forms.ChoiceField(label=_("Reach them by"), choices=ReachBy.choices, required=False, widget=Pills)
    reach_hours = forms.ChoiceField(label=_("Best time"), choices=ReachHours.choices, required=False, widget=Pills)
    speech = forms.ChoiceField(label=_("How a message begins"), choices=Speech.choices, required=False, widget=Pills)
    greeting = forms.CharField(label=_("Opening words of their own"), max_length=60, required=False)
    language = forms.ChoiceField(
        label=_("Write to them in"),
        choices=Language.choices,
        initial=Language.INDONESIAN,
        required=False,
        widget=Pills,
    )

    @property
    def districts(self) -> list[str]:
        """Districts of the regencies the shop chose; others can be typed."""
        return places.choices(book_rules().regencies)

    def clean_point(self) -> tuple[float, float] | None:
        """Latitude and longitude."""
        text = self.cleaned_data["point"].strip()
        if text and (found := points.read(text)) is None:
            said = _("There is no point in this. Paste the long link of Google Maps, or numbers like -8.05, 111.71.")
            raise forms.ValidationError(said)
        return found if text else None

    def clean_kind(self) -> str:
        """Nothing chosen is an ordinary buyer."""
        return self.cleaned_data["kind"] or CustomerKind.END

    def clean_language(self) -> str:
        """Nothing chosen is Indonesian."""
        return self.cleaned_data["language"] or Language.INDONESIAN

    def clean(self) -> dict[str, Any]:
        """Turn what was typed or chosen into the person who told them; never guess among several."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen, typed = cleaned.pop("referred_by", None), cleaned.pop("who", "")
        cleaned["latitude"], cleaned["longitude"] = cleaned.pop("point", None) or (None, None)
        cleaned["referred_by"] = None
        if chosen:
            cleaned["referred_by"] = queries.everybody().filter(pk=chosen).first()
        elif typed:
            found = queries.namesakes(typed)
            if len(found) == 1:
                cleaned["referred_by"] = found[0]
            else:
                self.add_error("who", _("Choose the person from the list, or leave this empty."))
        return cleaned

    def candidates(self) -> list[Customer]:
        """The people to choose from below `who`: the one chosen, else those found by what was typed."""
        chosen = str(self["referred_by"].value() or "")
        if chosen.isdigit():
            return list(queries.everybody().filter(pk=chosen))
        return queries.find(str(self["who"].value() or "")[:80], limit=6)


class NewCustomerForm(CustomerForm):
    """The same with a first number. `sure` says that a namesake is another person."""

    phone = PhoneField(label=_("Phone or WhatsApp"), required=False)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("display_name", "phone")


class SourceForm(forms.Form):
    """How somebody found the shop, and who told them, by name (`told`) or chosen (`referred_by`)."""

    source = forms.ChoiceField(choices=Source.choices, required=False)
    told = forms.CharField(max_length=80, required=False)
    referred_by = forms.IntegerField(required=False)

    def clean(self) -> dict[str, Any]:
        """Only what was said; a friend who told is a source."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen, typed, source = cleaned.get("referred_by"), cleaned.get("told", ""), cleaned.get("source", "")
        teller = queries.everybody().filter(pk=chosen).first() if chosen else None
        if typed and not chosen:
            found = queries.namesakes(typed)
            if len(found) != 1:
                raise forms.ValidationError(_("Choose the person from the list, or leave this empty."))
            teller = found[0]
        if not teller and not source:
            raise forms.ValidationError(_("Tap one of the answers."))
        said = {"source": source or Source.WORD_OF_MOUTH}
        return said | ({"referred_by": teller} if teller else {})


class NoteForm(forms.Form):
    """A remark."""

    text = forms.CharField(
        label=_("New note"),
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": _("Likes it less sweet, comes on Fridays…")}),
    )


class ConsentForm(forms.Form):
    """An answer to one purpose, and how it was got."""

    purpose = forms.ChoiceField(label=_("About"), choices=Purpose.choices)
    state = forms.ChoiceField(label=_("Answer"), choices=[*ConsentState.choices][1:], widget=Pills)
    how = forms.ChoiceField(label=_("How do you know?"), choices=ConsentHow.choices)
    evidence = forms.CharField(label=_("Their words, or where it is kept"), max_length=300, required=False)


class IdentityForm(forms.Form):
    """A number, email or card."""

    kind = forms.ChoiceField(label=_("What"), choices=[(kind.value, kind.label) for kind in IDENTITY_KINDS])
    value = forms.CharField(label=_("Number or address"), max_length=140)
    shared = forms.BooleanField(label=_("Several people use it"), required=False)


def month_choices() -> list[tuple[int, str]]:
    """Each month with its name on the three calendars: `1 · January · Muharam · Sura`."""
    return [
        (month, " · ".join([str(month), *(month_name(calendar, month) for calendar in Calendar.values)]))
        for month in range(1, 13)
    ]


class OccasionForm(forms.Form):
    """A yearly day on the calendar they keep it by."""

    kind = forms.ChoiceField(
        label=_("What day"),
        choices=OccasionKind.choices,
        help_text=_("A day of remembrance only when they asked to be reminded."),
    )
    calendar = forms.ChoiceField(label=_("Calendar"), choices=Calendar.choices)
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31)
    month = forms.TypedChoiceField(label=_("Month"), choices=month_choices, coerce=int)
    label = forms.CharField(label=_("In your words"), max_length=80, required=False)


# The form of each block of a customer's page.
BLOCKS: dict[str, type[forms.Form]] = {
    "consents": ConsentForm,
    "identities": IdentityForm,
    "occasions": OccasionForm,
    "notes": NoteForm,
}
