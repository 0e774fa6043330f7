"""What people type in chats."""

import contextlib
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.conversations.models import Carries, TemplateCategory
from setia.conversations.rules import ENTRY_TEXT
from setia.core import ids, phone
from setia.customers.models import Source
from setia.shops.models import Language
from setia.web.forms import MoneyField


class ReplyForm(forms.Form):
    """The words of a message. `key` is made when the form is drawn, so that posting it twice is one message."""

    text = forms.CharField(
        label=_("Message"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": _("Write a message"), "enterkeyhint": "send"}),
    )
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)
    quotes = forms.CharField(max_length=128, required=False, widget=forms.HiddenInput)

    @classmethod
    def fresh(cls, **initial: Any) -> "ReplyForm":
        """An empty form with a key of its own."""
        return cls(initial={"key": ids.public_token(), **initial})


class NumberForm(forms.Form):
    """What Meta shows under «WhatsApp, API setup»: three things to copy."""

    phone_number_id = forms.RegexField(
        r"^\d{5,40}$",
        label=_("Phone number ID"),
        error_messages={"invalid": _("This id has only digits. It is not the phone number itself.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    waba_id = forms.RegexField(
        r"^\d{5,40}$",
        label=_("WhatsApp Business Account ID"),
        error_messages={"invalid": _("This id has only digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    access_token = forms.CharField(
        label=_("Access token (key)"),
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted. Use a permanent one of a system user: keys made by hand end after a day."),
    )


class SendingRulesForm(forms.Form):
    """When and how often offers may be sent, and how much a month may cost."""

    quiet_from = forms.TimeField(
        label=_("No offers from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(label=_("until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    days_between_offers = forms.IntegerField(
        label=_("Days between two offers to the same customer"), min_value=1, max_value=365
    )
    monthly_cap = MoneyField(
        label=_("Spend at most a month"), required=False, help_text=_("Offers stop there; answers to customers go on.")
    )


class HandPaceForm(forms.Form):
    """How messages are sent by hand: so many a day, a rest now and then, several ways to begin."""

    by_hand_a_day = forms.IntegerField(label=_("At most so many a day"), min_value=1, max_value=200)
    by_hand_in_a_row = forms.IntegerField(label=_("Rest after so many in a row"), min_value=1, max_value=50)
    by_hand_rest = forms.IntegerField(label=_("Minutes of rest"), min_value=1, max_value=240)
    greetings = forms.CharField(
        label=_("How texts begin"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, with {name}. Setia takes turns. Leave it empty for Setia's own."),
    )


class RateForm(forms.Form):
    """What a message costs from a day on, as on WhatsApp's own price list."""

    category = forms.ChoiceField(label=_("Kind of message"))
    amount = MoneyField(label=_("Price of one message"))
    valid_from = forms.DateField(
        label=_("From this day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *arguments: Any, categories: Any = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["category"].choices = categories


class PasteForm(forms.Form):
    """A message copied out of WhatsApp, and when it was written: «besok» counts from then."""

    text = forms.CharField(
        label=_("The customer's message"),
        max_length=LONGEST_TEXT,
        error_messages={"required": _("Paste the customer's message first.")},
        widget=forms.Textarea(
            attrs={"rows": 5, "placeholder": _("Hold the message in WhatsApp, copy it, paste it here")}
        ),
    )
    sent_at = forms.DateTimeField(
        label=_("When it was written"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class EntryLinkForm(forms.Form):
    """A link or QR code to the shop's WhatsApp."""

    label = forms.CharField(
        label=_("Where will it be seen?"),
        max_length=80,
        help_text=_("For yourself: “Leaflet of the Sunday market”, “Sticker on the box”."),
    )
    source = forms.ChoiceField(label=_("Customers who come by it found you through"), choices=Source.choices)
    text = forms.CharField(
        label=_("What stands ready in WhatsApp"),
        max_length=ENTRY_TEXT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The customer only taps send. Setia adds a short code."),
    )


class AutoReplyForm(forms.Form):
    """An automatic message in the owner's words."""

    enabled = forms.BooleanField(label=_("Send it by itself"), required=False)
    text = forms.CharField(
        label=_("In Indonesian"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    text_english = forms.CharField(
        label=_("In English"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    hours_from = forms.TimeField(
        label=_("Only from"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    hours_until = forms.TimeField(
        label=_("until"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    carries = forms.ChoiceField(
        label=_("How the prices are shown"), required=False, choices=Carries.choices, widget=forms.RadioSelect
    )

    def __init__(self, *arguments: Any, prices: bool = False, **options: Any) -> None:
        """`prices`: it is an answer about prices."""
        super().__init__(*arguments, **options)
        if not prices:
            del self.fields["carries"]


TEMPLATE_BUTTONS: Final = (1, 2, 3)
BUTTON_KINDS: Final = (
    ("reply", _("Answers with its words")),
    ("url", _("Opens a page")),
    ("phone", _("Calls a number")),
)


class TemplateForm(forms.Form):
    """A message template in plain parts."""

    title = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("For yourself: “Order is ready”. It cannot be changed later."),
        widget=forms.TextInput(attrs={"list": "template-names", "autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[choice for choice in TemplateCategory.choices if choice[0] != TemplateCategory.AUTHENTICATION],
        widget=forms.RadioSelect,
        help_text=_(
            "About an order: news the customer waits for; cheap. Offer or news: dearer, and only with consent."
        ),
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    header = forms.CharField(label=_("Heading"), max_length=60, required=False)
    body = forms.CharField(
        label=_("Text"),
        max_length=1024,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Names in braces are filled in when it is sent, like {name} or {order}."),
    )
    footer = forms.CharField(label=_("Small print below"), max_length=60, required=False)
    picture = forms.FileField(
        label=_("Picture above the text"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("In place of a heading. The same picture for everybody."),
    )
    no_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *arguments: Any, known: bool = False, pictured: bool = False, **options: Any) -> None:
        """`known`: it has its name and language already; `pictured`: it has a picture."""
        super().__init__(*arguments, **options)
        if not pictured:
            del self.fields["no_picture"]
        for number in TEMPLATE_BUTTONS:
            self.fields[f"button{number}_kind"] = forms.ChoiceField(
                label=format_lazy("{} {}", _("Button"), number), choices=BUTTON_KINDS, initial="reply"
            )
            self.fields[f"button{number}"] = forms.CharField(label=_("On the button"), max_length=25, required=False)
            self.fields[f"button{number}_value"] = forms.CharField(
                label=_("Address of the page, or phone number"), max_length=2000, required=False
            )
        if known:
            for name in ("title", "language"):
                self.fields[name].disabled = True

    @property
    def uses_buttons(self) -> bool:
        """Whether something stands on one of them, or is wrong with one."""
        return any(field.value() or field.errors for _kind, *fields in self.buttons for field in fields)

    @property
    def buttons(self) -> list[tuple[Any, Any, Any]]:
        """Kind, words and value of each button, as fields to draw."""
        return [
            (self[f"button{number}_kind"], self[f"button{number}"], self[f"button{number}_value"])
            for number in TEMPLATE_BUTTONS
        ]

    def parts(self) -> dict[str, Any]:
        """The keywords of `actions.save_template` but the picture."""
        data = {name: value for name, value in self.cleaned_data.items() if not name.startswith("button")}
        data.pop("picture", None)
        data.pop("no_picture", None)
        return data | {"buttons": [button for number in TEMPLATE_BUTTONS if (button := self._button(number))]}

    def _button(self, number: int) -> dict[str, Any] | None:
        """One button, its number made international; None when nothing stands on it."""
        text, value = self.cleaned_data[f"button{number}"], self.cleaned_data[f"button{number}_value"].strip()
        kind = self.cleaned_data[f"button{number}_kind"]
        if not text:
            return None
        if kind == "phone":
            with contextlib.suppress(phone.PhoneError):
                value = phone.normalise(value).e164
        return {"type": kind, "text": text, "value": "" if kind == "reply" else value, "row": number}
