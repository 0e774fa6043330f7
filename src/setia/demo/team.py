"""The people who serve in the invented shop: shifts, lessons, thanks, and two who would like to work there."""

from datetime import date, datetime, time, timedelta

from setia.core import clock
from setia.core.scope import current_shop
from setia.demo import cast
from setia.shops.models import Member
from setia.team import actions, queries
from setia.team.models import Behaviour, ChecklistItem, ChecklistKind, Criterion

LESSONS = (
    (
        "Mengemas tanpa ada yang pecah",
        "Bakpia yang masih hangat mudah retak. Tunggu sepuluh menit, susun dua lapis, beri kertas roti di antaranya. "
        "Kotak yang penuh tidak perlu ditekan.",
        "Bakpia baru keluar dari oven. Apa yang dilakukan dulu?",
        ["Tunggu sepuluh menit", "Langsung dikemas selagi hangat", "Ditekan supaya muat"],
    ),
    (
        "Kalau ada yang komplain",
        "Dengarkan sampai selesai, minta maaf, catat di Setia. Jangan membela diri dan jangan menjanjikan ganti rugi "
        "sendiri: Bu Harti yang memutuskan hari itu juga.",
        "Seorang pelanggan bilang kotaknya penyok. Kalimat pertama?",
        ["“Mohon maaf, Bu. Boleh saya lihat?”", "“Tadi waktu dikirim masih bagus.”", "“Nanti kami ganti dua kotak.”"],
    ),
    (
        "Alergi: kacang dan susu",
        "Kacang hijau bukan kacang tanah, tetapi semua bakpia dibuat di dapur yang sama. Keju dan cokelat memakai "
        "susu. Kalau tidak yakin, katakan tidak yakin dan tanya dapur.",
        "Ada yang alergi susu. Rasa mana yang tidak boleh?",
        ["Keju dan cokelat", "Kacang hijau", "Kumbu hitam"],
    ),
)
# Who works when, by weekday (Monday is 0): the shop opens at seven.
PLAN = {
    cast.CASHIER.username: [(day, time(7, 0), time(12, 0)) for day in range(6)],
    cast.CHAT.username: [(day, time(12, 0), time(17, 0)) for day in range(6)],
    cast.MANAGER.username: [(day, time(7, 0), time(11, 0)) for day in (0, 2, 4, 6)],
}
SEEN = (
    (cast.CASHIER, 0, 9, "Bu Ratna disapa dengan nama anaknya."),
    (cast.CASHIER, 1, 4, ""),
    (cast.CASHIER, 3, 2, "Tetap ramah waktu antre panjang."),
    (cast.CHAT, 4, 1, ""),
    (cast.CHAT, 5, 3, "Chat Pak Slamet baru dibalas sore."),
)


def tell() -> None:
    """Everything on the team's pages."""
    actions.prepare()
    members = {member.name: member for member in Member.objects.all()}
    _shifts(members)
    _lessons(members)
    _seen(members)
    _candidates(members[cast.OWNER.name])


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=current_shop().zone)


def _member(members: dict[str, Member], username: str) -> Member:
    return members[next(person.name for person in cast.MEMBERS if person.username == username)]


def _shifts(members: dict[str, Member]) -> None:
    """Eight weeks worked, this one and the next planned."""
    today = current_shop().today()
    this = queries.monday_of(today)
    for username, plan in PLAN.items():
        member = _member(members, username)
        for week in range(-8, 2):
            for weekday, starts, ends in plan:
                day = this + timedelta(days=7 * week + weekday)
                shift = actions.plan_shift(member=member, day=day, starts=starts, ends=ends)
                if day < today:
                    late = (day.toordinal() + member.pk) % 9
                    with clock.frozen(_at(day, starts.hour, late)):
                        actions.come(shift=shift)
                    with clock.frozen(_at(day, ends.hour, late % 4)):
                        actions.leave(shift=shift)


def taker(channel: str) -> int:
    """Id of the member who takes the sales of a channel: the cashier at the counter, else the one at the chats."""
    name = (cast.CASHIER if channel == "counter" else cast.CHAT).name
    return int(Member.objects.get(name=name).pk)


def _lessons(members: dict[str, Member]) -> None:
    cashier, chat = members[cast.CASHIER.name], members[cast.CHAT.name]
    written = [
        actions.save_lesson(title=title, body=body, question=question, choices=choices, right=0)
        for title, body, question, choices in LESSONS
    ]
    today = current_shop().today()
    for place, lesson in enumerate(written):
        with clock.frozen(_at(today - timedelta(days=40 - 9 * place), 16)):
            if place == 1:
                actions.answer(lesson=lesson, member=cashier, choice=2)
            actions.answer(lesson=lesson, member=cashier, choice=0)
    with clock.frozen(_at(today - timedelta(days=3), 16)):
        actions.answer(lesson=written[0], member=chat, choice=0)
    owner = members[cast.OWNER.name]
    with clock.frozen(_at(today - timedelta(days=12), 15)):
        actions.note_training(member=cashier, note="Menghitung kas sore bersama Bu Harti.", by=owner)
    for item in ChecklistItem.objects.filter(kind=ChecklistKind.ONBOARDING).order_by("position")[:4]:
        actions.tick(item=item, member=cashier, by=owner)


def _seen(members: dict[str, Member]) -> None:
    today, owner = current_shop().today(), members[cast.OWNER.name]
    rows = list(Behaviour.objects.order_by("pk"))
    for person, behaviour, days, note in SEEN:
        with clock.frozen(_at(today - timedelta(days=days), 11)):
            actions.observe(member=members[person.name], behaviour=rows[behaviour], by=owner, note=note)


def _candidates(owner: Member) -> None:
    """One on trial, one who has just asked, one who was not taken on."""
    today = current_shop().today()
    criteria = list(Criterion.objects.order_by("pk"))
    lines = list(ChecklistItem.objects.filter(kind=ChecklistKind.TRIAL).order_by("position"))
    with clock.frozen(_at(today - timedelta(days=6), 10)):
        tari = actions.add_candidate(
            name="Tari Lestari", phone="+6281230009101", note="Lulus SMK tata boga, rumah dekat pasar, bisa pagi."
        )
    with clock.frozen(_at(today - timedelta(days=2), 10)):
        actions.plan_trial(candidate=tari, day=today - timedelta(days=1))
    scores = (5, 5, 4, 4, 3, 5)
    actions.mark(candidate=tari, scores={row.pk: score for row, score in zip(criteria, scores, strict=True)}, by=owner)
    for line in lines[:4]:
        actions.tick(item=line, candidate=tari, by=owner)
    actions.add_candidate(name="Bagas Prayogo", phone="+6281230009102", note="Punya motor, mau antar sore hari.")
    with clock.frozen(_at(today - timedelta(days=30), 10)):
        wulan = actions.add_candidate(name="Wulan Sari", note="Ingin kerja akhir pekan saja.")
        actions.decide(
            candidate=wulan, hire=False, reason="Kami butuh orang di hari kerja; akhir pekan sudah terisi.", by=owner
        )
