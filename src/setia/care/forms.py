"""What is typed about complaints, satisfaction and suggestions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.care.models import Kind, Option, Severity, Source
from setia.web.forms import MoneyField

_PHOTO = {"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
# Where a helper hears it: pages and questions write their own.
HEARD_AT = [(source.value, source.label) for source in (Source.COUNTER, Source.PHONE, Source.CHAT, Source.BAZAAR)]


def _area(label: Any, rows: int = 3, most: int = 600, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


class ComplaintForm(forms.Form):
    """Something was not right."""

    kind = forms.ChoiceField(label=_("What was wrong?"), choices=Kind.choices, widget=forms.RadioSelect)
    text = _area(_("In their words"), required=False)
    boxes = forms.IntegerField(label=_("How many boxes"), min_value=1, max_value=999, initial=1)
    source = forms.ChoiceField(
        label=_("Where was it heard?"), choices=HEARD_AT, widget=forms.RadioSelect, initial=Source.COUNTER
    )
    order = forms.CharField(
        label=_("Order number"),
        required=False,
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("On the note. Without it the latest order of the customer is taken."),
    )
    code = forms.CharField(
        label=_("Code on the box"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs=_PHOTO))


class FactsForm(forms.Form):
    """What it turned out to be."""

    kind = forms.ChoiceField(label=_("What was wrong?"), choices=Kind.choices)
    severity = forms.ChoiceField(label=_("How bad"), choices=Severity.choices)
    boxes = forms.IntegerField(label=_("How many boxes"), min_value=1, max_value=999)
    line = forms.ModelChoiceField(
        label=_("Which of the order"), queryset=None, required=False, empty_label=_("not known")
    )
    batch = forms.ModelChoiceField(label=_("Which batch"), queryset=None, required=False, empty_label=_("not known"))
    cause = forms.CharField(
        label=_("Why it happened"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "causes", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, lines: Any, batches: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["line"].queryset = lines
        self.fields["line"].label_from_instance = lambda line: f"{line.quantity} × {line.label}"
        self.fields["batch"].queryset = batches
        self.fields["batch"].label_from_instance = lambda row: f"{row.code} · {row.variant.label}"


class NoteForm(forms.Form):
    """What they said."""

    text = _area(_("What they said, while you listened"))
    photo = forms.FileField(label=_("Photo"), required=False, widget=forms.FileInput(attrs=_PHOTO))


class OfferForm(forms.Form):
    """A way to make it good."""

    option = forms.ChoiceField(label=_("Way"), choices=Option.choices)
    cost = MoneyField(label=_("Costs the shop"), min_value=0)
    value = MoneyField(label=_("Worth to the customer"), min_value=0)
    note = forms.CharField(label=_("What exactly"), required=False, max_length=200)


class ImprovementForm(forms.Form):
    """Something against a cause."""

    cause = forms.CharField(label=_("Cause"), max_length=60)
    action = forms.CharField(label=_("What is done about it"), max_length=300)
    owner = forms.ModelChoiceField(label=_("By whom"), queryset=None, required=False, empty_label=_("not decided"))

    def __init__(self, *args: Any, members: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = members
        self.fields["owner"].label_from_instance = lambda member: member.name


class RulesForm(forms.Form):
    """How soon, how long, and whether."""

    severe_hours = forms.IntegerField(label=_("Answer severe ones within hours"), min_value=1, max_value=336)
    major_hours = forms.IntegerField(label=_("Serious ones within hours"), min_value=1, max_value=336)
    minor_hours = forms.IntegerField(label=_("Small ones within hours"), min_value=1, max_value=336)
    visit_cost = MoneyField(label=_("What a visit costs the shop"), min_value=0)
    keep_days = forms.IntegerField(
        label=_("Keep pictures so many days after a matter is closed"), min_value=1, max_value=730
    )
    asks = forms.BooleanField(
        label=_("Ask how satisfied they are on the day after an order"),
        required=False,
        help_text=_("At most once in 60 days each, and never those who want no messages."),
    )


class SuggestionForm(forms.Form):
    """A wish."""

    text = _area(_("What would they like?"))
    source = forms.ChoiceField(
        label=_("Where was it heard?"), choices=HEARD_AT, widget=forms.RadioSelect, initial=Source.COUNTER
    )


class DecisionForm(forms.Form):
    """What becomes of a wish."""

    state = forms.CharField(max_length=10)
    answer = _area(_("Answer to everybody who asked"), rows=3, required=False)
    variant = forms.ModelChoiceField(label=_("It is this product"), queryset=None, required=False, empty_label="—")

    def __init__(self, *args: Any, variants: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["variant"].queryset = variants
        self.fields["variant"].label_from_instance = lambda variant: variant.label


class PublicComplaintForm(forms.Form):
    """Something was not right, told on the public page."""

    kind = forms.ChoiceField(label=_("What was wrong?"), choices=Kind.choices)
    text = _area(_("What happened?"))
    code = forms.CharField(
        label=_("Code on the box"), required=False, max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    contact = forms.CharField(
        label=_("Your name and number, so that we can make it good"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PublicWishForm(forms.Form):
    """A wish, told on the public page."""

    text = _area(_("What would you like us to make or do?"))
