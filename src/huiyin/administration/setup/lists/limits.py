"""The limits of every process by clock and grade, as a list: the file's, and the county's own over it."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.keeping import save_singly
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.lists.options import Option
from huiyin.cases.api import list_newest
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import Process
from huiyin.register.api import LimitSetting, clear_limit, list_limits, read_limit, set_limit

Key = tuple[str, str, str]


def _list_processes() -> list[Option]:
    return [(process.key, process.title) for process in list_newest()]


def _list_clocks() -> list[Option]:
    return [
        (f"{process.key}.{clock.key}", clock.title)
        for process in list_newest()
        for clock in process.clocks.values()
    ]


def _list_grades() -> list[Option]:
    return [
        (f"{process.key}.{grade}", title)
        for process in list_newest()
        for grade, title in process.grades.items()
    ]


def _speak(limit: str) -> Words:
    return read_limit(limit).tell()


FIELDS = (
    Field("key", Words("代码", "Code"), required=True, fixed=True, width=32, most=160),
    Field("process", Words("流程", "Process"), "choice", options=_list_processes, told=True, listed=True),
    Field("clock", Words("时限", "Clock"), "choice", options=_list_clocks, told=True, listed=True, width=24),
    Field("grade", Words("等级", "Grade"), "choice", options=_list_grades, told=True, listed=True),
    Field("file", Words("流程文件规定", "In the process file"), speak=_speak, told=True, listed=True),
    Field(
        "limit",
        Words("本县规定", "The county's own"),
        speak=_speak,
        listed=True,
        most=8,
        hint=Words(
            "写成 2h、7d、15wd、2mo：小时、天、工作日、个月。空着就按流程文件。",
            "Like 2h, 7d, 15wd, 2mo: hours, days, working days, months. Empty: the process file's.",
        ),
    ),
    Field("basis", Words("依据", "Basis"), listed=True, width=40, most=400),
)


def _list_rows() -> list[Row]:
    own = {(one.process, one.clock, one.grade): one for one in list_limits()}
    return [row for process in list_newest() for row in _list_of(process, own)]


def _list_of(process: Process, own: dict[Key, LimitSetting]) -> list[Row]:
    rows = []
    for clock in sorted(process.clocks.values(), key=lambda clock: not clock.main):
        for grade in process.grades:
            setting = own.get((process.key, clock.key, grade))
            rows.append(
                {
                    "key": f"{process.key}.{clock.key}.{grade}",
                    "process": process.key,
                    "clock": f"{process.key}.{clock.key}",
                    "grade": f"{process.key}.{grade}",
                    "file": str(clock.limit_for(grade)),
                    "limit": setting.limit if setting else "",
                    "basis": setting.basis if setting else "",
                }
            )
    return rows


def _change(row: Row, acts: Acts) -> None:
    process, clock, grade = row["key"].split(".")
    if not row["limit"]:
        if row["basis"]:
            words = Words("没有写本县的时限，就不用写依据。", "Without a limit of its own there is no basis.")
            raise Refusal("limit-needed", words, field="basis")
        clear_limit((process, clock, grade), by=acts.by, now=acts.now)
        return
    if not row["basis"]:
        words = Words("请写明依据的文件。", "Name the paper that says so.")
        raise Refusal("basis-needed", words, field="basis")
    set_limit((process, clock, grade), row["limit"], row["basis"], by=acts.by, now=acts.now)


def _list_entries(row: Row) -> list[StoredEntry]:
    return [
        entry
        for entry in list_entries("register")
        if entry.verb == "limit-set"
        and row["key"] == ".".join(entry.body.get(part, "") for part in ("process", "clock", "grade"))
    ]


def _title_parts(row: Row) -> dict[str, Words]:
    return {one.key: one.title_of(row[one.key]) for one in FIELDS if one.key in {"process", "clock", "grade"}}


def _call(row: Row) -> Words:
    return Words("{process} {clock} {grade}", "{process}, {clock}, {grade}").fill(**_title_parts(row))


def _explain(row: Row) -> Words:
    file = read_limit(row["file"]).tell()
    own = read_limit(row["limit"]).tell() if row["limit"] else None
    told = Words(
        "{process}的“{clock}”，{grade}的：流程文件规定 {file}。",
        "{process}, {clock}, {grade}: the process file says {file}.",
    ).fill(file=file, **_title_parts(row))
    if own is None:
        more = Words("本县没有另外规定，按流程文件算。", "The county has set none of its own.")
    else:
        more = Words("本县规定 {own}，按本县的算。", "The county says {own}, which rules.").fill(own=own)
    after = Words(
        "改动只管以后派出的工单，已经在走的时限不变。", "A change holds for what is dispatched from now on."
    )
    return Words(f"{told.zh}{more.zh}{after.zh}", f"{told.en} {more.en} {after.en}")


LIMITS = Listing(
    key="limits",
    title=Words("办理时限", "Limits"),
    about=Words(
        "每个流程、每种等级办多久；本县可以另定", "How long each process may take; a county may set its own"
    ),
    icon="timer",
    fields=FIELDS,
    identity="key",
    name="clock",
    rows=_list_rows,
    save=save_singly(_change),
    adds=False,
    entries=_list_entries,
    explain=_explain,
    called=_call,
)
