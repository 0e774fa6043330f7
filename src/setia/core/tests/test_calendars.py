"""Calendars, held to dates on record and to the laws each calendar obeys."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setia.core.calendars import (
    CalendarError,
    HijriDate,
    JavaneseDate,
    Season,
    Weton,
    days_of_weton,
    easter,
    feast_days,
    from_hijri,
    from_javanese,
    hijri_month_length,
    is_estimate,
    next_occurrence,
    public_feasts,
    seasons,
    selamatan,
    to_hijri,
    to_javanese,
    weton,
)
from setia.core.calendars.hijri import _computed_start
from setia.core.calendars.hijri_table import STARTS
from setia.core.calendars.javanese import FIRST_DAY, LAST_DAY
from setia.core.calendars.moon import new_moon

asapon_days = st.dates(FIRST_DAY, LAST_DAY)
known_days = st.dates(date(1901, 1, 1), date(2099, 12, 31))


def named(found: list[Season], code: str) -> list[tuple[date, date]]:
    return [(season.starts, season.ends) for season in found if season.code == code]


class TestJavanese:
    @pytest.mark.parametrize(
        ("day", "name", "neptu"),
        [
            (date(1945, 8, 17), "Jumat Legi", 11),
            (date(1936, 3, 24), "Selasa Pon", 10),
            (date(1978, 4, 28), "Jumat Pon", 13),
            (date(2019, 7, 19), "Jumat Kliwon", 14),
            (date(2024, 4, 10), "Rabu Pahing", 16),
            (date(2024, 6, 7), "Jumat Kliwon", 14),
            (date(2025, 6, 27), "Jumat Kliwon", 14),
            (date(2026, 11, 23), "Senin Wage", 8),
        ],
    )
    def test_weton_on_record(self, day: date, name: str, neptu: int) -> None:
        assert (str(weton(day)), weton(day).neptu) == (name, neptu)

    @pytest.mark.parametrize(
        ("year", "month", "day"),
        [
            (1867, 1, date(1936, 3, 24)),
            (1949, 1, date(2015, 10, 15)),
            (1952, 1, date(2018, 9, 12)),
            (1959, 1, date(2025, 6, 27)),
            (1960, 1, date(2026, 6, 17)),
            (1960, 6, date(2026, 11, 12)),
            (1960, 7, date(2026, 12, 11)),
            (1960, 8, date(2027, 1, 10)),
            (1960, 9, date(2027, 2, 8)),
            (1960, 10, date(2027, 3, 10)),
            (1960, 11, date(2027, 4, 8)),
            (1960, 12, date(2027, 5, 8)),
            (1961, 1, date(2027, 6, 6)),
            (1961, 2, date(2027, 7, 6)),
            (1961, 3, date(2027, 8, 4)),
            (1961, 7, date(2027, 11, 30)),
            (1961, 8, date(2027, 12, 30)),
        ],
    )
    def test_months_begin_on_the_dates_on_record(self, year: int, month: int, day: date) -> None:
        assert from_javanese(year, month) == day
        assert to_javanese(day) == JavaneseDate(year, month, 1)

    def test_a_date_reads_as_people_write_it(self) -> None:
        assert str(to_javanese(date(2025, 6, 27))) == "1 Sura 1959 Dal"
        assert to_javanese(date(1936, 3, 24)).year_name == "Alip"

    def test_nyadran_dates_on_record_lie_in_selo(self) -> None:
        assert [to_javanese(day).month for day in (date(2019, 7, 19), date(2024, 6, 7))] == [11, 11]

    def test_the_kurup_ends_a_day_short(self) -> None:
        assert str(to_javanese(LAST_DAY)) == "29 Besar 1986 Jimakir"
        for call in (lambda: from_javanese(1986, 12, 30), lambda: to_javanese(LAST_DAY + timedelta(1))):
            with pytest.raises(CalendarError) as refusal:
                call()
            assert refusal.value.code == "out_of_range"

    @pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (1, 31), (1, 0), (12, 30)])
    def test_a_day_that_does_not_exist_is_refused(self, month: int, day: int) -> None:
        with pytest.raises(CalendarError) as refusal:
            from_javanese(1960, month, day)
        assert refusal.value.code == "no_such_day"

    @given(asapon_days)
    def test_there_and_back(self, day: date) -> None:
        javanese = to_javanese(day)
        assert from_javanese(javanese.year, javanese.month, javanese.day) == day

    @given(asapon_days.filter(lambda day: day < LAST_DAY))
    def test_days_follow_each_other(self, day: date) -> None:
        today, tomorrow = to_javanese(day), to_javanese(day + timedelta(1))
        assert tomorrow > today
        assert tomorrow.day in (today.day + 1, 1)

    @given(known_days, st.integers(0, 6), st.integers(0, 4))
    def test_a_weton_comes_every_35_days(self, first: date, weekday: int, pasaran: int) -> None:
        wanted = Weton(weekday, pasaran)
        days = list(days_of_weton(wanted, first, first + timedelta(104)))
        assert len(days) == 3
        assert {weton(day) for day in days} == {wanted}
        assert first <= days[0] < first + timedelta(35)


class TestHijri:
    def test_every_sourced_month_begins_on_its_date(self) -> None:
        for year, month, start, _, _ in STARTS:
            assert from_hijri(year, month) == date.fromisoformat(start)
            assert to_hijri(date.fromisoformat(start)) == HijriDate(year, month, 1)

    def test_indonesia_is_never_before_umm_al_qura_and_often_a_day_after(self) -> None:
        assert sorted(difference for *_, difference in STARTS) == [0] * 36 + [1] * 39

    @pytest.mark.parametrize(
        "idul_fitri", ["2012-08-19", "2018-06-15", "2019-06-05", "2020-05-24", "2021-05-13", "2022-05-02", "2023-04-22"]
    )
    def test_the_estimate_finds_past_feasts_outside_the_table(self, idul_fitri: str) -> None:
        found = to_hijri(date.fromisoformat(idul_fitri))
        assert (found.month, found.day) == (10, 1)
        assert is_estimate(found.year, found.month)

    def test_the_estimate_agrees_with_the_table_but_for_single_days(self) -> None:
        misses = [
            abs((_computed_start(12 * year + month) - date.fromisoformat(start)).days)
            for year, month, start, _, _ in STARTS
        ]
        assert max(misses) == 1
        assert misses.count(0) == 69

    def test_the_new_moon_of_march_2025_is_where_astronomers_have_it(self) -> None:
        # 29 March 2025 10:58 universal time, a partial solar eclipse.
        assert abs((new_moon(312) - new_moon(0).replace(2025, 3, 29, 10, 58, 0, 0)).total_seconds()) < 300

    def test_announced_and_predicted_months_are_told_apart(self) -> None:
        assert not is_estimate(1447, 10)
        assert is_estimate(1448, 10)

    def test_a_date_reads_as_people_say_it(self) -> None:
        assert str(to_hijri(date(2027, 2, 8))) == "1 Ramadan 1448 H"

    @pytest.mark.parametrize(
        ("year", "month", "day", "code"),
        [
            (1448, 13, 1, "no_such_day"),
            (1448, 1, 31, "no_such_day"),
            (1448, 1, 0, "no_such_day"),
            (1200, 1, 1, "out_of_range"),
        ],
    )
    def test_a_day_that_does_not_exist_is_refused(self, year: int, month: int, day: int, code: str) -> None:
        with pytest.raises(CalendarError) as refusal:
            from_hijri(year, month, day)
        assert refusal.value.code == code

    @pytest.mark.parametrize("day", [date(1850, 1, 1), date(2150, 1, 1)])
    def test_a_date_too_far_away_is_refused(self, day: date) -> None:
        with pytest.raises(CalendarError):
            to_hijri(day)

    def test_every_month_has_29_or_30_days(self) -> None:
        lengths = {hijri_month_length(year, month) for year in range(1318, 1523) for month in range(1, 13)}
        assert lengths == {29, 30}

    @given(known_days)
    def test_there_and_back(self, day: date) -> None:
        hijri = to_hijri(day)
        assert from_hijri(hijri.year, hijri.month, hijri.day) == day


class TestFeasts:
    @pytest.mark.parametrize(
        ("year", "day"),
        [(2000, "04-23"), (2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2027, "03-28"), (2038, "04-25")],
    )
    def test_easter(self, year: int, day: str) -> None:
        assert easter(year).isoformat() == f"{year}-{day}"

    @pytest.mark.parametrize(
        ("code", "days"),
        [
            ("isra_mikraj", "2025-01-27 2026-01-16 2027-01-05 2027-12-26"),
            ("imlek", "2025-01-29 2026-02-17 2027-02-06"),
            ("nyepi", "2025-03-29 2026-03-19 2027-03-08"),
            ("ramadan", "2025-03-01 2026-02-19 2027-02-08"),
            ("idul_fitri", "2025-03-31 2026-03-21 2027-03-10"),
            ("good_friday", "2025-04-18 2026-04-03 2027-03-26"),
            ("waisak", "2025-05-12 2026-05-31 2027-05-20"),
            ("ascension", "2025-05-29 2026-05-14 2027-05-06"),
            ("idul_adha", "2025-06-06 2026-05-27 2027-05-17"),
            ("islamic_new_year", "2025-06-27 2026-06-16 2027-06-06"),
            ("maulid", "2025-09-05 2026-08-25 2027-08-15"),
            ("independence", "2025-08-17 2026-08-17 2027-08-17"),
        ],
    )
    def test_feasts_of_three_years(self, code: str, days: str) -> None:
        found = [feast.day.isoformat() for year in (2025, 2026, 2027) for feast in feast_days(code, year)]
        assert found == days.split()

    def test_what_waits_for_the_moon_says_so(self) -> None:
        open_in_2027 = {feast.code for feast in public_feasts(2027) if feast.estimate}
        assert open_in_2027 == {"ramadan", "idul_fitri", "idul_adha"}

    def test_unknown_dates_are_left_out_rather_than_made_up(self) -> None:
        assert not [feast for code in ("imlek", "nyepi", "waisak") for feast in feast_days(code, 2028)]

    def test_two_of_a_feast_in_one_year(self) -> None:
        assert [feast.day.isoformat() for feast in feast_days("idul_fitri", 2033)] == ["2033-01-03", "2033-12-23"]
        assert len(feast_days("islamic_new_year", 2008)) == 2

    @given(st.integers(1901, 2098))
    def test_every_year_has_its_feasts_in_order(self, year: int) -> None:
        feasts = public_feasts(year)
        assert [feast.day for feast in feasts] == sorted(feast.day for feast in feasts)
        assert {feast.day.year for feast in feasts} == {year}
        assert {"easter", "christmas", "idul_fitri", "maulid"} <= {feast.code for feast in feasts}
        assert easter(year).weekday() == 6


class TestSeasons:
    YEAR = seasons((date(2026, 11, 23), date(2027, 12, 31)))

    @pytest.mark.parametrize(
        ("code", "starts", "ends"),
        [
            ("wedding_months", "2026-11-12", "2027-02-07"),
            ("isra_mikraj", "2027-01-05", "2027-01-05"),
            ("imlek", "2027-02-06", "2027-02-06"),
            ("ruwahan", "2027-01-10", "2027-02-07"),
            ("megengan", "2027-02-01", "2027-02-07"),
            ("ramadan", "2027-02-08", "2027-03-09"),
            ("nuzulul_quran", "2027-02-24", "2027-02-24"),
            ("maleman", "2027-02-27", "2027-03-07"),
            ("lebaran_hampers", "2027-02-17", "2027-03-07"),
            ("lebaran_arrivals", "2027-03-07", "2027-03-20"),
            ("idul_fitri", "2027-03-10", "2027-03-11"),
            ("kupatan", "2027-03-17", "2027-03-17"),
            ("syawal_weddings", "2027-03-10", "2027-04-07"),
            ("nyadran_dam_bagong", "2027-04-23", "2027-04-23"),
            ("besar", "2027-05-08", "2027-06-05"),
            ("idul_adha", "2027-05-17", "2027-05-17"),
            ("sura", "2027-06-06", "2027-07-05"),
            ("independence", "2027-08-16", "2027-08-17"),
            ("maulid", "2027-08-15", "2027-08-15"),
        ],
    )
    def test_the_coming_year(self, code: str, starts: str, ends: str) -> None:
        assert named(self.YEAR, code)[0] == (date.fromisoformat(starts), date.fromisoformat(ends))

    @pytest.mark.parametrize(
        ("year", "day"), [(2019, "2019-07-19"), (2023, "2023-06-16"), (2024, "2024-06-07"), (2027, "2027-04-23")]
    )
    def test_nyadran_is_jumat_kliwon_or_else_jumat_pon(self, year: int, day: str) -> None:
        found = named(seasons((date(year, 1, 1), date(year, 12, 31))), "nyadran_dam_bagong")
        assert found == [(date.fromisoformat(day),) * 2]

    def test_kupatan_fell_where_the_papers_said(self) -> None:
        assert named(seasons((date(2024, 4, 1), date(2024, 4, 30))), "kupatan") == [(date(2024, 4, 17),) * 2]

    def test_estimates_and_memorials_are_marked(self) -> None:
        by_code = {season.code: season for season in self.YEAR}
        assert by_code["kupatan"].estimate and by_code["kupatan"].basis == "hijri"
        assert not by_code["independence"].estimate
        assert {season.code for season in self.YEAR if season.memorial} == {"ruwahan"}

    def test_correcting_a_feast_moves_what_hangs_on_it(self) -> None:
        moved = seasons((date(2027, 1, 1), date(2027, 12, 31)), {"idul_fitri@2027": 1})
        assert named(moved, "kupatan") == [(date(2027, 3, 18),) * 2]
        assert named(moved, "lebaran_hampers") == [(date(2027, 2, 18), date(2027, 3, 8))]
        assert named(moved, "ramadan") == [(date(2027, 2, 8), date(2027, 3, 10))]
        assert named(moved, "idul_fitri") == [(date(2027, 3, 11), date(2027, 3, 12))]
        kupatan = next(season for season in moved if season.code == "kupatan")
        assert (kupatan.estimate, kupatan.basis) == (False, "owner")

    def test_the_owner_shifts_one_season_every_year_or_settles_one_year(self) -> None:
        always = seasons((date(2026, 1, 1), date(2027, 12, 31)), {"kupatan": 1})
        assert named(always, "kupatan") == [(date(2026, 3, 29),) * 2, (date(2027, 3, 18),) * 2]
        assert named(always, "idul_fitri") == [
            (date(2026, 3, 21), date(2026, 3, 22)),
            (date(2027, 3, 10), date(2027, 3, 11)),
        ]
        settled = seasons((date(2027, 4, 1), date(2027, 4, 30)), {"nyadran_dam_bagong@2027": 0})
        assert [s.basis for s in settled if s.code == "nyadran_dam_bagong"] == ["owner"]

    def test_a_season_that_touches_the_window_is_there_once(self) -> None:
        found = seasons((date(2027, 3, 9), date(2027, 3, 9)))
        assert {"ramadan", "lebaran_arrivals"} == {season.code for season in found}
        assert len(named(seasons((date(2026, 12, 31), date(2027, 1, 2))), "payday")) == 1

    def test_paydays_run_over_the_end_of_the_year(self) -> None:
        assert (date(2026, 12, 25), date(2027, 1, 5)) in named(self.YEAR, "payday")

    def test_a_season_after_the_javanese_table_is_left_out(self) -> None:
        codes = {season.code for season in seasons((date(2060, 1, 1), date(2060, 12, 31)))}
        assert "besar" not in codes and "kupatan" in codes

    @given(st.dates(date(1990, 1, 1), date(2045, 1, 1)), st.integers(0, 400), st.integers(-7, 7))
    def test_the_calendar_is_ordered_and_touches_its_window(self, first: date, days: int, shift: int) -> None:
        last = first + timedelta(days)
        found = seasons((first, last), {"idul_fitri": shift, "besar": shift})
        assert [s.starts for s in found] == sorted(s.starts for s in found)
        assert all(s.starts <= last and first <= s.ends and s.starts <= s.ends for s in found)
        assert all(s.hint_id and s.hint_en and s.name_id and s.name_en for s in found)


class TestSelamatan:
    def test_worked_example(self) -> None:
        days = selamatan(date(2026, 11, 1))
        assert [str(day.day) for day in days] == [
            "2026-11-01",
            "2026-11-03",
            "2026-11-07",
            "2026-12-10",
            "2027-02-08",
            "2027-10-20",
            "2028-10-08",
            "2029-07-27",
        ]
        assert str(days[0].weton) == "Minggu Pahing"

    @given(known_days.filter(lambda day: day.year < 2090))
    def test_the_old_mnemonics_hold(self, death: date) -> None:
        """Lusarlu 3/3, tusaro 7/2, masarma 5/5, rosarma 2/5, patsarpat 4/4, 1/3, nemsarma 6/5: counted from 1."""
        start = weton(death)
        pairs = [
            ((day.weton.weekday - start.weekday) % 7 + 1, (day.weton.pasaran - start.pasaran) % 5 + 1)
            for day in selamatan(death)
        ]
        assert pairs == [(1, 1), (3, 3), (7, 2), (5, 5), (2, 5), (4, 4), (1, 3), (6, 5)]


class TestOccasions:
    @pytest.mark.parametrize(
        ("day", "month", "after", "found"),
        [
            (23, 11, "2026-11-23", "2026-11-23"),
            (22, 11, "2026-11-23", "2027-11-22"),
            (29, 2, "2026-11-23", "2027-02-28"),
            (29, 2, "2027-03-01", "2028-02-29"),
            (31, 12, "2026-12-31", "2026-12-31"),
        ],
    )
    def test_birthdays(self, day: int, month: int, after: str, found: str) -> None:
        assert next_occurrence("gregorian", day, month, date.fromisoformat(after)).isoformat() == found

    def test_a_hijri_birthday_moves_through_the_year(self) -> None:
        assert next_occurrence("hijri", 12, 3, date(2026, 11, 23)) == date(2027, 8, 15)
        assert next_occurrence("hijri", 1, 10, date(2033, 1, 4)) == date(2033, 12, 23)

    def test_the_thirtieth_of_a_short_month_is_its_last_day(self) -> None:
        assert hijri_month_length(1447, 9) == 30
        assert hijri_month_length(1445, 9) == 29
        assert next_occurrence("hijri", 30, 9, date(2024, 3, 12)) == from_hijri(1445, 9, 29)
        assert next_occurrence("javanese", 30, 12, date(2027, 5, 8)) == from_javanese(1960, 12, 29)
        assert next_occurrence("javanese", 30, 12, date(2026, 5, 18)) == from_javanese(1959, 12, 30)

    def test_a_weton_birthday_comes_within_35_days(self) -> None:
        assert next_occurrence("weton", 4, 4, date(2026, 11, 23)) == date(2026, 12, 4)
        assert next_occurrence("weton", 0, 3, date(2026, 11, 23)) == date(2026, 11, 23)

    @pytest.mark.parametrize(
        ("calendar", "day", "month"),
        [("gregorian", 30, 2), ("gregorian", 31, 4), ("gregorian", 1, 13), ("hijri", 31, 1), ("javanese", 0, 1)]
        + [("weton", 7, 0), ("weton", 0, 5)],
    )
    def test_a_day_no_year_has_is_refused(self, calendar: str, day: int, month: int) -> None:
        with pytest.raises(CalendarError):
            next_occurrence(calendar, day, month, date(2026, 11, 23))  # type: ignore[arg-type]

    @given(st.dates(date(1990, 1, 1), date(2045, 1, 1)), st.sampled_from(["hijri", "javanese", "gregorian"]), st.data())
    def test_the_next_one_is_on_or_after_and_within_a_year(
        self, after: date, calendar: str, data: st.DataObject
    ) -> None:
        month, day = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 28))
        found = next_occurrence(calendar, day, month, after)  # type: ignore[arg-type]
        assert after <= found <= after + timedelta(366)
        assert next_occurrence(calendar, day, month, found) == found  # type: ignore[arg-type]
        assert next_occurrence(calendar, day, month, found + timedelta(1)) > found  # type: ignore[arg-type]
