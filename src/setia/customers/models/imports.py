"""Files that were brought in, and what became of their rows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.core.work import Due
from setia.shops.models import Language, Member


class ImportState(models.TextChoices):
    PREVIEW = "preview", _("Being looked at")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    UNDOING = "undoing", _("Being taken out")
    UNDONE = "undone", _("Taken out again")
    FAILED = "failed", _("Stopped")


class ImportRun(Due, ShopModel):
    """One file brought in. A worker takes it in slices; a slice and its counters are one transaction."""

    kind = models.CharField(max_length=12)  # customers, purchases
    filename = models.CharField(max_length=200)
    # Name of the table in the folder of imports; empty once it is not needed any more.
    table = models.CharField(max_length=60, blank=True)
    # What was found in the file when it was read (`importing.survey`), and what each column holds.
    survey = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    day_first = models.BooleanField(null=True)
    # In which language what is wrong with a row is told.
    language = models.CharField(max_length=5, choices=Language, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    total = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="import_due", condition=Q(state__in=["running", "undoing"]))]


class ImportRow(ShopModel):
    """What undo and the report must find again: a rejected line, or what a slice of the file made.

    `model` empty: line `number` of the file was rejected for `problem`, `raw` are its cells. Else `raw` are the ids of
    the objects of `model` that the slice beginning at `number` made and that are still here.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    raw = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["shop", "run", "model", "number"], name="import_row")]

    @property
    def words(self) -> str:
        """The cells that hold something, in one line."""
        return " · ".join(str(cell) for cell in self.raw if cell != "")
