"""Dates are read in every form people write them, and nothing is guessed that they do not say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.reading.headers.dates import read_date


@pytest.mark.parametrize(
    ("value", "iso", "zone_known"),
    [
        ("2026-1-5", "2026-01-05", False),
        ("2026/01/05", "2026-01-05", False),
        ("2026.1.5", "2026-01-05", False),
        ("20260105", "2026-01-05", False),
        (20260105, "2026-01-05", False),
        ("２０２６年１月５日", "2026-01-05", False),
        ("二〇二六年十二月廿五日", "2026-12-25", False),
        ("二零二六年三月三十一號", "2026-03-31", False),
        ("中華民國115年3月5日", "2026-03-05", False),
        ("Sept. 5th, 2026", "2026-09-05", False),
        ("Monday, January 5, 2026", "2026-01-05", False),
        ("5th of January 2026", "2026-01-05", False),
        ("5-Jan-2026", "2026-01-05", False),
        ("25/03/2026", "2026-03-25", False),
        ("03/25/2026", "2026-03-25", False),
        ("[[2026-01-05]]", "2026-01-05", False),
        ("2026-01-05T08:00:00+08:00", "2026-01-05T08:00:00+08:00", True),
        ("2026-01-05t08:00:00z", "2026-01-05T08:00:00+00:00", True),
        ("2026-01-05 08:00 +0800", "2026-01-05T08:00:00+08:00", True),
        ("2026-01-05 08:00 UTC+8", "2026-01-05T08:00:00+08:00", True),
        ("2026-01-05 08:00（北京时间）", "2026-01-05T08:00:00+08:00", True),
        ("2026-01-05 08:00 台北時間", "2026-01-05T08:00:00+08:00", True),
        ("2026-01-05 08:00 JST", "2026-01-05T08:00:00+09:00", True),
        ("2026-07-05 08:00 America/New_York", "2026-07-05T08:00:00-04:00", True),
        ("2026-01-05 08:00:00 CST", "2026-01-05T08:00:00", False),
        ("2026-01-05 08:00:00 +0800 CST", "2026-01-05T08:00:00+08:00", True),
        ("Mon Jan  5 08:00:00 CST 2026", "2026-01-05T08:00:00", False),
        ("Mon Jan 05 08:00:00 +0800 2026", "2026-01-05T08:00:00+08:00", True),
        ("Mon, 05 Jan 2026 08:00:00 GMT", "2026-01-05T08:00:00+00:00", True),
        ("20260105T083000Z", "2026-01-05T08:30:00+00:00", True),
        ("202601050830", "2026-01-05T08:30:00", False),
        (20260105083015, "2026-01-05T08:30:15", False),
        ("2026年1月5日 星期一 下午3時5分", "2026-01-05T15:05:00", False),
        ("2026-01-05 上午 12:05", "2026-01-05T00:05:00", False),
        ("2026-01-05 中午 12:30", "2026-01-05T12:30:00", False),
        ("January 5, 2026 at 8:30 PM", "2026-01-05T20:30:00", False),
        ("2026-01-05 12:10 AM", "2026-01-05T00:10:00", False),
        ("2026-01-05 24:00", "2026-01-06T00:00:00", False),
        ("2026-01-05 25:00", "2026-01-05", False),
        ("2026-01-05 晚上 12:00", "2026-01-05", False),
        (1772700000, "2026-03-05T08:40:00+00:00", True),
        (1772700000000, "2026-03-05T08:40:00+00:00", True),
    ],
)
def test_dates_are_read_in_any_form(value: object, iso: str, zone_known: bool) -> None:
    moment = read_date(value)
    assert moment is not None
    assert (moment.isoformat(), moment.zone_known) == (iso, zone_known)


@pytest.mark.parametrize(
    "value",
    [
        2026,
        "2026",
        "2026-03",
        115,
        "1772700000",
        202613,
        99999999,
        10**400,
        "03/05/2026",
        "Marble 5, 2026",
        "2026-02-30",
        "45 分鐘",
        3.5,
        {},
    ],
)
def test_what_may_be_no_day_or_another_is_none(value: object) -> None:
    assert read_date(value) is None


def test_the_order_of_day_and_month_can_be_told() -> None:
    moment = read_date("03/05/2026", day_first=True)
    assert moment is not None
    assert moment.isoformat() == "2026-05-03"


@pytest.mark.parametrize(
    ("site", "iso"),
    [
        ("Asia/Shanghai", "2026-01-05T08:00:00+08:00"),
        ("America/Chicago", "2026-01-05T08:00:00-06:00"),
        ("Asia/Tokyo", "2026-01-05T08:00:00"),
    ],
)
def test_a_name_of_many_zones_is_the_sites_where_the_site_has_one_of_them(site: str, iso: str) -> None:
    moment = read_date("2026-01-05 08:00 CST", site)
    assert moment is not None
    assert moment.isoformat() == iso


def test_the_text_of_a_date_is_kept_as_written() -> None:
    moment = read_date("２０２６年１月５日 08:00 CST")
    assert moment is not None
    assert moment.text == "２０２６年１月５日 08:00 CST"


_MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31)).map(lambda value: value.replace(microsecond=0))
_ZONES = st.one_of(st.just(UTC), st.integers(-14 * 4, 14 * 4).map(lambda n: timezone(timedelta(minutes=15 * n))))


@given(_MOMENTS, _ZONES, st.sampled_from(["{:%Y-%m-%dT%H:%M:%S}", "{:%Y/%m/%d %H:%M:%S}", "{:%d %b %Y %H:%M:%S}"]))
def test_what_is_written_is_what_is_read(value: datetime, zone: timezone, form: str) -> None:
    aware = value.replace(tzinfo=zone)
    offset = aware.isoformat()[-6:] if zone is not UTC else "Z"
    plain, zoned = read_date(form.format(value)), read_date(form.format(value) + offset)
    assert plain is not None
    assert zoned is not None
    assert (plain.value, plain.zone_known) == (value, False)
    assert (zoned.value, zoned.zone_known) == (aware, True)


@given(st.one_of(st.text("0123456789-/:年月日時分 +TZ上午pm二〇十", max_size=30), st.integers(), st.text(max_size=20)))
def test_anything_is_a_moment_or_none(value: object) -> None:
    moment = read_date(value, "Asia/Taipei")
    assert moment is None or moment.isoformat()
