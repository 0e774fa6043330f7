"""What happens when a customer is heard."""

from setia.core.events import verb

COMPLAINT_OPENED = verb("complaint.opened", "Something was not right, and it was written down")
COMPLAINT_CHANGED = verb("complaint.changed", "Kind, order, batch, cause or notes of a complaint changed")
COMPLAINT_OFFERED = verb("complaint.offered", "A settlement was offered, accepted, refused or taken back")
COMPLAINT_SETTLED = verb("complaint.settled", "What was promised for a complaint was done")
COMPLAINT_CLOSED = verb("complaint.closed", "The customer said whether they are content, or it was no complaint")
COMPLAINT_REOPENED = verb("complaint.reopened", "A complaint that was closed was opened again")
IMPROVED = verb("improvement.changed", "Something against a cause of complaints was decided, changed or done")
ASKED = verb("survey.asked", "A customer was asked how satisfied they are")
ANSWERED = verb("survey.answered", "Somebody said how satisfied they are")
SUGGESTED = verb("suggestion.made", "Somebody suggested something")
SUGGESTION_CHANGED = verb("suggestion.changed", "A suggestion was named, joined with another, or taken apart again")
SUGGESTION_DECIDED = verb("suggestion.decided", "What becomes of a suggestion was decided")
ELSEWHERE = verb("customer.bought_elsewhere", "Somebody told why they bought elsewhere, or it was taken out again")
CARE_CHANGED = verb("care.changed", "Rules for complaints or questions changed")
