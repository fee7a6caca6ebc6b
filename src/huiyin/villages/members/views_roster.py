"""The roster of an organisation, household by household: list, search, export, one household."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.members.api import (
    KEEPERS,
    SEXES,
    STANDINGS,
    Household,
    Member,
    add_household,
    count_standings,
    digest_id,
    get_household,
    list_households,
)
from huiyin.economy.organisations.api import Organisation, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go
from huiyin.villages.frame import show_one
from huiyin.villages.values import OFFICERS, READERS

PAGE = 20
DONE = {
    "household": Words("已加一户，请登记户内的人。", "A household was added; add its people."),
    "person": Words("已登记为“待确认”，等成员大会确认。", "Added, to be confirmed by the assembly."),
    "taken": Words("名册已导入。", "The roster was taken in."),
}
TONES = {
    "confirmed": ("green", "dot"),
    "candidate": ("blue", "half"),
    "special": ("amber", "diamond"),
    "refused": ("grey", "ring"),
    "lost": ("grey", "ring"),
}
COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("户号", "Household", 8),
        ("村民小组", "Group", 16),
        ("编号", "Number", 8),
        ("姓名", "Name", 12),
        ("身份证号", "Identity number", 24),
        ("性别", "Sex", 8),
        ("出生", "Born", 14),
        ("与户主关系", "Relation", 14),
        ("身份", "Standing", 16),
        ("依据", "Article", 32),
        ("自", "Since", 14),
    )
]


@require_safe
@open_to(*READERS)
def roster(request: HttpRequest, code: str) -> HttpResponse:
    """Every household with its people, masked; found by number, first sign of a name, group or standing."""
    account = get_account_of(request)
    one = get_seen(code, account)
    wanted, standing = _read(request)
    found = list_households(one, wanted, standing)
    total = found.count()
    page = read_page(request.GET.dict(), max(1, -(-total // PAGE)))
    context = {
        "households": found[(page - 1) * PAGE : page * PAGE],
        "total": total,
        "wanted": wanted,
        "standing": standing,
        "counts": count_standings(one),
        "standings": STANDINGS,
        "sexes": SEXES,
        "tones": TONES,
        "keeps": may(account, one, *KEEPERS),
        "takes": may(account, one, *KEEPERS, "rural"),
        "missed": request.GET.get("missed") == "1",
        "paging": number_pages(request.GET.dict(), total, PAGE),
    }
    return show_one(request, "villages/members/roster.html", context, one, "members", done=DONE)


def _read(request: HttpRequest) -> tuple[str, str]:
    standing = request.GET.get("standing", "")
    return clean(request.GET.get("q", ""))[:40], standing if standing in STANDINGS else ""


@require_POST
@open_to(*OFFICERS, "rural")
def find_by_id(request: HttpRequest, code: str) -> HttpResponse:
    """Find somebody by a whole identity number: sent, not asked for in an address, which is written down."""
    one = get_seen(code, get_account_of(request))
    digest = digest_id(request.POST.get("id_number", "")[:40])
    found = Member.objects.filter(organisation=one, id_digest=digest).first()
    where = url("villages:member", code, found.pk) if found else f"{url('villages:members', code)}?missed=1"
    return HttpResponseRedirect(where, status=303)


@require_safe
@open_to(*READERS)
def export_roster(request: HttpRequest, code: str) -> HttpResponse:
    """The same list as a spreadsheet, masked."""
    one = get_seen(code, get_account_of(request))
    found = list_households(one, *_read(request))
    return export_xlsx(request, f"roster-{code}", f"{one.name}成员名册", COLUMNS, _tell(found))


def _tell(households: QuerySet[Household]) -> Iterator[list[Value]]:
    for household in households.iterator(500):
        for member in household.people:  # type: ignore[attr-defined]  # read before, by `list_households`
            yield [
                household.number,
                household.group_name,
                member.number,
                member.masked_name,
                member.masked_id,
                SEXES.get(member.sex, Words("")),
                member.born_on,
                member.relation,
                STANDINGS[member.standing],
                member.article,
                member.since_on,
            ]


@require_safe
@open_to(*READERS)
def household(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One household and its people."""
    account = get_account_of(request)
    one = get_seen(code, account)
    home = get_household(one, pk)
    context = {
        "household": home,
        "people": list(home.members.order_by("number")),
        "standings": STANDINGS,
        "sexes": SEXES,
        "tones": TONES,
        "keeps": may(account, one, *KEEPERS),
    }
    return show_one(request, "villages/members/household.html", context, one, "members", done=DONE)


@require_POST
@open_to(*KEEPERS)
def new_household(request: HttpRequest, code: str) -> HttpResponse:
    """Add an empty household, and go to it."""
    account = get_account_of(request)
    one = get_seen(code, account)
    made = add_household(one, request.POST.get("group", ""), account, timezone.now())
    return go("household", "household", code, made.pk)


def find_household(one: Organisation, number: str) -> Household:
    """The household of that number as it was typed; refuses `household-not-found`."""
    text = clean(number)
    found = (
        Household.objects.filter(organisation=one, number=int(text)).first()
        if text.isascii() and text.isdigit() and len(text) < 7
        else None
    )
    if found is None:
        words = Words("没有这个户号。请看名册。", "There is no household of this number. See the roster.")
        raise Refusal("no-household", words, field="household")
    return found
