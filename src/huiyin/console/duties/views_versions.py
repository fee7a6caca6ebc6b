"""The versions of the register: their list, what one changed, the register as it knew it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.duties.asking import PARTS
from huiyin.console.duties.sheets import ACTS, CHANGES, COLUMNS, tell_differences, tell_duties
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page
from huiyin.people.api import open_to
from huiyin.register.api import get_version, list_differences, list_register_of, list_versions

CURRENT = "console:duties"
SIZE = 100
SOURCES: dict[str, Words] = {
    "settings": Words("系统设置", "Settings"),
    "sheet": Words("Excel 导入", "Excel import"),
    "admission": Words("职责准入", "Admission"),
    "command": Words("命令行导入", "Command line"),
    "install": Words("建库", "Installation"),
}


@require_safe
@open_to("staff")
def versions(request: HttpRequest) -> HttpResponse:
    """Every version, newest first."""
    acting_of(request)
    context = {"versions": list_versions(), "sources": SOURCES}
    return show(request, "console/duties/versions.html", context, CURRENT)


@require_safe
@open_to("staff")
def show_version(request: HttpRequest, version: int) -> HttpResponse:
    """One version: who, why, and each line that it changed."""
    acting_of(request)
    found = get_version(version)
    lines = list_differences(version)
    page = read_page(request.GET.dict(), max(1, -(-len(lines) // SIZE)))
    context = {
        "version": found,
        "sources": SOURCES,
        "acts": ACTS,
        "parts": PARTS,
        "counts": {act: sum(line.act == act for line in lines) for act in ACTS},
        "lines": lines[(page - 1) * SIZE : page * SIZE],
        "paging": number_pages({"page": str(page)}, len(lines), SIZE),
    }
    return show(request, "console/duties/version.html", context, CURRENT)


@require_safe
@open_to("staff")
def export_version(request: HttpRequest, version: int) -> HttpResponse:
    """The register as the version knew it, or with `what=changes` what the version changed."""
    acting_of(request)
    get_version(version)
    if request.GET.get("what") == "changes":
        rows = tell_differences(list_differences(version))
        return export_xlsx(request, "register-changes", f"职责清单第 {version} 版变动", CHANGES, rows)
    rows = tell_duties(list_register_of(version))
    return export_xlsx(request, "register-version", f"职责清单第 {version} 版", COLUMNS, rows)
