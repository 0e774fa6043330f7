import pytest

from setia.emulator.tests.world import Shop


@pytest.fixture
def shop() -> Shop:
    """A shop nobody has written to yet."""
    return Shop()


@pytest.fixture
def chatting(shop: Shop) -> Shop:
    """A shop whose customer has just written: the window is open, the webhook list is empty again."""
    shop.inbound()
    shop.hook.requests.clear()
    return shop
