"""The list of organisations that an account sees, and the first page of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.economy.organisations.api import OFFICES, OVERSEES, OrganisationKind, get_seen, list_seen, may
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.frame import show_many, show_one
from huiyin.villages.values import READERS

PAGE = 50
DONE = {
    "founded": Words("组织已登记。请到系统设置里给任职人员开账号。", "Founded. Give its officers accounts."),
    "reopened": Words("组织已恢复。", "Reopened."),
}
KINDS = {
    OrganisationKind.STOCK: Words("股份经济合作社", "Stock co-operative"),
    OrganisationKind.ECONOMIC: Words("经济合作社", "Economic co-operative"),
    OrganisationKind.COOPERATIVE: Words("农民专业合作社", "Farmers' co-operative"),
}


@require_safe
@open_to(*READERS)
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation that the account sees, by township; found by name, code or village."""
    account = get_account_of(request)
    wanted = request.GET.get("q", "").strip()[:60]
    found = list_seen(account)
    if wanted:
        found = found.filter(name__icontains=wanted) | found.filter(code__icontains=wanted)
    count = found.count()
    paging = number_pages(request.GET.dict(), count, PAGE)
    page = read_page(request.GET.dict(), -(-count // PAGE))
    context = {
        "rows": found[(page - 1) * PAGE : page * PAGE],
        "wanted": wanted,
        "count": count,
        "kinds": KINDS,
        "paging": paging,
        "founds": OVERSEES in account.roles,
    }
    return show_many(request, "villages/home/organisations.html", context, "organisations")


@require_safe
@open_to(*READERS)
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """The first page of one: what it is, its officers, its charter."""
    one = get_seen(code, get_account_of(request))
    beside = list_seen(get_account_of(request)).filter(area_id=one.area_id).exclude(pk=one.pk)
    context = {
        "beside": beside,
        "keeps": may(get_account_of(request), one, OVERSEES),
        "kinds": KINDS,
        "offices": OFFICES,
        "officers": one.officers.filter(until_on__isnull=True).order_by("id"),
        "charter": one.charters.order_by("-version").first(),
    }
    return show_one(request, "villages/home/organisation.html", context, one, "overview", done=DONE)
