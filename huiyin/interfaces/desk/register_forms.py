"""Forms of registration (登记表单), made from the channel's own list of evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.casework.intake.contract import Channel, DemandDraft, EvidenceField, EvidenceKind, Intake, Person
from huiyin.casework.replies.vocabulary import Capacity, Naming
from huiyin.interfaces.desk.list_forms import day_field, region_choices
from huiyin.interfaces.desk.wording import branch_choices, language
from huiyin.records.agencies.selectors import agency_directory, class_directory

EVIDENCE = "evidence_"
NO_PLACE: tuple[str, Any] = ("", _("请选择"))
NONE_YET: tuple[str, Any] = ("", _("以后再定"))


def text_field(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **options)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def class_choices() -> list[tuple[str, Any]]:
    """The content classes, second level indented below the first."""
    found = [NONE_YET]
    for first in class_directory().children(""):
        if first.is_active:
            found.append((first.code, first.name_in(language())))
            found += [
                (one.code, f"　{one.name_in(language())}")
                for one in class_directory().children(first.code)
                if one.is_active
            ]
    return found


def accused_choices() -> list[tuple[str, Any]]:
    return [
        ("", _("不涉及")),
        *((str(one.id), one.name_in(language())) for one in agency_directory().active()),
    ]


class AskedField(forms.CharField):
    """A field that must be filled in; the use case says so, with the article, together with all the rest."""

    def validate(self, value: Any) -> None:
        pass


def evidence_field(field: EvidenceField) -> forms.Field:
    """One piece of evidence as its kind is typed in (凭据栏)."""
    options: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": False}
    if field.kind == EvidenceKind.CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *field.choices], **options)
    kinds = {EvidenceKind.DATE: "date", EvidenceKind.TIME: "time"}
    attrs = {"type": kinds[field.kind]} if field.kind in kinds else {}
    if field.kind == EvidenceKind.NUMBER:
        attrs["inputmode"] = "numeric"
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(max_length=field.max_length, widget=widget, **options)


class RegisterForm(forms.Form):
    """What came in, from whom, about where (登记). The rules are in the use case."""

    received_on = day_field(
        _("收到日期"), required=True, help_text=_("期限从收到的次日起算；补登的请填实际收到的日期。")
    )
    superior_number = text_field(_("上级编号"), 60, help_text=_("报结时要用；来文没有编号的，填“无”。"))
    naming = forms.ChoiceField(
        label=_("署名方式"),
        choices=Naming.choices,
        initial=Naming.NAMED,
        widget=forms.RadioSelect,
        help_text=_("要求保密的，姓名和联系方式不转给被反映的单位。匿名的不保存身份信息。"),
    )
    name = text_field(_("姓名"), 60)
    phone = text_field(_("联系电话"), 30, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    id_number = text_field(_("证件号码"), 20, help_text=_("不便提供可以留空，不影响登记和受理。"))
    address = text_field(_("住址"), 200)
    email = text_field(_("电子邮箱"), 200)
    head_count = forms.IntegerField(
        label=_("信访人数"), initial=1, min_value=1, help_text=_("联名的填总人数；集体来访代表不超过5人。")
    )
    text = AskedField(
        label=_("反映的情况"),
        widget=area(9),
        strip=False,
        help_text=_("口头反映的如实记录并复述确认；书面的照原文抄录或写明要点，原件作附件。"),
    )
    region_code = forms.ChoiceField(label=_("问题属地"), required=False)
    place = text_field(_("具体地点"), 200, help_text=_("如：村东头第二个路口、某小区3号楼"))
    title = text_field(_("标题"), 120, help_text=_("留空则取第一项诉求的开头。"))
    token = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel = channel
        self.fields["region_code"] = forms.ChoiceField(
            label=_("问题属地"), required=False, choices=[NO_PLACE, *region_choices()[1:]]
        )
        if not channel.has_superior_number:
            del self.fields["superior_number"]
        for field in channel.evidence:
            self.fields[EVIDENCE + field.name] = evidence_field(field)

    @property
    def evidence_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(EVIDENCE)]

    @property
    def petitioner_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "phone", "id_number", "address", "email")]


class DemandForm(forms.Form):
    """One demand (诉求); class and branch may wait for the sorting."""

    statement = AskedField(label=_("希望解决什么"), widget=area(3))
    content_class = forms.ChoiceField(label=_("内容分类"), required=False)
    branch = forms.ChoiceField(label=_("诉求类别"), required=False)
    accused_agency_id = forms.ChoiceField(
        label=_("被检举控告的单位"), required=False, help_text=_("材料对该单位完全不可见。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "content_class": class_choices(),
            "branch": [NONE_YET, *branch_choices()],
            "accused_agency_id": accused_choices(),
        }
        for name, values in choices.items():
            field = self.fields[name]
            self.fields[name] = forms.ChoiceField(
                label=field.label, help_text=field.help_text, required=False, choices=values
            )

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in self.fields)

    @property
    def draft(self) -> DemandDraft:
        given = dict(self.cleaned_data)
        accused = given.pop("accused_agency_id", "")
        return DemandDraft(accused_agency_id=int(accused) if accused else None, **given)


class PersonForm(forms.Form):
    """A co-signer, representative or agent (联名人、代表、代理人)."""

    capacity = forms.ChoiceField(label=_("身份"), choices=Capacity.choices, initial=Capacity.COSIGNER)
    name = text_field(_("姓名"), 60)
    phone = text_field(_("联系电话"), 30)
    id_number = text_field(_("证件号码"), 20)
    has_power_of_attorney = forms.BooleanField(label=_("已收书面授权委托书（代理人）"), required=False)

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ("name", "phone", "id_number"))

    @property
    def person(self) -> Person:
        return Person(**self.cleaned_data)


DemandForms = forms.formset_factory(DemandForm, extra=0, min_num=1, max_num=20, absolute_max=40)
PersonForms = forms.formset_factory(PersonForm, extra=0, max_num=60, absolute_max=120)


def intake_of(
    form: RegisterForm, demands: list[DemandForm], people: list[PersonForm], *, office_id: int
) -> Intake:
    """Put what was typed into the shape that every channel shares (登记内容)."""
    given = form.cleaned_data
    names = ("naming", "name", "phone", "id_number", "address", "email", "head_count", "text", "region_code")
    return Intake(
        channel=form.channel.code,
        office_id=office_id,
        demands=tuple(one.draft for one in demands),
        others=tuple(one.person for one in people),
        received_on=given.get("received_on"),
        superior_number=given.get("superior_number", ""),
        place=given["place"],
        title=given["title"],
        token=given["token"],
        evidence={
            name.removeprefix(EVIDENCE): value
            for name, value in given.items()
            if name.startswith(EVIDENCE) and value
        },
        **{name: given[name] for name in names},
    )
