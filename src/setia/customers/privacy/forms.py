"""What is typed about people's data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.core import places
from setia.customers.models import BookRules, ConsentHow, RequestKind
from setia.customers.widgets import Pills


class WishForm(forms.Form):
    """What a customer asks."""

    kind = forms.ChoiceField(label=_("What do they ask?"), choices=RequestKind.choices, widget=Pills)
    how = forms.ChoiceField(label=_("How did they ask?"), choices=ConsentHow.choices)
    words = forms.CharField(
        label=_("Their words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class BreachForm(forms.Form):
    """What is known of a loss of data."""

    what = forms.CharField(
        label=_("What happened?"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": _("The phone with the customer book was stolen…")}),
    )
    happened = forms.CharField(label=_("When did it happen?"), max_length=120, required=False)
    which_data = forms.CharField(
        label=_("Which data?"),
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": _("names, numbers, chats")}),
    )
    who = forms.CharField(label=_("Whose data?"), max_length=300)
    done = forms.CharField(label=_("What was done about it?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RulesForm(forms.Form):
    """How the shop keeps its book."""

    regencies = forms.MultipleChoiceField(
        label=_("Districts to choose from"),
        choices=[(name, name) for name in places.regencies()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where your customers live. Others can always be typed."),
    )
    keep_contacts = forms.IntegerField(
        label=_("Erase who never bought after so many months"),
        required=False,
        min_value=3,
        max_value=240,
        help_text=_("Counted from the last time anything happened. Empty: kept until somebody decides. Usual: 12."),
    )
    keep_buyers = forms.IntegerField(
        label=_("Erase the name of who stopped buying after so many months"),
        required=False,
        min_value=6,
        max_value=240,
        help_text=_("Orders stay with their amounts, for the books. Usual: 60."),
    )
    contact = forms.CharField(
        label=_("Whom customers may ask about their data"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("name and number of the owner")}),
    )
    stored_at = forms.CharField(
        label=_("Where the data lies"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("a laptop in the shop; a server in Jakarta")}),
    )

    @classmethod
    def of(cls, rules: BookRules, data: Any = None) -> "RulesForm":
        """The form with the rules of now."""
        return cls(data, initial={name: getattr(rules, name) for name in cls.base_fields})
