"""What is chosen and said when a file is brought in."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setia.customers.importing.importer import IMPORTERS
from setia.customers.importing.reading import LARGEST_FILE
from setia.customers.models import ImportRun
from setia.customers.widgets import Pills
from setia.web.widgets import Described, Options

# More than this is a file, not something one pastes.
LARGEST_PASTE = 2_000_000


def _kinds() -> list[tuple[str, Any]]:
    return [(kind, Described(importer.label, importer.explanation)) for kind, importer in IMPORTERS.items()]


class FileForm(forms.Form):
    """A file, or rows pasted from a spreadsheet, and what they are about."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in it?"), choices=_kinds, initial="customers", widget=Options)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.vcf"}),
        help_text=gettext_lazy(
            "From your spreadsheet or another program (CSV, .xlsx), or the contacts of your phone (.vcf)."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste rows here"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_file(self) -> UploadedFile | None:
        """A file of a size a small server can bear."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST_FILE:
            said = _("This file is larger than %(most)s MB. Divide it into several.")
            raise forms.ValidationError(said % {"most": LARGEST_FILE // 1_000_000})
        return file

    def clean_text(self) -> str:
        """Rows that somebody may have pasted."""
        text: str = self.cleaned_data["text"]
        if len(text) > LARGEST_PASTE:
            said = _("This is too much to paste (%(length)s characters). Save it as a file and choose that.")
            raise forms.ValidationError(said % {"length": f"{len(text):,}"})
        return text

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("text", "").strip():
            self.add_error("file", _("Choose a file, or paste some rows."))
        return cleaned


class ColumnsForm(forms.Form):
    """What each column of the file holds, and how its dates are written."""

    def __init__(self, *args: Any, run: ImportRun, samples: list[list[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.run = run
        choices = [("", _("Leave out")), *((column.name, column.label) for column in IMPORTERS[run.kind].columns)]
        for index, (heading, values) in enumerate(zip(run.survey["header"], samples, strict=True)):
            self.fields[f"column-{index}"] = forms.ChoiceField(
                label=heading or _("Column without a heading"),
                choices=choices,
                required=False,
                initial=run.columns[index],
                help_text=" · ".join(values),
            )
        if any(any(rows) for rows in run.survey["dates"].values()):
            self.fields["dates"] = forms.ChoiceField(
                label=_("How are dates written?"),
                choices=[("day", _("Day first: 25/11/2026")), ("month", _("Month first: 11/25/2026"))],
                required=False,
                initial={True: "day", False: "month"}.get(run.day_first, ""),
                widget=Pills,
            )

    @property
    def columns(self) -> list[str]:
        """The name of the column each heading stands for, by position."""
        return [self.cleaned_data[f"column-{index}"] for index in range(len(self.run.survey["header"]))]

    @property
    def day_first(self) -> bool | None:
        """What was said about the dates."""
        return {"day": True, "month": False}.get(self.cleaned_data.get("dates", ""))

    @property
    def column_fields(self) -> list[forms.BoundField]:
        """The fields of the columns, for the template."""
        return [self[name] for name in self.fields if name.startswith("column-")]
