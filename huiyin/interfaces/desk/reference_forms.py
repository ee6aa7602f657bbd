"""Forms of the reference data (基础资料表单)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.records.agencies.directories import RemitEntry


class AgencyForm(forms.Form):
    """What citizens and colleagues need to know of an agency (机构资料)."""

    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    short_name = forms.CharField(label=_("简称"), max_length=30)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    reception_place = forms.CharField(label=_("接待地点"), max_length=200, required=False)
    reception_hours = forms.CharField(label=_("接待时间"), max_length=200, required=False)
    postal_address = forms.CharField(label=_("通信地址"), max_length=200, required=False)
    takes_petitions = forms.BooleanField(
        label=_("向社会公布，接收信访事项"), required=False, help_text=_("公布的单位会列在门户的机构页上。")
    )
    remits = forms.CharField(
        label=_("职责范围"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一项：分类代码开头 空格 区划代码开头，如“02 990101”。"),
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, can_edit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = not can_edit

    def clean_remits(self) -> list[list[str]]:
        pairs = []
        for number, line in enumerate(self.cleaned_data["remits"].splitlines(), start=1):
            parts = line.split()
            if parts and (len(parts) != 2 or not all(part.isdecimal() for part in parts)):
                raise forms.ValidationError(
                    _("第%(number)s行应是两组数字，用空格隔开：分类代码开头、区划代码开头。")
                    % {"number": number}
                )
            if parts:
                pairs.append(parts)
        return sorted(pairs)


def remit_text(remits: Iterable[RemitEntry]) -> str:
    """The remit as lines to edit."""
    return "\n".join(sorted(f"{one.class_prefix} {one.region_prefix}" for one in remits))


def agency_values(given: dict[str, Any]) -> dict[str, Any]:
    """What goes to the use case."""
    return {name: value for name, value in given.items() if name != "expected"}


class ClassForm(forms.Form):
    """The wording of a content class (内容分类)."""

    name = forms.CharField(label=_("名称"), max_length=100)
    name_en = forms.CharField(label=_("英文名称"), max_length=150, required=False)
    is_active = forms.BooleanField(
        label=_("使用中"), required=False, help_text=_("停用后新登记的事项不能再选，旧事项照常显示。")
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)
