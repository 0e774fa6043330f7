"""Half a year of suggestions in the invented shop, as `truth` tells it: what was sent, skipped, held back by lot."""

from datetime import datetime, time

from setia.core.scope import current_shop
from setia.customers.models import Customer
from setia.demo.simulator import History
from setia.shops.models import Member
from setia.today import actions
from setia.today.actions.learning import PastPrompt
from setia.today.models import Arm, PromptState

# The shop's lot: the same people are held back whenever the demo is built.
SEED = 7


def tell(history: History, people: list[Customer], owner: Member) -> None:
    """The past of Today; whether they ordered after is found in their purchases, as every night."""
    actions.begin(seed=SEED)
    zone = current_shop().zone
    actions.record_past(
        prompts=(
            PastPrompt(
                kind="rhythm",
                customer_id=people[word.person].pk,
                at=datetime.combine(word.day, time(6), tzinfo=zone),
                state=PromptState.EXPIRED if word.did in ("held", "expired") else word.did,
                arm=Arm.HELD if word.held else Arm.SHOWN,
                chance=word.chance,
            )
            for word in history.words
        ),
        by=owner,
    )
