"""What is due on credit is a prompt for those who manage, and for nobody else."""

import pytest

from setia.orders.credit import actions as credit
from setia.today import actions, queries
from setia.today.models import Prompt

pytestmark = pytest.mark.django_db


def test_a_reminder_for_the_owner_alone(world, clock):
    ratna = world.customers["ratna"]
    credit.open_balance(customer=ratna, amount=75_000)
    actions.renew_prompts()
    assert not Prompt.objects.filter(kind="credit").exists()
    clock.forward(days=9)
    actions.renew_prompts()
    prompt = Prompt.objects.get(kind="credit")
    assert "Rp75.000" in prompt.draft and prompt.facts["late"] == 75_000
    assert [card.prompt.pk for card in queries.open_prompts(private=True)] == [prompt.pk]
    assert not queries.open_prompts() and not queries.open_of(ratna.pk)
    owner, cashier = world.client("owner"), world.client("cashier")
    assert "Rp 75,000" in owner.get(world.url()).content.decode()
    for path in ("", f"customers/{ratna.pk}/"):
        assert "75,000" not in cashier.get(world.url(path)).content.decode()
    assert cashier.post(world.url(f"prompts/{prompt.pk}/done/")).status_code in (403, 404)
    credit.repay(customer=ratna, amount=75_000)
    actions.renew_prompts()
    assert not Prompt.objects.filter(kind="credit", state="open").exists()
