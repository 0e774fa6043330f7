"""The house as a whole: puts the two lists (who reacts to what, what runs when) where `core` finds them."""

from django.apps import AppConfig


class House(AppConfig):
    name = "setia"
    label = "house"

    def ready(self) -> None:
        from setia import reactions, recurring
        from setia.core import events, tasks

        events.install(reactions.REACTIONS)
        tasks.install(recurring.QUEUES)
