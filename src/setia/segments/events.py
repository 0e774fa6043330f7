"""What segments record."""

from setia.core.events import verb

SCORED = verb("score.renewed", "The shop's scores were renewed for a day")
