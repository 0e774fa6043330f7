"""What a person types at a prompt."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ChoosingForm(forms.Form):
    """Whether some suggestions are held back to measure them."""

    measure = forms.BooleanField(
        label=_("Hold back one in ten suggestions by lot"),
        help_text=_(
            "Only so can anybody say whether suggestions bring orders. Promises and answers are never held back."
        ),
        required=False,
    )


class WordsForm(forms.Form):
    """The words to send, as edited."""

    text = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea,
        max_length=4096,
        error_messages={"required": _("Write something to send.")},
    )
