"""A due date explains itself, date by date."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from huiyin.workdays.api import Calendar, Limit, Pause, count_due

CHINA = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def told(start: str, *limits: str, pauses=()) -> list[tuple[str, bool, str, str]]:
    due = count_due(at(start), [Limit.parse(limit) for limit in limits], Calendar(), pauses)
    return [(f"{day.on:%m-%d}", day.counted, day.code, day.why.zh) for day in due.days]


def test_five_working_days_over_national_day():
    rows = told("2026-09-28T10:00", "5wd")
    assert rows[:3] == [
        ("09-28", False, "start", "起算当日不计入"),
        ("09-29", True, "counted", "第1个工作日"),
        ("09-30", True, "counted", "第2个工作日"),
    ]
    assert rows[3:10] == [(f"10-0{n}", False, "holiday", "国庆节") for n in range(1, 8)]
    assert rows[10:] == [
        ("10-08", True, "counted", "第3个工作日"),
        ("10-09", True, "counted", "第4个工作日"),
        ("10-10", True, "makeup", "国庆节调休上班，第5个工作日"),
    ]


def test_a_last_day_of_rest_is_moved_on():
    assert told("2026-10-15T10:00", "2d") == [
        ("10-15", False, "start", "起算当日不计入"),
        ("10-16", True, "counted", "第1天"),
        ("10-17", False, "rolled", "期限末日为休息日（周六），顺延"),
        ("10-18", False, "rolled", "期限末日为休息日（周日），顺延"),
        ("10-19", True, "counted", "第2天（末日顺延至此）"),
    ]


def test_a_pause_gives_its_reason_and_an_extension_says_so():
    stops = [Pause(at("2026-10-13T09:00"), at("2026-10-14T09:00"), "等待{补正}")]
    assert told("2026-10-12T10:00", "1wd", "1wd", pauses=stops)[1:] == [
        ("10-13", False, "paused", "暂停：等待{补正}"),
        ("10-14", True, "counted", "第1个工作日"),
        ("10-15", True, "counted", "延期第1个工作日"),
    ]


def test_hours_list_the_dates_that_they_touch():
    stops = [Pause(at("2026-10-12T23:00"), at("2026-10-14T01:00"), "")]
    assert told("2026-10-12T22:00", "2h", "1h", pauses=stops) == [
        ("10-12", True, "clock", "自 22:00 起连续计时"),
        ("10-13", False, "paused", "暂停：未说明原因"),
        ("10-14", True, "clock", "连续计时，至 02:00 到期；延期自 02:00 起连续计时，至 03:00 到期"),
    ]


def test_an_open_pause_is_where_the_explanation_ends():
    stops = [Pause(at("2026-10-14T09:00"), None, "等待检测")]
    for limit in ("5wd", "5d"):
        assert [row[0] for row in told("2026-10-12T10:00", limit, pauses=stops)] == [
            "10-12",
            "10-13",
            "10-14",
        ]
        assert told("2026-10-12T10:00", limit, pauses=stops)[-1][3] == "暂停：等待检测"
    assert [row[0] for row in told("2026-10-12T10:00", "90h", pauses=stops)] == ["10-12", "10-13", "10-14"]
