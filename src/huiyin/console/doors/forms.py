"""What is typed at the doors, tidied and checked field by field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.appeals.api import MAX_WORDS, IdentityMode
from huiyin.cases.api import Upload
from huiyin.console.doors.choices import find_company_named
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import normalise_phone
from huiyin.register.api import list_lawful_ways

IDENTITIES = (
    (IdentityMode.NAMED.value, Words("实名", "Named")),
    (IdentityMode.ANONYMOUS.value, Words("匿名", "Anonymous")),
    (IdentityMode.CONFIDENTIAL.value, Words("保密", "Confidential")),
)


LARGEST_ID = 2**31 - 1


class IdField(forms.IntegerField):
    """The id of something chosen from a list; nothing chosen is None."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=LARGEST_ID, **more)


class FilesField(forms.FileField):
    """Any number of files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files as a list; none is an empty list."""
        return [super(FilesField, self).clean(file, initial) for file in data or ()]


class FilesInput(forms.ClearableFileInput):
    """An input that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every file of that name."""
        del data
        return files.getlist(name) if hasattr(files, "getlist") else []


class DoorForm(forms.Form):
    """What every door asks: who, what, where. `uploads()` are the files as cases take them."""

    client_key = forms.CharField(required=False, max_length=64)
    phone = forms.CharField(required=False, max_length=30)
    name = forms.CharField(required=False, max_length=40)
    identity = forms.ChoiceField(required=False, choices=IDENTITIES)
    words = forms.CharField(
        max_length=MAX_WORDS,
        error_messages={
            "required": gettext_lazy("请写下诉求人说了什么。"),
            "max_length": gettext_lazy("最多写 5000 字。请分成几件登记。"),
        },
    )
    township = IdField()
    village = IdField()
    place = forms.CharField(required=False, max_length=200)
    category = IdField()
    company = forms.CharField(required=False, max_length=120)
    urgent = forms.BooleanField(required=False)
    grade = forms.CharField(required=False, max_length=40)
    finish = forms.CharField(required=False, max_length=40)
    reply = forms.CharField(required=False, max_length=MAX_WORDS)
    attached = FilesField(required=False, widget=FilesInput)

    def clean_identity(self) -> str:
        """Named when nothing was chosen."""
        return str(self.cleaned_data.get("identity") or IdentityMode.NAMED.value)

    def clean_phone(self) -> str:
        """A number that can be called, or nothing."""
        phone = str(self.cleaned_data.get("phone") or "").strip()
        if phone:
            try:
                normalise_phone(phone)
            except Refusal as refusal:
                raise forms.ValidationError(_tell(refusal.words)) from None
        return phone

    def clean_company(self) -> int | None:
        """The id of the company named; refused when the name is not on the register."""
        text = str(self.cleaned_data.get("company") or "").strip()
        if not text:
            return None
        company = find_company_named(text)
        if company is None:
            raise forms.ValidationError(_("没有这家企业，请从列出的名称中选择，或填统一社会信用代码。"))
        return company.pk

    def uploads(self) -> list[Upload]:
        """The files that came with the form."""
        return [Upload(file.name or "", file) for file in self.cleaned_data.get("attached") or ()]

    def take_refusal(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it is about, or above the form."""
        rule = f" {_('依据：')}{refusal.rule}" if refusal.rule else ""
        name = self.place_of(refusal.field or "")
        self.add_error(name if name in self.fields else None, _tell(refusal.words) + rule)

    def place_of(self, field: str) -> str:
        """The form's own name of the field that a refusal names."""
        return "attached" if field == "files" else field


class IntakeForm(DoorForm):
    """The desk's form: any channel, any process, any ending."""

    channel = forms.CharField(max_length=40)
    process = forms.CharField(required=False, max_length=60)
    title = forms.CharField(required=False, max_length=120)
    way = forms.CharField(required=False, max_length=40)
    into = forms.CharField(required=False, max_length=30)
    lead = IdField()
    designate = forms.BooleanField(required=False)
    reason = forms.CharField(required=False, max_length=1000)
    reply_now = forms.CharField(required=False, max_length=MAX_WORDS)
    reply_way = forms.CharField(required=False, max_length=MAX_WORDS)

    def clean(self) -> dict[str, Any]:
        """The reply is that of the ending chosen; a lawful way brings its own words if none were written."""
        typed = super().clean() or {}
        if typed.get("finish") == "show_way":
            own = {way.key: way.words for way in list_lawful_ways()}
            typed["reply"] = typed.get("reply_way") or own.get(str(typed.get("way")), "")
        else:
            typed["reply"] = typed.get("reply_now", "")
        return typed

    def place_of(self, field: str) -> str:
        """Each ending has a field of its own for the reply."""
        if field != "reply":
            return super().place_of(field)
        return "reply_way" if self.cleaned_data.get("finish") == "show_way" else "reply_now"


class VisitForm(DoorForm):
    """The through-train's form: 问题内容 and 办理建议, of a company or of a household."""

    about = forms.ChoiceField(
        choices=(
            ("company", Words("企业", "Company")),
            ("household", Words("农户、村组", "Household or village")),
        )
    )
    suggestion = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        """A matter of a company names the company, one of a household names the village."""
        typed = super().clean() or {}
        if typed.get("about") == "company" and not typed.get("company") and "company" not in self.errors:
            self.add_error("company", _("请选择是哪家企业。"))
        if typed.get("about") == "household" and not (typed.get("village") or typed.get("township")):
            self.add_error("township", _("请选择走访的乡镇和村。"))
        return typed


class StuckForm(DoorForm):
    """The form of the stuck-case desk: what failed, who did not get it done, what the person says."""

    failed = forms.CharField(required=False, max_length=30)
    failed_matter = forms.CharField(required=False, max_length=300)
    failed_unit = IdField()

    def clean(self) -> dict[str, Any]:
        """Either a case of ours or a matter described in words must be named."""
        typed = super().clean() or {}
        if not typed.get("failed") and not str(typed.get("failed_matter") or "").strip():
            self.add_error("failed_matter", _("请写明哪件事没办成，或在上面查到原来的工单。"))
        return typed


def _tell(words: Words) -> str:
    return words.tell(get_language() or "zh")
