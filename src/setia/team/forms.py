"""What is typed about the people who serve."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.shops.models import Role
from setia.team.models import ChecklistKind
from setia.web.forms import PhoneField

_DATE = {"type": "date"}
_TIME = {"type": "time"}
WEIGHTS = [(1, _("counts a little")), (3, _("counts")), (5, _("counts a lot"))]


class CandidateForm(forms.Form):
    """Somebody who asked for work."""

    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    phone = PhoneField(label=_("Phone"), required=False)
    note = forms.CharField(
        label=_("What they can do, when they have time"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("Only if they agree. It is erased with the rest."),
    )


class MarksForm(forms.Form):
    """One row of 1 to 5 for each criterion."""

    def __init__(self, *args: Any, criteria: Any, known: dict[int, int], **options: Any) -> None:
        super().__init__(*args, **options)
        for row in criteria:
            self.fields[f"c{row.pk}"] = forms.TypedChoiceField(
                label=row.label,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[(score, str(score)) for score in range(1, 6)],
                widget=forms.RadioSelect,
                initial=known.get(row.pk),
            )

    @property
    def scores(self) -> dict[int, int]:
        """Scores by criterion id, those left open left out."""
        return {int(name[1:]): score for name, score in self.cleaned_data.items() if score}


class TrialForm(forms.Form):
    """The day of the trial shift."""

    trial_on = forms.DateField(label=_("Trial shift on"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))


class DecisionForm(forms.Form):
    """Taken on or not, and why."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("One sentence, fair enough to be read by the person it is about."),
    )
    role = forms.ChoiceField(
        label=_("If taken on, as what"),
        choices=[(role.value, role.label) for role in (Role.CASHIER, Role.CHAT, Role.VIEWER)],
        initial=Role.CASHIER,
    )


class ShiftForm(forms.Form):
    """Who works on a day, from when to when."""

    member = forms.ModelChoiceField(label=_("Who"), queryset=None, empty_label=None)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs=_TIME, format="%H:%M"), initial="07:00")
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs=_TIME, format="%H:%M"), initial="12:00")

    def __init__(self, *args: Any, members: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda member: member.name


class LessonForm(forms.Form):
    """A lesson with its question."""

    title = forms.CharField(label=_("Title"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    body = forms.CharField(
        label=_("What to know, in a few sentences"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )
    question = forms.CharField(label=_("A question to see whether it was understood"), max_length=200)
    choices = forms.CharField(
        label=_("Answers, one a line"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two to four. Put the right one first; it is shown at another place each time."),
    )


class NoteForm(forms.Form):
    """What was taught."""

    note = forms.CharField(
        label=_("Taught today"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class CriterionForm(forms.Form):
    """Something to look for."""

    label = forms.CharField(label=_("Something to look for"), max_length=80)
    weight = forms.TypedChoiceField(label=_("How much it counts"), coerce=int, choices=WEIGHTS, initial=3)


class ChecklistForm(forms.Form):
    """A line of a checklist."""

    text = forms.CharField(label=_("One more line"), max_length=120)
    kind = forms.ChoiceField(label=_("Of which list"), choices=ChecklistKind.choices)


class BehaviourForm(forms.Form):
    """Something to look at."""

    label = forms.CharField(label=_("Something to look at"), max_length=80)
    good = forms.TypedChoiceField(
        label=_("Is it good?"),
        coerce=lambda value: value == "1",
        choices=[("1", _("Good")), ("0", _("Could be better"))],
        widget=forms.RadioSelect,
        initial="1",
    )
    weight = forms.TypedChoiceField(
        label=_("How much it counts"),
        coerce=int,
        choices=[(1, _("counts a little")), (2, _("counts")), (3, _("counts a lot"))],
        initial=1,
    )


class KeepForm(forms.Form):
    """How long the data of the declined are kept."""

    keep_declined_days = forms.IntegerField(
        label=_("Erase the data of people not taken on after how many days"), min_value=1, max_value=365
    )
