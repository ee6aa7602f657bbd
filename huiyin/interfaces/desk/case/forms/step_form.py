"""What the forms of all steps share (办理表单): the demand's version, its words, taking the step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.replies.selectors import demand_page
from huiyin.casework.replies.selectors.rows import CasePage, DemandRow
from huiyin.casework.replies.services import step_with_file
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.files import attachment_store_of_settings
from huiyin.interfaces.ui.legal import said
from huiyin.interfaces.ui.parts import CountedDay, Notice, Text
from huiyin.law.calendar import local_date
from huiyin.law.citations import Citation
from huiyin.records.agencies.selectors import agency_directory
from huiyin.records.documents.errors import AttachmentRefused
from huiyin.records.documents.preparing import PreparedFile, attachment_prepare

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

T = TypeVar("T")
Choices = list[tuple[str, str]]
Words = str | StrPromise


@dataclass
class Setting:
    """Who takes a step, on which demand, when; the matter is only read where a page shows it."""

    user: "User"
    demand_id: int
    at: datetime
    query: str = ""

    @cached_property
    def _loaded(self) -> tuple[CasePage, DemandRow]:
        return demand_page(user=self.user, demand_id=self.demand_id, at=self.at)

    @property
    def page(self) -> CasePage:
        return self._loaded[0]

    @property
    def demand(self) -> DemandRow:
        return self._loaded[1]

    @property
    def today(self) -> date:
        return local_date(self.at)


class StepForm(forms.Form):
    """A form that takes one step on a demand (办理表单).

    `prepare` fills choices from what lies in memory; `decorate` adds what only a shown page needs.
    """

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    lead: Text = ""
    button: Text = _("确定")
    # Where to go afterwards: the demand, unless the step may take it out of the user's sight.
    leaves: bool = False

    def __init__(self, *args: object, setting: Setting, **kwargs: object) -> None:
        self.setting = setting
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they come
        self.notices: list[Notice] = []
        self.counted: tuple[CountedDay, ...] = ()
        self.prepare()

    def prepare(self) -> None:
        """Fill the choices."""

    def decorate(self) -> None:
        """Add what the shown page needs from the demand."""

    def take(self) -> object:
        """Take the step by its service."""
        raise NotImplementedError

    def show(self) -> None:
        """Make the form ready for being shown."""
        if not self.is_bound:
            self.initial["version"] = self.setting.demand.version
        self.decorate()

    @property
    def common(self) -> "Common":
        """What every service takes: demand, version, who, when."""
        return Common(
            self.setting.demand_id, self.cleaned_data["version"], self.setting.user, self.setting.at
        )

    def value(self, name: str) -> str:
        """A text field as it was typed."""
        return str(self.cleaned_data.get(name) or "")

    def number(self, name: str) -> int | None:
        """A choice that stands for a row, or nothing."""
        return int(self.value(name)) if self.value(name) else None

    def with_scan(self, act: Callable[[int | None], T]) -> T:
        """Take the step together with the scan that proves it (随附扫描件)."""
        return step_with_file(
            demand_id=self.setting.demand_id,
            prepared=prepared_file(self.cleaned_data.get("scan"), "scan"),
            act=act,
            by=self.setting.user,
            at=self.setting.at,
        )

    def choose(self, name: str, choices: Choices, blank: Text | None = None) -> None:
        """Give a choice field its choices, with an empty one first if it is named."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", blank), *choices] if blank is not None else choices


@dataclass(frozen=True)
class Common:
    """What every service of a step takes (共同参数)."""

    demand_id: int
    version: int
    by: "User"
    at: datetime


def prepared_file(upload: object, name: str) -> PreparedFile | None:
    """An upload checked and on the disk, before the step's transaction begins.

    Raises: Invalid with the sentence of the refusal under the field's name.
    """
    if upload is None or not hasattr(upload, "name"):
        return None
    try:
        return attachment_prepare(
            file=upload,  # type: ignore[arg-type]  # an uploaded file reads like one
            name=str(upload.name),
            store=attachment_store_of_settings(),
        )
    except AttachmentRefused as refused:
        raise Invalid({name: refused.message}) from None


def agency_choices(*, without: int | None = None) -> Choices:
    """The working agencies as choices, by name in the language of the page (单位)."""
    return [
        (str(entry.id), labels.agency_name(entry.id))
        for entry in agency_directory().active()
        if entry.id != without
    ]


def explained(title: str, citation: Citation, note: str) -> str:
    """A choice with its article and a sentence that explains it."""
    article = said(citation.text_zh, citation.text_en)
    return format_html(
        '<strong>{}</strong> <span class="article">{}</span><small class="choice-note">{}</small>',
        title,
        article,
        note,
    )


def text_field(
    label: Words, help_text: Words = "", *, rows: int = 5, is_required: bool = True
) -> forms.CharField:
    """A field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=is_required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day_field(label: Words, help_text: Words = "", *, is_required: bool = True) -> forms.DateField:
    """A field for a date."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=is_required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def scan_field(label: Words, help_text: Words = "") -> forms.FileField:
    """A field for the scan that proves a step."""
    return forms.FileField(label=label, help_text=help_text, required=False)
