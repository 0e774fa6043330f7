"""The people who serve: who wants to work here, what they learn, when they work, what was seen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setia.core import clock
from setia.core.scope import ShopModel
from setia.shops.models import Invitation, Member


class TeamSettings(ShopModel):
    """How long the data of somebody who was not taken on are kept."""

    keep_declined_days = models.PositiveSmallIntegerField(default=90)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop"], name="team_settings_once")]


class Criterion(ShopModel):
    """What the owner looks for in a person; `weight` 1 to 5 says how much it counts."""

    label = models.CharField(max_length=80)
    weight = models.PositiveSmallIntegerField(default=3)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "label"], name="criterion_label")]


class CandidateState(models.TextChoices):
    APPLIED = "applied", _("Wants to work here")
    TRIAL = "trial", _("On trial")
    HIRED = "hired", _("Taken on")
    DECLINED = "declined", _("Not taken on")


class Candidate(ShopModel):
    """Somebody who would like to work here. Once declined, everything personal goes after the set time."""

    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=500, blank=True)
    photo = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=CandidateState, default=CandidateState.APPLIED)
    applied_on = models.DateField()
    trial_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    # How they were let in, and whom they became.
    invitation = models.ForeignKey(Invitation, on_delete=models.SET_NULL, null=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["hired", "declined"], decided_at__isnull=False)
                | Q(state__in=["applied", "trial"], decided_at__isnull=True),
                name="candidate_decided_has_day",
            )
        ]
        indexes = [models.Index(fields=["shop", "state", "-applied_on"], name="candidate_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Not decided yet."""
        return self.state in (CandidateState.APPLIED, CandidateState.TRIAL)


class Mark(ShopModel):
    """How a candidate does in one criterion, 1 to 5."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "candidate", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="mark_in_range"),
        ]


class ChecklistKind(models.TextChoices):
    TRIAL = "trial", _("Trial shift")
    ONBOARDING = "onboarding", _("First days")


class ChecklistItem(ShopModel):
    """A line of the owner's checklist for a trial shift or for the first days."""

    kind = models.CharField(max_length=12, choices=ChecklistKind)
    text = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "kind", "text"], name="checklist_text")]


class Tick(ShopModel):
    """A line of a checklist that is done, by a candidate on trial or a member in the first days."""

    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, null=True, related_name="ticks")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "item", "candidate"], condition=Q(candidate__isnull=False), name="tick_of_candidate"
            ),
            models.UniqueConstraint(
                fields=["shop", "item", "member"], condition=Q(member__isnull=False), name="tick_of_member"
            ),
        ]


class Lesson(ShopModel):
    """A small lesson: a few sentences, and a question with one right answer."""

    title = models.CharField(max_length=80)
    body = models.CharField(max_length=2000)
    question = models.CharField(max_length=200)
    # The answers to choose from, and which of them is right (0 is the first).
    choices = models.JSONField(default=list)
    right = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "title"], name="lesson_title")]

    def __str__(self) -> str:
        return self.title


class Training(ShopModel):
    """What a member has learnt: a lesson passed (after so many tries), or a remark of the one who taught."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    passed_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "member", "lesson"], condition=Q(lesson__isnull=False), name="training_once"
            )
        ]
        indexes = [models.Index(fields=["shop", "member", "-at"], name="training_latest")]


class Shift(ShopModel):
    """When somebody is to work on a day, and when they really came and went."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    came_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "member", "day", "starts"], name="shift_once"),
            models.CheckConstraint(condition=Q(ends__gt=models.F("starts")), name="shift_ends_after_start"),
        ]
        indexes = [models.Index(fields=["shop", "day"], name="shift_day")]


class Behaviour(ShopModel):
    """Something one may see at the counter, good or to be better; `weight` 1 to 3."""

    label = models.CharField(max_length=80)
    good = models.BooleanField(default=True)
    weight = models.PositiveSmallIntegerField(default=1)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "label"], name="behaviour_label")]


class Observation(ShopModel):
    """Two taps: who, and what was seen. The helper sees it, praise first, and says that she has."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    behaviour = models.ForeignKey(Behaviour, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)
    device_key = models.CharField(max_length=64, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "device_key"], name="observation_device_key")]
        indexes = [models.Index(fields=["shop", "member", "-at"], name="observation_latest")]
