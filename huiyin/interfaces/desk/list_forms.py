"""Forms of the lists: filter, sort, keep a filter (列表表单)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.filters import ListFilter
from huiyin.casework.cases.selectors import BROAD, DUE, HELD, NEWEST
from huiyin.casework.intake.channels import CHANNELS
from huiyin.interfaces.desk.wording import branch_choices, language, stage_choices
from huiyin.interfaces.ui.widgets import PlainSelect
from huiyin.records.agencies.selectors import class_directory, region_directory

ANY: tuple[str, Any] = ("", _("不限"))
DEPTH_MARK = "　"


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A date, typed or picked; the browser sends year-month-day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=options.pop("required", False), **options)


def class_choices() -> list[tuple[str, Any]]:
    """The first level of the content classes."""
    return [
        ANY,
        *((one.code, one.name_in(language())) for one in class_directory().children("") if one.is_active),
    ]


def region_choices() -> list[tuple[str, Any]]:
    """All places, indented by level, so that a screen reader reads one flat list."""
    found: list[tuple[str, Any]] = [ANY]
    for one in region_directory().active():
        depth = len(region_directory().path(one.code)) - 1
        found.append((one.code, f"{DEPTH_MARK * depth}{one.name_in(language())}"))
    return found


class FilterForm(forms.Form):
    """What a list is narrowed by, sent by GET (筛选)."""

    text = forms.CharField(label=_("编号或文字"), max_length=100, required=False)
    stage = forms.ChoiceField(label=_("阶段"), required=False)
    content_class = forms.ChoiceField(label=_("内容分类"), required=False)
    place = forms.ChoiceField(label=_("问题属地"), required=False)
    channel = forms.ChoiceField(label=_("渠道"), required=False)
    branch = forms.ChoiceField(label=_("诉求类别"), required=False)
    received_from = day_field(_("收到日期起"))
    received_to = day_field(_("收到日期止"))
    due_until = day_field(_("期限不晚于"))
    sort = forms.ChoiceField(label=_("排序"), required=False)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "stage": [ANY, *stage_choices()],
            "content_class": class_choices(),
            "place": region_choices(),
            "channel": [ANY, *((one.code, one.name) for one in CHANNELS)],
            "branch": [ANY, *branch_choices()],
            "sort": [(DUE, _("期限最近的在前")), (NEWEST, _("最新的在前"))],
        }
        for field, values in choices.items():
            self.fields[field] = forms.ChoiceField(
                label=self.fields[field].label, choices=values, required=False, widget=PlainSelect
            )
        if name in BROAD:
            del self.fields["sort"]
        if HELD.get(name) is not None:
            del self.fields["stage"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("received_from"), given.get("received_to")
        if first and last and first > last:
            self.add_error("received_to", _("截止日期早于起始日期，请对调或修改。"))
        return given

    @property
    def wanted(self) -> ListFilter:
        """The filter to apply; a field that cannot be read narrows nothing and says so beside itself."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if name != "sort" and value}
        return ListFilter(**given)

    @property
    def wanted_sort(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("sort") or "")


class KeepForm(forms.Form):
    """A name for the filter that is applied now (保存筛选)."""

    name = forms.CharField(label=_("给这组筛选起个名字"), max_length=40)
