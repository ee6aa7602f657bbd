"""The forms of the four filing steps (写诉求的表单); what is typed is kept even when it is not yet right."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from huiyin.casework.intake.draft_contents import DraftContent
from huiyin.interfaces.portal.contacts import GROUPS
from huiyin.records.agencies.directories import RegionEntry
from huiyin.records.agencies.selectors import agency_directory, region_directory

Choices = list[tuple[str, object]]

PURPOSES = [
    ("request", gettext_lazy("请求解决一件事")),
    ("appeal", gettext_lazy("对已经作出的处理不服，请求重新处理")),
    ("suggestion", gettext_lazy("提意见、提建议")),
    ("accusation", gettext_lazy("检举、控告单位或者工作人员")),
    ("inquiry", gettext_lazy("咨询政策、办事程序")),
]
NAMINGS = [
    (
        "named",
        gettext_lazy(
            "实名：登记机构和承办单位的经办人能看到，每看一次都留下记录；他们会直接联系您、给您送答复"
        ),
    ),
    (
        "secret",
        gettext_lazy("要求保密：只有登记机构知道您是谁；转给承办单位时只写代号，不给姓名、电话"),
    ),
    (
        "anonymous",
        gettext_lazy("匿名：谁也不知道您是谁，系统不保存姓名和电话；答复只能凭查询码在网上看"),
    ),
]
CAPACITIES = [
    ("", gettext_lazy("请选择")),
    ("cosigner", gettext_lazy("联名人：一起反映的人")),
    ("representative", gettext_lazy("代表：替大家说话、收答复的人")),
    ("agent", gettext_lazy("代理人：受委托来办的人")),
]


def region_choices() -> Choices:
    """Places under their township, as a select that needs no script or map."""
    directory, language = region_directory(), get_language() or "zh-hans"

    def name(entry: RegionEntry) -> str:
        return entry.name_in(language)

    found: Choices = [("", _("请选择"))]
    for county in directory.children(""):
        found.append((county.code, _("%(county)s（不确定是哪个乡镇）") % {"county": name(county)}))
        for town in directory.children(county.code):
            inside = [(entry.code, name(entry)) for entry in directory.children(town.code) if entry.is_active]
            whole = (town.code, _("%(town)s（全部）") % {"town": name(town)})
            found.append((name(town), [whole, *inside]))
    return found


def agency_choices(*, without: frozenset[int] = frozenset(), only_public: bool = True) -> Choices:
    """Agencies in the groups of the address book."""
    directory, language = agency_directory(), get_language() or "zh-hans"
    offered = directory.public() if only_public else directory.active()
    found: Choices = []
    for _key, title, kinds in GROUPS:
        inside = [
            (str(entry.id), entry.name_in(language))
            for entry in offered
            if entry.kind in kinds and entry.id not in without
        ]
        if inside:
            found.append((str(title), inside))
    return found


def accused_choices() -> Choices:
    return [("", _("不在列表里，或者不确定")), *agency_choices(only_public=False)]


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StepForm(forms.Form):
    """What the steps share: values from the draft, no blocking by the browser, sentences from the law."""

    use_required_attribute = False

    def take_problems(self, problems: Mapping[str, object]) -> None:
        """Put the registration's own sentences at the fields they are about."""
        for name, sentence in problems.items():
            field = self.field_of(name)
            if field in self.fields and field not in self.errors:
                self.add_error(field, str(sentence))

    def field_of(self, problem: str) -> str:
        return problem


