"""Reads of the team, for its pages and for other areas."""

from setia.team.queries.candidates import (
    Fitting,
    candidates,
    checklist,
    criteria,
    fitting,
    keep_declined_days,
    marks_of,
)
from setia.team.queries.people import (
    all_lessons,
    all_observations,
    all_shifts,
    behaviours,
    lessons,
    observations_of,
    passed,
    shifts_between,
    trainings_of,
    unseen_count,
)
from setia.team.queries.weeks import monday_of, weeks

__all__ = [
    "Fitting",
    "all_lessons",
    "all_observations",
    "all_shifts",
    "behaviours",
    "candidates",
    "checklist",
    "criteria",
    "fitting",
    "keep_declined_days",
    "lessons",
    "marks_of",
    "monday_of",
    "observations_of",
    "passed",
    "shifts_between",
    "trainings_of",
    "unseen_count",
    "weeks",
]
