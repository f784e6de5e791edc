"""Lifetimes: the clock cases of the published table, and a year that is never longer than a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors.certificates import CapPassed, KeyLifeTooLong, ValidityTooLong
from core.model.authorities import Layer
from core.policy.lifetimes import Bound, authority, end_entity, judged, within

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def test_a_sub_ca_made_in_time_ends_with_the_table() -> None:
    assert authority(Layer.SUB, "", date(2030, 12, 31)) == Bound(date(2023, 12, 31), "cap")
    assert judged(date(2023, 12, 31), authority(Layer.SUB, "", date(2030, 12, 31)), date(2023, 6, 1), Layer.SUB) == []


def test_after_the_table_a_sub_ca_needs_a_decision() -> None:
    bound = authority(Layer.SUB, "", date(2030, 12, 31))
    (finding,) = judged(date(2027, 1, 1), bound, date(2026, 11, 23), Layer.SUB)
    assert isinstance(finding, CapPassed)


def test_a_recorded_replacement_bounds_it_then() -> None:
    bound = authority(Layer.SUB, "", date(2030, 12, 31), cap=date(2028, 6, 30))
    assert judged(date(2028, 6, 30), bound, date(2026, 11, 23), Layer.SUB) == []
    (finding,) = judged(date(2028, 7, 1), bound, date(2026, 11, 23), Layer.SUB)
    assert isinstance(finding, KeyLifeTooLong)


def test_a_root_past_2030_is_not_possible() -> None:
    (finding,) = judged(date(2031, 1, 1), authority(Layer.ROOT, "", None), date(2026, 11, 23), Layer.ROOT)
    assert isinstance(finding, KeyLifeTooLong)
    assert finding.latest == "2030-12-31"


def test_an_earlier_end_of_the_network_wins() -> None:
    assert authority(Layer.ROOT, "2028-03-31", None) == Bound(date(2028, 3, 31), "network")


def test_a_devices_life_of_90_days_wins() -> None:
    today = date(2026, 11, 23)
    bound = end_entity(today, date(2030, 12, 31), (today + timedelta(days=90)).isoformat())
    assert (bound.until - today).days == 90
    assert bound.by == "device"


@given(DAYS)
def test_a_year_is_a_year_in_leap_years_too(today: date) -> None:
    until = end_entity(today, date(2099, 1, 1)).until
    assert 365 <= (until - today).days <= 366
    assert (until.month, until.day) in ((today.month, today.day), (2, 28))


@given(DAYS, DAYS, DAYS)
def test_nothing_outlives_its_issuer_or_its_device(today: date, issuer: date, device: date) -> None:
    assert end_entity(today, issuer, device.isoformat()).until <= min(issuer, device)


@pytest.mark.parametrize("asked", [date(2026, 11, 23), date(2026, 11, 22), date(2027, 11, 24)])
def test_over_a_year_or_in_the_past_is_refused(asked: date) -> None:
    today = date(2026, 11, 23)
    (finding,) = within(asked, end_entity(today, date(2030, 12, 31)), today)
    assert isinstance(finding, ValidityTooLong)
