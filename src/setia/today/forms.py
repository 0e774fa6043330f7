"""What a person types at a prompt."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    """The words to send, as edited."""

    text = forms.CharField(
        label=_("Message"),
        widget=forms.Textarea,
        max_length=4096,
        error_messages={"required": _("Write something to send.")},
    )
