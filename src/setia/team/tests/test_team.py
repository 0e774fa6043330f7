"""Candidates, learning, shifts and what was seen: through the pages, each for those whose business it is."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from setia.conversations import actions as conversations
from setia.conversations.models import ServiceReview
from setia.core.errors import DomainError
from setia.core.models import Event
from setia.core.tasks import drain
from setia.orders import actions as orders
from setia.orders.actions import LineInput
from setia.shops import actions as shops
from setia.shops.models import Member
from setia.team import actions, pictures, queries
from setia.team.models import Behaviour, Candidate, CandidateState, ChecklistItem, Observation, Shift, Training
from setia.team.pictures import PHOTOS
from setia.web import photos

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture
def team(world):
    actions.prepare()
    return world


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


# --- Candidates -------------------------------------------------------------------------------------------------------


def _candidate(team, **fields):
    owner = team.client("owner")
    answer = owner.post(team.url("team/candidates/new/"), {"name": "Tari", "phone": "0812 3000 9101"} | fields)
    assert answer.status_code == 302, answer.content
    return Candidate.objects.latest("pk")


def test_a_candidate_from_the_first_word_to_the_first_day(team):
    """Written down, tried, taken on with a reason; the link makes the same person a member."""
    owner, tari = team.client("owner"), _candidate(team)
    page = f"team/candidates/{tari.pk}/"
    assert owner.post(team.url(page + "trial/"), {"trial_on": "2026-11-24"}).status_code == 302
    criteria = list(queries.criteria())
    owner.post(team.url(page + "marks/"), {f"c{row.pk}": "4" for row in criteria[:2]})
    line = ChecklistItem.objects.filter(kind="trial").first()
    owner.post(team.url(f"{page}lines/{line.pk}/"))
    html = owner.get(team.url(page)).content.decode()
    assert "4.0 of 5" in html and "check--done" in html
    refused = owner.post(team.url(page + "decision/"), {"hire": "1", "reason": "", "role": "cashier"})
    assert refused.status_code == 422 and Candidate.objects.get().state == CandidateState.TRIAL
    taken = owner.post(team.url(page + "decision/"), {"hire": "1", "reason": "Quick to learn", "role": "cashier"})
    assert taken.status_code == 302 and taken["Location"].endswith("/link/")
    hired = Candidate.objects.get()
    assert hired.state == CandidateState.HIRED and hired.invitation is not None
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create(username="tari")
    member = shops.accept_invitation(invitation=hired.invitation, user_id=user.pk)
    drain("reactions")
    assert Candidate.objects.get().member == member and member.name == "Tari"
    assert {"candidate.added", "candidate.changed", "candidate.decided", "member.joined"} <= set(verbs())


def test_a_decision_can_be_taken_back_until_they_work_here(team):
    owner, tari = team.client("owner"), _candidate(team)
    page = team.url(f"team/candidates/{tari.pk}/")
    owner.post(page + "decision/", {"hire": "1", "reason": "Nice", "role": "cashier"})
    again = owner.post(page + "decision/", {"hire": "0", "reason": "Changed my mind", "role": "cashier"})
    assert again.status_code == 422 and "decided already" in again.content.decode()
    owner.post(page + "reopening/")
    back = Candidate.objects.get()
    assert back.state == CandidateState.APPLIED and back.invitation is None and not back.decided_at


def test_what_is_personal_about_the_declined_goes_on_time(team, clock):
    body = BytesIO()
    Image.new("RGB", (60, 60), "red").save(body, "JPEG")
    tari = _candidate(team, photo=SimpleUploadedFile("t.jpg", body.getvalue()), note="Rumah dekat pasar")
    token = tari.photo
    assert team.client("owner").get(team.url(f"team/candidates/{tari.pk}/photo/")).status_code == 200
    owner = team.members["owner"]
    actions.mark(candidate=tari, scores={queries.criteria()[0].pk: 2}, by=owner)
    actions.decide(candidate=tari, hire=False, reason="Too far away", by=owner)
    clock.forward(days=89)
    pictures.forget_declined()
    assert Candidate.objects.get().name == "Tari"
    clock.forward(days=2)
    pictures.forget_declined()
    gone = Candidate.objects.get()
    assert (gone.name, gone.phone, gone.note, gone.reason, gone.photo) == ("", "", "", "", "")
    assert not gone.marks.exists() and gone.state == CandidateState.DECLINED
    with pytest.raises(FileNotFoundError):
        photos.read(token, folder=PHOTOS)
    assert team.client("owner").get(team.url(f"team/candidates/{tari.pk}/")).status_code == 404
    assert "Tari" not in str(list(Event.objects.values_list("data", flat=True)))


def test_candidates_are_the_managers_business_and_the_owner_decides(team):
    tari = _candidate(team)
    paths = ["team/candidates/", "team/candidates/new/", f"team/candidates/{tari.pk}/", "team/setup/"]
    for path in paths:
        assert [team.client(who).get(team.url(path)).status_code for who in ("owner", "manager")] == [200, 200], path
        for who in ("cashier", "chat", "viewer"):
            assert team.client(who).get(team.url(path)).status_code == 403, f"{who} {path}"
        assert team.client("stranger").get(team.url(path)).status_code == 404
    decision = team.url(f"team/candidates/{tari.pk}/decision/")
    assert team.client("manager").post(decision, {"hire": "0", "reason": "x"}).status_code == 403


# --- Shifts -----------------------------------------------------------------------------------------------------------


def _shift(team, who="cashier", day=MONDAY, starts=time(7), ends=time(12)):
    return actions.plan_shift(member=team.members[who], day=day, starts=starts, ends=ends)


def test_a_week_is_planned_copied_and_worked(team, clock):
    owner = team.client("owner")
    wanted = {"member": team.members["cashier"].pk, "day": "2026-11-23", "starts": "07:00", "ends": "12:00"}
    assert owner.post(team.url("team/shifts/"), wanted).status_code == 302
    overlapping = owner.post(team.url("team/shifts/"), wanted | {"starts": "11:00", "ends": "15:00"})
    assert overlapping.status_code == 422 and "already works" in overlapping.content.decode()
    owner.post(team.url("team/shifts/copy/?week=2026-11-30"))
    owner.post(team.url("team/shifts/copy/?week=2026-11-30"))
    assert list(Shift.objects.order_by("day").values_list("day", flat=True)) == [MONDAY, MONDAY + timedelta(days=7)]
    shift, cashier = Shift.objects.order_by("day").first(), team.client("cashier")
    for _tap in range(2):
        cashier.post(team.url(f"team/shifts/{shift.pk}/arrival/"))
    came = Shift.objects.get(pk=shift.pk).came_at
    clock.forward(hours=4)
    cashier.post(team.url(f"team/shifts/{shift.pk}/departure/"))
    worked = Shift.objects.get(pk=shift.pk)
    assert worked.came_at == came and (worked.left_at - came) == timedelta(hours=4)
    assert queries.weeks([team.members["cashier"].pk], MONDAY)[team.members["cashier"].pk][0].hours == 4
    owner.post(team.url(f"team/shifts/{shift.pk}/removal/"))
    assert Shift.objects.filter(pk=shift.pk).exists(), "what was worked stays"


def test_helpers_come_and_go_for_themselves_only(team):
    shift = _shift(team)
    assert team.client("chat").post(team.url(f"team/shifts/{shift.pk}/arrival/")).status_code == 404
    assert team.client("cashier").post(team.url("team/shifts/"), {}).status_code == 403
    tomorrow = _shift(team, day=MONDAY + timedelta(days=1))
    with pytest.raises(DomainError):
        actions.come(shift=tomorrow)


# --- Learning ---------------------------------------------------------------------------------------------------------


def test_a_lesson_is_passed_by_its_question(team):
    owner, cashier = team.client("owner"), team.client("cashier")
    text = {"title": "Packing", "body": "Wait ten minutes.", "question": "First?", "choices": "Wait\nPress"}
    assert owner.post(team.url("team/lessons/new/"), text | {"choices": "Wait"}).status_code == 422
    owner.post(team.url("team/lessons/new/"), text)
    (lesson,) = queries.lessons()
    page = team.url(f"team/lessons/{lesson.pk}/")
    assert "Not quite" in cashier.post(page, {"choice": "1"}).content.decode()
    assert cashier.post(page, {"choice": "9"}).status_code == 422
    assert cashier.post(page, {"choice": "0"}).status_code == 302
    cashier.post(page, {"choice": "1"})
    training = Training.objects.get()
    assert training.passed_at is not None and training.tries == 2
    assert team.client("cashier").get(team.url("team/lessons/new/")).status_code == 403


def test_first_days_are_ticked_off_and_teaching_is_written_down(team):
    owner, cashier = team.client("owner"), team.members["cashier"]
    item = ChecklistItem.objects.filter(kind="onboarding").first()
    step = team.url(f"team/members/{cashier.pk}/steps/{item.pk}/")
    owner.post(step)
    assert "check--done" in team.client("cashier").get(team.url(f"team/members/{cashier.pk}/")).content.decode()
    owner.post(step)
    assert "check--done" not in owner.get(team.url(f"team/members/{cashier.pk}/")).content.decode()
    owner.post(team.url(f"team/members/{cashier.pk}/notes/"), {"note": "Counting the till"})
    assert "Counting the till" in team.client("cashier").get(team.url(f"team/members/{cashier.pk}/")).content.decode()


# --- What was seen ----------------------------------------------------------------------------------------------------


def test_two_taps_and_the_helper_says_thank_you(team):
    owner, cashier = team.client("owner"), team.members["cashier"]
    better, good = Behaviour.objects.filter(good=False).first(), Behaviour.objects.filter(good=True).first()
    post = {"member": cashier.pk, "key": "k1", "behaviour": better.pk}
    owner.post(team.url("team/observations/new/"), post)
    owner.post(team.url("team/observations/new/"), post)
    owner.post(team.url("team/observations/new/"), post | {"behaviour": good.pk, "key": "k2", "note": "So kind"})
    assert Observation.objects.count() == 2, "a double tap is one"
    page = team.url(f"team/members/{cashier.pk}/")
    html = team.client("cashier").get(page).content.decode()
    assert html.index(good.label) < html.index(better.label) and "So kind" in html and "2 new" in html
    owner.post(page + "seen/")
    assert queries.unseen_count(cashier) == 2, "only the helper says that it was read"
    team.client("cashier").post(page + "seen/")
    assert queries.unseen_count(cashier) == 0
    week = queries.weeks([cashier.pk], MONDAY)[cashier.pk][0]
    assert (week.good, week.better, week.points) == (1, 1, good.weight - better.weight)
    mistake = Observation.objects.filter(behaviour=better).get()
    owner.post(team.url(f"team/observations/{mistake.pk}/mistake/"))
    assert Observation.objects.count() == 1


def test_a_week_tells_what_customers_and_the_owner_said(team):
    """Faces at the counter and answers in the chat count for who took the order, the evening check for who served."""
    cashier, chat, owner = (team.members[who] for who in ("cashier", "chat", "owner"))
    for score in (5, 4, 3):
        order = orders.sell(
            customer=team.customers["ratna"],
            lines=[LineInput(team.variants["kacang-hijau-10"].pk, 1)],
            taken_by=cashier,
            device_key=f"s{score}",
        )
        orders.rate(order=order, score=score)
    conversation = conversations.chat_with(channel=conversations.app_channel(), customer=team.customers["ratna"])
    for day, stars in ((MONDAY, 4), (MONDAY + timedelta(days=1), 5), (MONDAY - timedelta(days=1), 1)):
        ServiceReview.objects.create(conversation=conversation, day=day, member=chat, stars=stars, by=owner)
    weeks = queries.weeks([cashier.pk, chat.pk], queries.monday_of(team.shop.today()), back=1)
    assert (weeks[cashier.pk][0].rating, weeks[cashier.pk][0].ratings) == (4.0, 3)
    this, before = (
        weeks[chat.pk]
        if queries.monday_of(team.shop.today()) == MONDAY
        else queries.weeks([chat.pk], MONDAY, back=1)[chat.pk]
    )
    assert (this.chat_review, this.chat_reviews, before.chat_review) == (4.5, 2, 1.0)
    page = team.client("cashier").get(team.url(f"team/members/{cashier.pk}/")).content.decode()
    assert "4.0" in page and "from 3 ratings" in page


def test_nobody_observes_themselves(team):
    with pytest.raises(DomainError):
        actions.observe(member=team.members["manager"], behaviour=Behaviour.objects.first(), by=team.members["manager"])


def test_a_helper_sees_own_results_only(team):
    own, other = team.members["cashier"].pk, team.members["chat"].pk
    cashier = team.client("cashier")
    assert cashier.get(team.url(f"team/members/{own}/")).status_code == 200
    assert cashier.get(team.url(f"team/members/{other}/")).status_code == 404
    assert cashier.get(team.url("team/"))["Location"].endswith(f"/team/members/{own}/")
    assert cashier.get(team.url("team/observations/")).status_code == 403
    assert team.client("manager").get(team.url(f"team/members/{other}/")).status_code == 200
    assert team.client("stranger").get(team.url(f"team/members/{own}/")).status_code == 404


def test_the_week_asks_as_often_for_many_helpers(team):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = team.client("owner"), []
    client.get(team.url("team/"))
    for more in (5, 10):
        Member.objects.bulk_create(
            Member(user_id=1000 + more * 10 + n, name=f"H{n}", role="cashier") for n in range(more)
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(team.url("team/")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
