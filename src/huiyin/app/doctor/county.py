"""What the county has set up: calendar, categories with duties, units with people, channels, processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from huiyin.app.doctor.findings import Finding, Level, judge
from huiyin.kernel.words import Words

ANNOUNCED_BY = 12  # the month in which next year's notice is there
SHOWN = 3


def examine_calendar(today: date) -> Iterator[Finding]:
    """This year's notice, and in December next year's."""
    from huiyin.register.models import AnnouncedYear
    from huiyin.workdays.api import NOTICED

    years = [today.year, today.year + 1] if today.month >= ANNOUNCED_BY else [today.year]
    known = NOTICED | set(AnnouncedYear.objects.values_list("year", flat=True))
    missing = [str(year) for year in years if year not in known]
    yield judge(
        "calendar",
        not missing,
        Words(f"{years[-1]} 年的放假安排已有", f"The holidays of {years[-1]} are known"),
        Words(
            f"{'、'.join(missing)} 年的放假安排还没有", f"The holidays of {', '.join(missing)} are not known"
        ),
        Words(
            "升级回音（放假安排随版本更新），或在“工作日历”里录入国务院办公厅的通知；在此之前时限是暂定的。",
            "Upgrade Huiyin (it brings the notices), or enter the State Council's notice in the calendar; "
            "until then due dates are provisional.",
        ),
        Level.LOOK,
    )


def examine_catalogue(today: date) -> Iterator[Finding]:
    """Every category at the bottom has a lead unit; there is a channel."""
    from huiyin.register.models import Category, Channel, Duty

    valid = Duty.objects.filter(part="lead", valid_from__lte=today).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    )
    covered = {
        int(part)
        for path in valid.values_list("category__path", flat=True)
        for part in path.split("/")[-2:-1]
    }
    leaves = Category.objects.filter(active=True).exclude(children__active=True)
    without = [
        one.name for one in leaves if not covered & {int(part) for part in one.path.split("/") if part}
    ]
    yield _lacking(
        "duties",
        without,
        Words("每个类别都有主办单位", "Every category has a lead unit"),
        Words("没有主办单位的类别", "Categories without a lead unit"),
        Words("在“职责清单”里补上；在此之前这些诉求只能由派单员判断。", "Add them to the duty list."),
    )
    yield judge(
        "channels",
        Channel.objects.filter(active=True).exists(),
        Words("有诉求渠道", "There are channels"),
        Words("没有启用的诉求渠道", "No channel is open"),
        Words("在“渠道”里启用至少一个。", "Open one in the settings."),
    )


def examine_units(today: date) -> Iterator[Finding]:
    """A unit that leads must have somebody who handles, and somebody who approves."""
    from huiyin.people.api import Post, Unit
    from huiyin.register.models import Duty

    held = Post.objects.filter(account__active=True, since_on__lte=today).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today)
    )
    leading = Unit.objects.filter(active=True, pk__in=Duty.objects.values("unit_id")).order_by("sort", "id")
    for role, what, key in (
        ("handler", Words("经办人", "handler"), "handlers"),
        ("unit-head", Words("负责人", "head"), "heads"),
    ):
        manned = set(held.filter(role=role).values_list("unit_id", flat=True))
        yield _lacking(
            key,
            [unit.short for unit in leading if unit.pk not in manned],
            Words(f"每个承办单位都有{what.zh}", f"Every unit with duties has a {what.en}"),
            Words(f"没有{what.zh}的承办单位", f"Units without a {what.en}"),
            Words("在“单位与账号”里添加岗位。", "Give somebody the role there."),
        )


def examine_roles(today: date) -> Iterator[Finding]:
    """The centre's own duties are held by somebody."""
    from huiyin.people.api import Post
    from huiyin.process.api import ROLES

    held = Post.objects.filter(account__active=True, since_on__lte=today).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today)
    )
    needed = ("intake", "dispatcher", "centre", "callback", "admin", "security", "auditor")
    found = set(held.values_list("role", flat=True))
    lacking = [ROLES[role] for role in needed if role not in found]
    yield judge(
        "roles",
        not lacking,
        Words("中心各岗位都有人", "Every duty of the centre is held"),
        Words(
            f"无人担任：{'、'.join(role.zh for role in lacking)}",
            f"Nobody is: {', '.join(role.en for role in lacking)}",
        ),
        Words(
            "执行 huiyin accounts 建立账号，或在“单位与账号”里添加岗位。",
            "Run huiyin accounts, or give the roles.",
        ),
    )


def examine_processes() -> Iterator[Finding]:
    """Every process, shipped or the county's own, can still be read and has no fault."""
    from huiyin.cases.api import list_newest
    from huiyin.process.api import Misshapen, check_process

    try:
        processes = list_newest()
        faulty = [process.key for process in processes if check_process(process)]
        count = len(processes)
    except Misshapen as error:
        faulty, count = [error.words.zh], 0
    yield _lacking(
        "processes",
        faulty,
        Words(f"{count} 个流程没有问题", f"{count} processes are sound"),
        Words("有问题的流程", "Processes with faults"),
        Words("执行：huiyin process check 文件", "Run: huiyin process check FILE"),
    )


def _lacking(key: str, names: Sequence[str], told: Words, wrong: Words, mend: Words) -> Finding:
    shown = "、".join(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")
    counted = Words(f"{wrong.zh} {len(names)} 个：{shown}", f"{wrong.en}: {len(names)} ({shown})")
    return judge(key, not names, told, counted, mend, Level.LOOK)
