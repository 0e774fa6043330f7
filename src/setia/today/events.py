"""What Today records."""

from setia.core.events import verb

ACTED = verb("prompt.acted", "A prompt was sent, done, put off or skipped")
