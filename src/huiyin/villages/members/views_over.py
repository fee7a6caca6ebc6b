"""Appeals over every organisation that is seen: those under way, or all; as a page and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.cases.api import get_process
from huiyin.console.api import export_xlsx
from huiyin.economy.membership.api import GROUNDS, Appeal, list_appeals
from huiyin.economy.organisations.api import list_seen
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.frame import show_many
from huiyin.villages.values import READERS

PAGE = 50
OUTCOMES: dict[str, Words] = {
    "": Words("办理中", "Under way"),
    "upheld": Words("申请成立", "Upheld"),
    "dismissed": Words("维持原结论", "Dismissed"),
    "withdrawn": Words("已撤回", "Withdrawn"),
}
COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("编号", "Number", 18),
        ("编码", "Code", 20),
        ("组织", "Organisation", 30),
        ("申请人", "Applicant", 10),
        ("户号", "Household", 8),
        ("情形", "Ground", 30),
        ("申请时间", "Filed", 18),
        ("进度", "Stage", 20),
        ("结果", "Outcome", 14),
        ("决定时间", "Decided", 18),
    )
]


@require_safe
@open_to(*READERS)
def appeals_over(request: HttpRequest) -> HttpResponse:
    """The appeals of every organisation that is seen, the newest first."""
    everything, found = _choose(request)
    total = found.count()
    page = read_page(request.GET.dict(), max(1, -(-total // PAGE)))
    shown = found[(page - 1) * PAGE : page * PAGE]
    context = {
        "lines": [(one, _tell_stage(one)) for one in shown],
        "everything": everything,
        "outcomes": OUTCOMES,
        "grounds": GROUNDS,
        "paging": number_pages(request.GET.dict(), total, PAGE),
    }
    return show_many(request, "villages/members/appeals.html", context, "membership")


def _choose(request: HttpRequest) -> tuple[bool, QuerySet[Appeal]]:
    everything = request.GET.get("state") == "all"
    found = list_appeals(list_seen(get_account_of(request)))
    return everything, found if everything else found.filter(case__closed_at__isnull=True)


def _tell_stage(one: Appeal) -> Words:
    return get_process(one.case.process, one.case.process_version).get_stage(one.case.stage).title


@require_safe
@open_to(*READERS)
def export_appeals(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet, masked."""
    found = _choose(request)[1]
    return export_xlsx(request, "membership-appeals", "成员身份复核", COLUMNS, _tell(found))


def _tell(found: QuerySet[Appeal]) -> Iterator[list[Value]]:
    for one in found:
        yield [
            one.case.number,
            one.organisation.code,
            one.organisation.name,
            one.member.masked_name,
            one.member.household.number,
            GROUNDS[one.ground].title,
            one.case.opened_at,
            _tell_stage(one),
            OUTCOMES[one.outcome],
            one.decided_at,
        ]
