"""Form widgets of customers."""

from django import forms


class Pills(forms.RadioSelect):
    """One tap among few: radio buttons drawn as pills."""

    template_name = "customers/pills.html"
