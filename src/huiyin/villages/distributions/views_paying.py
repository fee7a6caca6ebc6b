"""The files for the bank, what came back of them, and the cards that are mended."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.economy.distributions.api import (
    ENCODINGS,
    FORMATS,
    PayFile,
    correct_card,
    list_owed,
    list_returned,
    name_file,
    read_failures,
    take_back,
    write_file,
)
from huiyin.economy.members.api import Household, PayCard
from huiyin.economy.organisations.api import Organisation, demand, get_seen
from huiyin.journal.api import log_access
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go_to
from huiyin.villages.distributions.asking import DONE, read_place
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

LARGEST = 400_000
TYPES = {"csv": "text/csv", "txt": "text/plain"}


def _get_file(request: HttpRequest, code: str, pk: int) -> tuple[Organisation, PayFile]:
    organisation = get_seen(code, get_account_of(request))
    held = PayFile.objects.select_related("plan__organisation", "plan__case")
    file = held.filter(pk=pk, plan__organisation=organisation).first()
    if file is None:
        words = Words("没有这个代发文件。请从方案里打开。", "There is no such file. Open it from its plan.")
        raise Refusal("pay-file-not-found", words)
    return organisation, file


@require_safe
@open_to("cashier")
def download(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The file as the bank takes it, noted in the access log: it holds names and accounts."""
    account = get_account_of(request)
    organisation, file = _get_file(request, code, pk)
    demand(account, organisation, "cashier")
    form, encoding = request.GET.get("form", "csv"), request.GET.get("encoding", "utf-8")
    content = write_file(file, encoding, form)
    name = name_file(file, form)
    log_access(
        at=timezone.now(),
        account_id=account.id,
        account=account.signature,
        what="export",
        subject=f"export:pay-file:{file.pk}",
        reason=f"{name} · {file.lines} 笔",
        request_id=getattr(request, "id", None),
    )
    answer = HttpResponse(content, content_type=f"{TYPES[form]}; charset={ENCODINGS[encoding]}")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("cashier")
def returned(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Enter what the bank sent back: pasted, or as its file."""
    account = get_account_of(request)
    organisation, file = _get_file(request, code, pk)
    demand(account, organisation, "cashier")
    if request.method != "POST":
        return _show_returned(request, organisation, file, "")
    text = request.POST.get("failures", "")
    try:
        text = _read_upload(request) or text
        fen = take_back(file.pk, read_failures(text), account, timezone.now())
    except Refusal as refusal:
        return _show_returned(request, organisation, file, text, refusal)
    return go_to(
        url("villages:distribution-owed", code, file.plan_id), "returned" if fen else "none-returned"
    )


def _read_upload(request: HttpRequest) -> str:
    upload = request.FILES.get("file")
    if upload is None or isinstance(upload, list):
        return ""
    content: bytes = upload.read(LARGEST)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    words = Words(
        "文件读不出来。请另存为 CSV 或文本再上传。", "The file cannot be read. Save it as CSV or text."
    )
    raise Refusal("failures-unread", words, field="failures")


def _show_returned(
    request: HttpRequest, organisation: Organisation, file: PayFile, text: str, refusal: Refusal | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"file": file, "plan": file.plan, "text": text, "refusal": refusal}
    context["errors"] = {refusal.field: refusal.words} if refusal and refusal.field else {}
    template = "villages/distributions/returned.html"
    return show_one(request, template, context, organisation, "distributions", status_of_form(refusal))


@require_safe
@open_to(*READERS)
def owed(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Households that are still owed something, why, and what may be done; every return there was."""
    organisation, plan = read_place(request, code, pk)
    account = get_account_of(request)
    context = {
        "plan": plan,
        "owed": list_owed(plan) if plan.approved_at else [],
        "returned": list_returned(plan),
        "may_mend": account.holds("bookkeeper", organisation.unit_id),
        "formats": FORMATS,
    }
    template = "villages/distributions/owed.html"
    return show_one(request, template, context, organisation, "distributions", done=DONE)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to("bookkeeper")
def card(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Enter a household's payee, account and bank anew; what was there is not shown."""
    account = get_account_of(request)
    organisation = get_seen(code, account)
    demand(account, organisation, "bookkeeper")
    household = Household.objects.filter(pk=pk, organisation=organisation).defer("sealed_card").first()
    if household is None:
        raise Refusal("household-not-found", Words("没有这一户。", "There is no such household."))
    plan = request.GET.get("plan", "") if request.GET.get("plan", "").isdecimal() else ""
    typed = {key: request.POST.get(key, "").strip()[:60] for key in ("payee", "account", "bank")}
    refusal = None
    if request.method == "POST":
        try:
            correct_card(organisation, pk, PayCard(**typed), account, timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            back = (
                url("villages:distribution-owed", code, int(plan))
                if plan
                else url("villages:distributions", code)
            )
            return go_to(back, "card")
    context = {"household": household, "typed": typed, "refusal": refusal, "of_plan": plan}
    context["errors"] = {refusal.field: refusal.words} if refusal and refusal.field else {}
    template = "villages/distributions/card.html"
    return show_one(request, template, context, organisation, "distributions", status_of_form(refusal))
