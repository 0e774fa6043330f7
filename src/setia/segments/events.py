"""What segments record."""

from setia.core.events import verb

SCORED = verb("score.renewed", "The shop's scores were renewed for a day")
SAVED = verb("segment.saved", "A group of people was saved")
CHANGED = verb("segment.changed", "The name, rule or kind of a saved group changed")
REMOVED = verb("segment.removed", "A saved group was taken out of the list")
RETURNED = verb("segment.returned", "A saved group was taken back into the list")
EXPORTED = verb("people.exported", "A list of people left the shop as a file")
GOAL_SET = verb("goal.set", "The owner set, changed or dropped a goal of the reports")
REPORTED = verb("report.renewed", "The figures of the reports were counted for a day")
LETTER_WRITTEN = verb("letter.written", "The owner's letter of a week was written")
LETTER_PLANNED = verb("letter.planned", "When the owner's letter comes, and to which number, changed")
