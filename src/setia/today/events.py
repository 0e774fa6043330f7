"""What Today records."""

from setia.core.events import verb

ACTED = verb("prompt.acted", "A prompt was sent, done, put off or skipped")
CHOOSING_CHANGED = verb("today.choosing_changed", "How many suggestions are held back to measure them was changed")
