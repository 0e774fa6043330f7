"""People who work in the shop: roles, the last owner, links, one's own profile."""

import re

import pytest
from django.test import Client

from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.scope import open_shop
from setia.shops import actions
from setia.shops.models import Invitation, Member


def member_url(world, who: str, rest: str = "") -> str:
    return world.url(f"settings/members/{world.members[who].pk}/{rest}")


def fields(world, who: str, **changes: str) -> dict[str, str]:
    member = world.members[who]
    return {"name": member.name, "role": member.role, "language": member.language} | changes


# --- Inviting


def test_an_invitation_is_shown_once_to_copy_or_send(shop):
    client = shop.client("owner")
    answer = client.post(shop.url("settings/members/"), {"name": "Mbak Tutik", "role": "chat"})
    assert answer["Location"] == shop.url("settings/members/link/")
    page = client.get(answer["Location"])
    link = re.search(r'data-copy="(http[^"]+)"', page.content.decode())[1]
    assert "https://wa.me/?text=" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert client.get(answer["Location"])["Location"] == shop.url("settings/members/"), "shown once"
    assert "Mbak Tutik" in client.get(shop.url("settings/members/")).content.decode()
    path = "/" + link.split("/", 3)[3]
    assert b"Mbak Tutik" in Client().get(path).content


def test_an_invitation_is_withdrawn(shop):
    client = shop.client("owner")
    client.post(shop.url("settings/members/"), {"name": "Mbak Tutik", "role": "chat"})
    waiting = Invitation.objects.get(used_at=None)
    client.post(shop.url(f"settings/invitations/{waiting.pk}/removal/"))
    assert not Invitation.objects.filter(used_at=None).exists()


def test_an_unknown_role_is_refused(shop):
    page = shop.client("owner").post(shop.url("settings/members/"), {"name": "Mbak Tutik", "role": "king"})
    assert page.status_code == 200 and 'value="Mbak Tutik"' in page.content.decode()
    assert not Invitation.objects.filter(used_at=None).exists()


def test_only_an_owner_makes_owners(shop):
    with pytest.raises(DomainError) as refused:
        actions.invite(name="X", role="owner", by=shop.members["manager"])
    assert refused.value.code == "owner_only"


# --- Changing


def test_role_name_and_language_are_changed(shop):
    client = shop.client("owner")
    client.post(member_url(shop, "cashier"), fields(shop, "cashier", name="Dewi Ayu", role="chat", language="id"))
    member = Member.objects.get(pk=shop.members["cashier"].pk)
    assert (member.name, member.role, member.language) == ("Dewi Ayu", "chat", "id")
    event = Event.objects.filter(verb="member.changed").latest("pk")
    assert event.actor == f"member:{shop.members['owner'].pk}"
    assert event.data == {"fields": ["language", "name", "role"], "role": "chat"}


def test_the_last_owner_stays_owner(shop):
    client = shop.client("owner")
    page = client.post(member_url(shop, "owner"), fields(shop, "owner", role="viewer", name="Bu Harti S"))
    assert "A shop needs an owner" in page.content.decode() and 'value="Bu Harti S"' in page.content.decode()
    gone = client.post(member_url(shop, "owner", "removal/"), follow=True)
    assert "A shop needs an owner" in gone.content.decode()
    owner = Member.objects.get(pk=shop.members["owner"].pk)
    assert owner.role == "owner" and owner.removed_at is None


def test_with_a_second_owner_the_first_may_go(shop):
    client = shop.client("owner")
    client.post(member_url(shop, "manager"), fields(shop, "manager", role="owner"))
    assert client.post(member_url(shop, "owner", "removal/"))["Location"] == "/"
    assert client.get(shop.url("settings/members/")).status_code == 404
    with pytest.raises(DomainError, match="needs an owner"):
        actions.remove_member(member=Member.objects.get(pk=shop.members["manager"].pk))


# --- Leaving and coming back


def test_removing_asks_first_closes_the_door_and_can_be_undone(shop):
    client, cashier = shop.client("owner"), shop.client("cashier")
    profile = shop.url("settings/profile/")
    assert client.get(member_url(shop, "cashier", "removal/")).status_code == 200
    assert cashier.get(profile).status_code == 200, "asking removes nobody"
    client.post(member_url(shop, "cashier", "removal/"))
    assert cashier.get(profile).status_code == 404
    client.post(member_url(shop, "cashier", "return/"))
    assert cashier.get(profile).status_code == 200
    verbs = Event.objects.filter(subject_id=shop.members["cashier"].pk, subject_type="shops.member")
    assert list(verbs.order_by("pk").values_list("verb", flat=True)) == [
        "member.joined",
        "member.removed",
        "member.joined",
    ]


# --- A forgotten password


def test_a_helper_who_forgot_the_password_gets_a_link(shop):
    client = shop.client("owner")
    client.post(member_url(shop, "cashier", "link/"))
    page = client.get(shop.url("settings/members/link/")).content.decode()
    path = "/" + re.search(r'data-copy="(http[^"]+)"', page)[1].split("/", 3)[3]
    helper = Client()
    assert helper.post(path)["Location"] == shop.url()
    assert b"Dewi" in helper.get(shop.url("settings/profile/")).content
    event = Event.objects.get(verb="member.link")
    assert event.subject_id == shop.members["cashier"].pk
    assert event.actor == f"member:{shop.members['owner'].pk}"


@pytest.mark.parametrize("who", ["owner", "cashier"])
def test_no_link_into_other_shops_or_for_owners(shop, who):
    """A link would open whatever its user may enter."""
    with open_shop(shop.stranger_shop):
        invitation, _token = actions.invite(name="Dewi", role="viewer", by=Member.objects.get())
        actions.accept_invitation(invitation=invitation, user_id=shop.users["cashier"].pk)
    client = shop.client("owner")
    assert member_url(shop, who, "link/") not in client.get(member_url(shop, who)).content.decode()
    client.post(member_url(shop, who, "link/"))
    assert client.get(shop.url("settings/members/link/"))["Location"] == shop.url("settings/members/")


# --- Oneself


@pytest.mark.parametrize("who", ["owner", "viewer"])
def test_everybody_changes_their_own_name_and_language(shop, who):
    client = shop.client(who)
    client.post(shop.url("settings/profile/"), {"name": "Nama Baru", "language": "id", "role": "owner"})
    member = Member.objects.get(pk=shop.members[who].pk)
    assert (member.name, member.language, member.role) == ("Nama Baru", "id", who)


def test_an_empty_name_is_refused(shop):
    page = shop.client("viewer").post(shop.url("settings/profile/"), {"name": " ", "language": ""})
    assert page.status_code == 200 and "This field is required" in page.content.decode()


# --- Lists


def test_the_list_of_people_needs_as_many_queries_for_twenty_as_for_ten(shop, django_assert_num_queries):
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def more(number: int) -> None:
        for _ in range(number):
            user = get_user_model().objects.create(username=f"u{get_user_model().objects.count()}")
            Member.objects.create(user_id=user.pk, name="X", role="viewer")
            actions.invite(name="Y", role="viewer", by=shop.members["owner"])

    client = shop.client("owner")
    more(5)
    client.get(shop.url("settings/members/"))
    with CaptureQueriesContext(connection) as ten:
        client.get(shop.url("settings/members/"))
    more(10)
    with django_assert_num_queries(len(ten)):
        client.get(shop.url("settings/members/"))
