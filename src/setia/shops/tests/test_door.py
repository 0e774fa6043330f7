"""Who gets in."""

import pytest

from setia.core.scope import NoOpenShop, current_shop, open_shop
from setia.shops.models import Member
from tests.world import World


def test_no_open_shop_no_rows(db):
    assert Member.objects.count() == 0
    with pytest.raises(NoOpenShop):
        current_shop()


def test_each_shop_sees_its_own_members(world: World):
    assert Member.objects.count() == 5
    with open_shop(world.stranger_shop):
        assert [member.role for member in Member.objects.all()] == ["owner"]
