"""Customers from files: brought in once, known ones left alone, taken out again without a trace or a loss."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setia.core import work
from setia.core.errors import DomainError
from setia.core.models import Event, SearchText
from setia.core.tasks import drain
from setia.customers import actions, queries
from setia.customers.importing import actions as runs
from setia.customers.importing import bulk, people, staging
from setia.customers.models import Consent, Customer, Identity, ImportRow, ImportRun, Note, Occasion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def run_of(summary):
    return ImportRun.objects.get(pk=summary.run_id)


def undo(summary):
    runs.undo(run=run_of(summary))
    drain("imports")
    return run_of(summary)


def test_people_come_in(world, bring):
    steps = []
    summary = bring(
        "Nama;No HP;E-mail;Kecamatan;Alamat;Patokan;Jenis;Sumber;Tgl Lahir;Catatan",
        "Bu Mira;0812 9999 1111 / 0812 9999 2222;Mira@Example.com;Pogalan;RT 2;pasar;Reseller;bazar;29/02/1980;keju",
        "Pak Tono;;;Karangan;;;;;;",
        progress=lambda done, total: steps.append((done, total)),
    )
    assert (summary.read, summary.created, summary.matched, summary.rejected) == (2, 2, 0, 0)
    assert steps == [(2, 2)]
    mira = Customer.objects.get(display_name="Bu Mira")
    assert (mira.kind, mira.source, mira.district, mira.landmark) == ("reseller", "bazaar", "Pogalan", "pasar")
    assert {(row.kind, row.value) for row in queries.identities_of(mira.pk)} == {
        ("phone", "+6281299991111"), ("phone", "+6281299992222"), ("email", "mira@example.com"),
    }  # fmt: skip
    assert Note.objects.get(customer=mira).text == "keju"
    assert Occasion.objects.get(customer=mira).date_words == "29 February"
    assert set(queries.consents(mira.pk).values()) == {"not_asked"} and not Consent.objects.exists()
    for words in ("mira", "2222", "pasar", "keju pogalan", "mira@example"):
        assert queries.find(words)[0] == mira
    verbs = Event.objects.filter(verb__startswith="import.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["import.started", "import.finished"]
    assert not Event.objects.filter(customer_id=mira.pk).exists(), "nothing reacts to people from a file"
    assert not list(staging.folder().iterdir()), "the table is not kept"


def test_the_same_file_again_changes_nothing(world, bring):
    rows = ("nama,no hp,kecamatan", "Bu Mira,081299991111,Pogalan", "Pak Tono,,Karangan", "Pak Tono,,Tugu")
    assert bring(*rows).created == 3
    before = list(Customer.objects.order_by("pk").values())
    again = bring(*rows)
    assert (again.created, again.matched) == (0, 3)
    assert list(Customer.objects.order_by("pk").values()) == before
    assert ImportRow.objects.filter(run=again.run_id).count() == 0


def test_known_people_are_left_as_they_are(world, bring):
    summary = bring("nama,no hp,kecamatan", "Ratna Wulandari,+62 812-3000-4001,Jakarta")
    assert (summary.created, summary.matched) == (0, 1)
    world.customers["ratna"].refresh_from_db()
    assert world.customers["ratna"].district == "Pogalan"


def test_rows_below_know_the_rows_above(world, bring):
    summary = bring("nama,no hp", "Bu Mira,081299991111", "bu mira,0812 9999 1111", "Mira,+6281299991111")
    assert (summary.created, summary.matched) == (1, 2)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",0812 9999 1111", "name is missing"),
        ("Bu Mira,0812 9999 111O", "There are letters in this number"),
        ("Bu Mira,8.12346E+10", "spreadsheet has shortened"),
        ("Bu Mira,081", "not complete"),
        (f"{'x' * 121},", "at most 120 characters"),
        ("Pak Slamet,0812 3000 4001", "already written down for Bu Ratna Wulandari"),
        ("Bu Mira,0812 3000 4001 / 0812 3000 4002", "belong to different people"),
        ("Bu Mira,081299991111,extra", "more cells (3)"),
        ('Bu "Mi"ra,"0812"9', "quotation mark"),
    ],
)
def test_rows_that_cannot_be_taken_in_say_why(world, bring, row, words):
    before = Customer.objects.count()
    summary = bring("nama,no hp", row, "Bu Baik,081277778888")
    assert (summary.created, summary.rejected) == (1, 1) and Customer.objects.count() == before + 1
    assert summary.problems[0][0] == 2 and words in summary.problems[0][1]
    assert "Row 2" in str(summary) and words in str(summary)
    kept = ImportRow.objects.get(run=summary.run_id, model="")
    assert kept.number == 2 and row.split(",")[0][:20].strip('"') in " ".join(kept.raw)


def test_a_shared_number_stays_shared(world, bring):
    ratna, kasan = world.customers["ratna"], world.customers["kasan"]
    actions.share_identity(identity=Identity.objects.get(customer=ratna), shared=True)
    actions.add_identity(customer=kasan, kind="phone", value="+6281230004001", shared=True)
    summary = bring("nama,no hp", "Pak Kasan,081230004001", "Anak Kasan,081230004001")
    assert (summary.created, summary.matched) == (1, 1)
    assert queries.by_identity("phone", "+6281230004001") is None


def test_what_a_slice_costs_does_not_grow(world, bring):
    def queries_for(count: int, start: int) -> int:
        rows = [f"Bu Nomor {n},0812{30_000_000 + n}" for n in range(start, start + count)]
        rows += [f"Tanpa Nomor {n}," for n in range(start, start + count)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring("nama,no hp", *rows)
        return len(captured)

    queries_for(1, 0)
    assert queries_for(10, 100) == queries_for(20, 200)


def test_files_that_tell_too_little(world, bring):
    for rows, code in (
        (("Bu Mira,081299991111",), "column_missing"),
        (("nama,nomor member,member", "Bu Mira,1,2"), None),
        (("nama,tgl lahir", "Bu Mira,03/04/1980"), "dates_unclear"),
        (("nama,tgl lahir", "Bu Mira,03/14/1980", "Bu Sri,14/03/1980"), "dates_mixed"),
        (("nama",), "only_headings"),
    ):
        if code is None:
            assert bring(*rows).created == 1, "a second column of one kind is left out"
            continue
        with pytest.raises(DomainError) as refused:
            bring(*rows)
        assert refused.value.code == code and str(refused.value)
        assert not list(staging.folder().iterdir())
    assert not ImportRun.objects.exclude(state="done").exists()
    summary = bring("nama,tgl lahir", "Bu Tua,03/14/1980", "Bu Muda,14/03/1980", day_first=True)
    assert (summary.created, summary.rejected) == (1, 1) and "no month 14" in summary.problems[0][1]


def test_taking_out_leaves_what_was_there(world, bring):
    before = [model.objects.count() for model in (Customer, Identity, Note, Occasion, SearchText)]
    summary = bring(
        "nama,no hp,tgl lahir,catatan", "Bu Mira,081299991111,29/02/1980,keju", "Bu Ratna Wulandari,081230004001,,"
    )
    run = undo(summary)
    assert (run.state, run.removed, run.kept) == ("undone", 1, 0)
    assert [model.objects.count() for model in (Customer, Identity, Note, Occasion, SearchText)] == before
    assert Event.objects.latest("pk").data == {"kind": "customers", "removed": 1, "kept": 0}
    assert undo(summary).removed == 1, "twice is once"


def test_taking_out_keeps_what_changed_since(world, bring):
    summary = bring(
        "nama,no hp",
        *(f"Bu Nomor {n},0812999900{n:02}" for n in range(6)),
        "Bu Bawa,081299990099",
        "Bu Arsip,081299990098",
    )
    noted, answered, renamed, wrote, *_others = Customer.objects.filter(display_name__startswith="Bu Nomor").order_by(
        "pk"
    )
    actions.add_note(customer=noted, text="suka keju", by=None)
    actions.answer_consent(customer=answered, purpose="promotion", state="given", how="counter")
    actions.change_customer(customer=renamed, district="Tugu")
    actions.identify(identities=[("whatsapp", queries.phone_of(wrote))], display_name="x")
    brought = Customer.objects.get(display_name="Bu Bawa")
    friend = actions.add_customer(display_name="Teman", referred_by=brought)
    run = undo(summary)
    assert (run.removed, run.kept) == (3, 5)
    left = set(Customer.objects.filter(pk__gt=max(c.pk for c in world.customers.values())))
    assert left == {noted, answered, renamed, wrote, brought, friend}
    assert set(queries.find("bu nomor")) == {noted, answered, renamed, wrote}


def test_taking_out_waits_until_all_is_in(world, tmp_path):
    (tmp_path / "x.csv").write_text("nama\nBu Mira")
    table, survey = staging.stage(tmp_path / "x.csv", people.CUSTOMERS.columns)
    run = runs.take_file(kind="customers", filename="x.csv", table=table, survey=survey)
    for _state in ("preview", "running"):
        with pytest.raises(DomainError) as refused:
            runs.undo(run=run)
        assert refused.value.code == "running"
        runs.begin(run=run)
    with pytest.raises(DomainError):
        runs.map_columns(run=run, columns=[""], day_first=None)
    assert runs.discard(run=run) == ""
    drain("imports")
    run.refresh_from_db()
    assert run.state == "done" and run.created == 1 and run.table == ""


def test_a_file_that_is_gone_is_said(world, tmp_path):
    (tmp_path / "x.csv").write_text("nama\nBu Mira")
    table, survey = staging.stage(tmp_path / "x.csv", people.CUSTOMERS.columns)
    run = runs.take_file(kind="customers", filename="x.csv", table=table, survey=survey)
    runs.begin(run=run)
    staging.forget(table)
    drain("imports")
    run.refresh_from_db()
    assert run.state == "failed" and "not here any more" in run.error


def test_an_error_is_tried_again_and_then_given_up(world, tmp_path, clock, monkeypatch):
    (tmp_path / "x.csv").write_text("nama\nBu Mira")
    table, survey = staging.stage(tmp_path / "x.csv", people.CUSTOMERS.columns)
    run = runs.take_file(kind="customers", filename="x.csv", table=table, survey=survey)
    runs.begin(run=run)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(people, "write_people", broken)
        for _attempt in range(runs.GIVE_UP_AFTER):
            run.refresh_from_db()
            assert run.state == "running"
            assert drain("imports") == 1 and drain("imports") == 0, "not at once"
            clock.forward(hours=2)
    run.refresh_from_db()
    assert run.state == "failed" and "taken out again" in run.error and run.read == 0


def test_a_worker_that_lost_its_lease_writes_nothing(world, tmp_path, clock):
    (tmp_path / "x.csv").write_text("nama\nBu Mira")
    table, survey = staging.stage(tmp_path / "x.csv", people.CUSTOMERS.columns)
    run = runs.take_file(kind="customers", filename="x.csv", table=table, survey=survey)
    runs.begin(run=run)
    (slow,) = work.claim(ImportRun.objects.filter(state="running"), limit=1, lease=runs.LEASE)
    clock.forward(minutes=5)
    drain("imports")
    runs.settle(slow)
    assert Customer.objects.filter(display_name="Bu Mira").count() == 1
    run.refresh_from_db()
    assert (run.state, run.read) == ("done", 1)


def test_old_files_are_forgotten(world, tmp_path, clock):
    (tmp_path / "x.csv").write_text("nama\nBu Mira")
    table, survey = staging.stage(tmp_path / "x.csv", people.CUSTOMERS.columns)
    run = runs.take_file(kind="customers", filename="x.csv", table=table, survey=survey)
    clock.forward(days=6)
    assert runs.forget_old_tables() == 0 and staging.table_path(table).exists()
    clock.forward(days=2)
    runs.forget_old_tables()
    assert not ImportRun.objects.filter(pk=run.pk).exists() and not staging.table_path(table).exists()


def test_reserved_ids_are_nobody_elses(world):
    ids = bulk.append(Note, ("customer_id", "text"), [(world.customers["ratna"].pk, "satu")] * 3)
    assert len(set(ids)) == 3
    assert actions.add_note(customer=world.customers["siti"], text="dua", by=None).pk not in ids
    assert Note.objects.filter(pk__in=ids, shop=world.shop, by=None).count() == 3