class WhatForm(StepForm):
    """Step 1: what happened, what is asked for, where and when (什么事)."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("您想做什么"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项；拿不准就选“请求解决一件事”。")},
    )
    text = forms.CharField(
        label=gettext_lazy("发生了什么事"),
        help_text=gettext_lazy("想到什么写什么：什么时候、在哪里、谁、怎么样。写错字没关系，口语也可以。"),
        widget=area(8),
        error_messages={"required": gettext_lazy("请写一写发生了什么事，几句话也可以。")},
    )
    region_code = forms.ChoiceField(
        label=gettext_lazy("事情发生在哪里"), choices=region_choices, required=False
    )
    place = forms.CharField(
        label=gettext_lazy("具体地点"),
        help_text=gettext_lazy("比如：村东头水泥路、某小区3号楼。"),
        max_length=200,
        required=False,
        error_messages={"max_length": gettext_lazy("地点最多200个字，其余的写在上面的经过里。")},
    )
    happened = forms.CharField(
        label=gettext_lazy("什么时候发生的"),
        help_text=gettext_lazy("大概就行，比如：去年秋收以后。"),
        max_length=100,
        required=False,
        error_messages={"max_length": gettext_lazy("时间最多100个字，其余的写在上面的经过里。")},
    )

    def __init__(self, *args: object, demands: int = 1, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through to Django as they are
        self.demand_count = max(1, demands)
        for index in range(1, self.demand_count + 1):
            self.fields[f"demand_{index}"] = forms.CharField(
                label=_("第%(index)s项诉求") % {"index": index} if self.demand_count > 1 else _("您的诉求"),
                required=index == 1,
                widget=area(2),
                error_messages={"required": _("请写明希望解决什么问题、达到什么结果。")},
            )

    @property
    def demand_fields(self) -> list[forms.BoundField]:
        return [self[f"demand_{index}"] for index in range(1, self.demand_count + 1)]

    def field_of(self, problem: str) -> str:
        return "demand_1" if problem == "demands" else problem


class WhoForm(StepForm):
    """Step 2: who asks, and who may know (您是谁)."""

    naming = forms.ChoiceField(
        label=gettext_lazy("您希望谁知道您的姓名"),
        choices=NAMINGS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选择实名、要求保密或者匿名。")},
    )
    name = forms.CharField(
        label=gettext_lazy("姓名"), required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    address = forms.CharField(
        label=gettext_lazy("住址"),
        help_text=gettext_lazy("需要邮寄答复的，请写能收到信的地址。"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    id_number = forms.CharField(
        label=gettext_lazy("身份证号"),
        help_text=gettext_lazy("不填也照样登记。只有办这件事必须核对身份时才用得上。"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.CharField(
        label=gettext_lazy("电子邮箱"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    head_count = forms.IntegerField(
        label=gettext_lazy("一共几个人"),
        help_text=gettext_lazy("连您自己在内。一个人反映就是1。"),
        min_value=1,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("请填写人数，一个人就填1。"),
            "invalid": gettext_lazy("人数请填写数字，一个人就填1。"),
            "min_value": gettext_lazy("人数至少是1。"),
            "max_value": gettext_lazy("人数请填写实际人数。"),
        },
    )

    def __init__(self, *args: object, others: int = 0, is_accusation: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through to Django as they are
        self.other_count = others
        for index in range(1, others + 1):
            self._add_other(index)
        if is_accusation:
            self.fields["accused_agency_id"] = forms.ChoiceField(
                label=_("检举控告的是哪个单位，或者那个人在哪个单位"), choices=accused_choices, required=False
            )
            self.fields["accused"] = forms.CharField(
                label=_("具体是谁"),
                help_text=_("单位、部门或者人员的姓名、职务，知道多少写多少。"),
                max_length=200,
                required=False,
                error_messages={"max_length": _("这一栏最多200个字，其余的写在经过里。")},
            )

    def _add_other(self, index: int) -> None:
        self.fields[f"other_{index}_capacity"] = forms.ChoiceField(
            label=_("第%(index)s位的身份") % {"index": index}, choices=CAPACITIES, required=False
        )
        self.fields[f"other_{index}_name"] = forms.CharField(
            label=_("第%(index)s位的姓名") % {"index": index}, required=False, max_length=60
        )
        self.fields[f"other_{index}_phone"] = forms.CharField(
            label=_("第%(index)s位的电话") % {"index": index}, required=False
        )
        self.fields[f"other_{index}_power"] = forms.BooleanField(
            label=_("有书面授权委托书（代理人必须有，下一步请拍照上传）"), required=False
        )

    @property
    def identity_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "phone", "address", "id_number", "email")]

    @property
    def accused_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("accused_agency_id", "accused") if name in self.fields]

    @property
    def other_groups(self) -> list[tuple[int, list[forms.BoundField]]]:
        parts = ("capacity", "name", "phone", "power")
        return [
            (index, [self[f"other_{index}_{part}"] for part in parts])
            for index in range(1, self.other_count + 1)
        ]

    def field_of(self, problem: str) -> str:
        if problem.startswith("other_") and problem.count("_") == 1:
            return f"{problem}_name"
        return {"accused_agency": "accused_agency_id", "others": "head_count"}.get(problem, problem)


class CheckForm(StepForm):
    """Step 4: which office receives it (交给谁)."""

    office_id = forms.ChoiceField(
        label=gettext_lazy("交给哪个单位登记"),
        help_text=gettext_lazy("不确定就交给信访局，由它分给该管的单位，您不用自己跑。"),
        error_messages={
            "required": gettext_lazy("请选择一个接收单位；不确定就选信访局。"),
            "invalid_choice": gettext_lazy("请从列表中选择接收单位；被检举控告的单位和它的下属单位不能选。"),
        },
    )

    def __init__(self, *args: object, content: DraftContent, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through to Django as they are
        field = self.fields["office_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = agency_choices(without=accused_tree(content))

    def field_of(self, problem: str) -> str:
        return {"office": "office_id"}.get(problem, problem)


def accused_tree(content: DraftContent) -> frozenset[int]:
    """The accused agency and everything under it, which must not receive the accusation.

    The discipline organ stays open even when the county itself is accused: somebody must take it.

    Law: 《信访工作条例》(2022) 第三十条.
    """
    directory, accused = agency_directory(), content.accused_agency_id
    if not content.is_accusation or accused is None or directory.get(accused) is None:
        return frozenset()
    under = directory.subtree(accused) - {accused}
    return frozenset({accused, *(agency for agency in under if not directory[agency].is_discipline)})
