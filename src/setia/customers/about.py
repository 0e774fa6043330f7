"""What is typed on the page "more about them", and what it shows."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from setia.core.prepared import prepared
from setia.customers import queries
from setia.customers.models import (
    INVERSE,
    AgeBand,
    BuysFor,
    Customer,
    Expects,
    Household,
    Preference,
    PreferenceKind,
    Profile,
    Relation,
    RelationKind,
)
from setia.customers.widgets import Pills
from setia.web.forms import MoneyField


class OtherForm(forms.Form):
    """Somebody else of the book, found by typing; never guessed among several."""

    who = forms.CharField(label=_("Name or last digits"), max_length=80, required=False)
    other = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, customer: Customer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.customer = customer

    def candidates(self) -> list[Customer]:
        """Who may be meant by what was typed."""
        found = queries.find(str(self["who"].value() or "")[:80], limit=8)
        return [person for person in found if person.pk != self.customer.pk]

    def clean(self) -> dict[str, Any]:
        """`other` as a person."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen, typed = cleaned.get("other"), cleaned.pop("who", "")
        found = list(queries.everybody().filter(pk=chosen)) if chosen else []
        if not found and typed:
            found = self.candidates()
        if len(found) == 1:
            cleaned["other"] = found[0]
        else:
            self.add_error("who", _("Choose one of them.") if found else _("Nobody found."))
        return cleaned


class HouseholdForm(OtherForm):
    """With whom they share a home."""

    role = forms.CharField(
        label=_("What they do"), max_length=40, required=False, help_text=_("Such as: buys, collects, pays.")
    )


class RelationForm(OtherForm):
    """What they are to somebody."""

    kind = forms.ChoiceField(label=_("They are"), choices=RelationKind.choices)
    label = forms.CharField(label=_("In your words"), max_length=60, required=False)


class HomeForm(forms.Form):
    """The household itself."""

    name = forms.CharField(label=_("Household"), max_length=80)
    note = forms.CharField(
        label=_("Good to know"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("the child buys, the mother collects")}),
    )


class PreferenceForm(forms.Form):
    """One wish."""

    kind = forms.ChoiceField(label=_("What"), choices=PreferenceKind.choices, widget=Pills, initial="likes")
    text = forms.CharField(label=_("In a few words"), max_length=120)


class ProfileForm(forms.Form):
    """What they told about themselves."""

    age_band = forms.ChoiceField(label=_("Age"), choices=AgeBand.choices, required=False, widget=Pills)
    household_size = forms.IntegerField(label=_("People at home"), min_value=1, max_value=50, required=False)
    buys_for = forms.ChoiceField(label=_("Why they buy"), choices=BuysFor.choices, required=False, widget=Pills)
    expects = forms.ChoiceField(label=_("What matters most"), choices=Expects.choices, required=False, widget=Pills)
    expects_words = forms.CharField(label=_("In their words"), max_length=200, required=False)


class TermsForm(forms.Form):
    """What was agreed with who sells on or brings others."""

    resells_what = forms.CharField(label=_("What they sell on"), max_length=120, required=False)
    resells_where = forms.CharField(label=_("Where they sell it"), max_length=120, required=False)
    agreed_thanks = forms.CharField(label=_("Thanks agreed for bringing others"), max_length=200, required=False)
    agreed_amount = MoneyField(label=_("Per order they bring"), required=False)


def shown(customer: Customer) -> dict[str, Any]:
    """What the customer's page shows of it: at most three queries, four with a household."""
    related = _related(customer.pk)
    theirs = [
        (row.pk, row.label or row.get_kind_display(), row.other) for row in related if row.other_id != customer.pk
    ]
    others = [
        (row.pk, row.label or INVERSE.get(RelationKind(row.kind), row.get_kind_display()), row.customer)
        for row in related
        if row.other_id == customer.pk
    ]
    home: list[Customer] = []
    if customer.household_id:
        home = list(Customer.objects.filter(household=customer.household_id, merged_into=None).order_by("pk"))
    return {
        "home": customer.household,
        "housemates": [person for person in home if person.pk != customer.pk],
        "related": [*theirs, *others],
        "wishes": _wishes(customer.pk),
        "profile": next(iter(_profile(customer.pk)), None),
    }


@prepared
def _related(customer_id: int) -> QuerySet[Relation]:
    rows = Relation.objects.filter(Q(customer_id=customer_id) | Q(other_id=customer_id))
    return rows.select_related("customer", "other").order_by("pk")


@prepared
def _wishes(customer_id: int) -> QuerySet[Preference]:
    return Preference.objects.filter(customer_id=customer_id).order_by("kind", "pk")


@prepared
def _profile(customer_id: int) -> QuerySet[Profile]:
    return Profile.objects.filter(customer_id=customer_id)


def household_hint(customer: Customer | None) -> str:
    """One line for an order: who else collects or pays; empty when there is nothing to know."""
    if customer is None or not customer.household_id:
        return ""
    home = Household.objects.get(pk=customer.household_id)
    people = Customer.objects.filter(household=home).exclude(pk=customer.pk).exclude(household_role="").order_by("pk")
    roles = [f"{person.display_name}: {person.household_role}" for person in people[:4]]
    return " · ".join(filter(None, (home.note, *roles)))
