"""The processes that the county runs, and taking in a process file of its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.cases.api import add_process, get_newest, get_process, list_newest, list_processes
from huiyin.console.frame import show
from huiyin.console.ledger.chart import make_clocks, make_columns, tell_roles
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import get_account_of, open_to
from huiyin.process.api import LARGEST, Misshapen, Process, check_process, read_process

MAY_ADD = frozenset({"admin", "centre"})
DONE = {"added": Words("流程已加入，新登记的工单按它办理。", "The process is in; new cases run by it.")}


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of reading a file: the process when it can be read, and its faults in words."""

    process: Process | None
    faults: tuple[Words, ...]
    known: bool = False

    @property
    def good(self) -> bool:
        """Whether it may be taken in."""
        return self.process is not None and not self.faults and not self.known


@open_to("staff")
@require_http_methods(["GET", "POST"])
def processes(request: HttpRequest) -> HttpResponse:
    """List the processes. A file is checked first, then taken in; faults are told one by one."""
    if request.method == "GET":
        return _show(request, "", None)
    _demand_may_add(request)
    text = _read_text(request)
    judged = judge(text)
    if request.POST.get("act") != "add" or not judged.good:
        return _show(request, text, judged, status=200 if judged.good else 422)
    try:
        added = add_process(text, get_account_of(request).signature, timezone.now())
    except Refusal as refusal:
        return _show(request, text, Judged(judged.process, (refusal.words,)), status=status_of(refusal))
    answer = HttpResponseRedirect(reverse("console:process", args=[added.key]) + "?done=added")
    answer.status_code = 303
    return answer


def _demand_may_add(request: HttpRequest) -> None:
    if not get_account_of(request).roles & MAY_ADD:
        words = Words(
            "只有系统管理员和中心审核可以加入流程。", "Only administrators and the centre add processes."
        )
        raise Refusal("not-your-duty", words)


def _read_text(request: HttpRequest) -> str:
    """The file that was chosen, else the text that was pasted."""
    file = request.FILES.get("file")
    if file is None:
        return str(request.POST.get("text", "")).replace("\r\n", "\n")
    raw = file.read(LARGEST + 1)
    try:
        return str(raw, "utf-8-sig")
    except UnicodeDecodeError:
        words = Words("文件不是 UTF-8 文字，请另存为 UTF-8 再传。", "The file is not UTF-8 text.")
        raise Refusal("process-misshapen", words, field="file") from None


def judge(text: str) -> Judged:
    """Read and check a process file."""
    if not text.strip():
        return Judged(None, (Words("请选择文件，或把内容贴进来。", "Choose a file or paste its text."),))
    try:
        process = read_process(text)
    except Misshapen as error:
        return Judged(None, (error.words,))
    known = any((one.key, one.version) == (process.key, process.version) for one in list_processes())
    faults = tuple(check_process(process))
    if known:
        raised = Words(
            "这一版已经有了，请把 version 加一。", "This version is there already: raise its version."
        )
        faults = (*faults, raised)
    return Judged(process, faults, known)


def _show(request: HttpRequest, text: str, judged: Judged | None, status: int = 200) -> HttpResponse:
    newest = list_newest()
    context = {
        "processes": [(one, tell_roles(one.opens), one.main_clock) for one in newest],
        "may_add": bool(get_account_of(request).roles & MAY_ADD),
        "text": text,
        "judged": judged,
    }
    return show(request, "console/ledger/processes.html", context, "console:processes", status)


@open_to("staff")
@require_safe
def process(request: HttpRequest, key: str) -> HttpResponse:
    """One process: its steps, stages and moves, who may do what, and every clock with its limits."""
    version = read_number(request.GET.get("version", ""))
    known = [one for one in list_processes() if one.key == key]
    shown = get_newest(key) if version is None else get_process(key, version)
    context = {
        "process": shown,
        "versions": [one.version for one in known],
        "columns": make_columns(shown),
        "clocks": make_clocks(shown),
        "opens": tell_roles(shown.opens),
    }
    return show(request, "console/ledger/process.html", context, "console:processes", done=DONE)
