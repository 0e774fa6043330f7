"""What people type in chats."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setia.conversations.channels.whatsapp_cloud.bodies import LONGEST_TEXT
from setia.core import ids


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
