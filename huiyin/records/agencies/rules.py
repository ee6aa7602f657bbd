"""What reference data must be like, for files and pages alike; every breach is a sentence (基础数据规则)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from huiyin.law.profiles import profiles
from huiyin.records.agencies.models import Agency, AgencyKind, ContentClass, Profile, Region, RegionLevel

Values = dict[str, Any]
"""One row as field → value; parents by code, the remit of an agency as sorted pairs of prefixes."""

REGION_FIELDS = ("name", "name_en", "level", "parent_code", "is_active")
CLASS_FIELDS = ("name", "name_en", "parent_code", "version", "is_active")
AGENCY_FIELDS = (
    "name",
    "name_en",
    "short_name",
    "kind",
    "parent_code",
    "region_code",
    "profile",
    "is_discipline",
    "takes_petitions",
    "reception_place",
    "reception_hours",
    "phone",
    "postal_address",
    "document_word",
    "position",
    "is_active",
    "remits",
)
PUBLISHED = ("reception_place", "reception_hours", "phone", "postal_address")
PROFILES_OF_KIND: Mapping[str, tuple[str, ...]] = {
    AgencyKind.PETITION_OFFICE: (Profile.PETITION_OFFICE,),
    AgencyKind.NPC: (Profile.NPC_TRANSFER, Profile.NPC_REDIRECT),
    AgencyKind.NPC_PRESIDIUM: (Profile.NPC_TRANSFER, Profile.NPC_REDIRECT),
    AgencyKind.HOTLINE: (Profile.HOTLINE_12345,),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A breach: which entry, which field, and what is wrong and how to mend it."""

    code: str
    field: str
    sentence: str

    def __str__(self) -> str:
        return (
            f"{self.code} · {self.field}: {self.sentence}" if self.field else f"{self.code}: {self.sentence}"
        )


def region_level(code: str) -> str:
    """Read the level of a place off its code: trailing zeros stand for the levels below."""
    if code.endswith("000000"):
        return RegionLevel.COUNTY
    return RegionLevel.TOWNSHIP if code.endswith("000") else RegionLevel.VILLAGE


def region_parent(code: str) -> str:
    """Read the code of the place around this one off its code."""
    kept = {RegionLevel.COUNTY: 0, RegionLevel.TOWNSHIP: 6}.get(RegionLevel(region_level(code)), 9)
    return code[:kept].ljust(12, "0") if kept else ""


def region_prefix(code: str) -> str:
    """Cut a code down to what all places inside that place share."""
    return code[: {RegionLevel.COUNTY: 6, RegionLevel.TOWNSHIP: 9}.get(RegionLevel(region_level(code)), 12)]


def shape_problems(model: type[models.Model], code: str, values: Values) -> Iterable[Problem]:
    """Ask the table itself: lengths, choices, compulsory fields."""
    names = {field.name for field in model._meta.concrete_fields}
    row = model(code=code, **{name: value for name, value in values.items() if name in names})
    try:
        row.clean_fields(exclude={"parent", "edited_fields", "revision"})
    except ValidationError as invalid:
        for field, messages in invalid.message_dict.items():
            yield Problem(code, field, " ".join(messages))


def region_problems(regions: Mapping[str, Values]) -> Iterable[Problem]:
    """Places: twelve digits, level and parent as the code says, the parent there."""
    for code, values in regions.items():
        if not re.fullmatch(r"[0-9]{12}", code):
            yield Problem(code, "code", _("区划代码应为12位数字（GB/T 2260、GB/T 10114）。"))
            continue
        yield from shape_problems(Region, code, values)
        parent = region_parent(code)
        if parent and not regions.get(parent, {}).get("is_active", False) and values["is_active"]:
            yield Problem(code, "parent_code", _("上级区划 %s 不存在或已停用，请先登记上级。") % parent)


def class_problems(classes: Mapping[str, Values]) -> Iterable[Problem]:
    """Content classes: a parent that is there and whose code begins the child's."""
    for code, values in classes.items():
        yield from shape_problems(ContentClass, code, values)
        parent = values["parent_code"]
        if not parent:
            continue
        if parent not in classes:
            yield Problem(code, "parent_code", _("上级分类 %s 不存在。") % parent)
        elif values["is_active"] and not classes[parent]["is_active"]:
            yield Problem(code, "parent_code", _("上级分类 %s 已停用，请先启用上级或一并停用。") % parent)


def agency_problems(
    agencies: Mapping[str, Values], *, class_codes: Iterable[str], region_codes: Iterable[str]
) -> Iterable[Problem]:
    """Agencies: each alone, then the tree, then what must not be said twice."""
    all_classes, all_regions = tuple(class_codes), tuple(region_codes)
    for code, values in agencies.items():
        yield from shape_problems(Agency, code, values)
        yield from kind_problems(code, values)
        yield from publication_problems(code, values)
        yield from place_problems(code, values, all_classes, all_regions)
    yield from tree_problems(agencies)
    yield from word_problems(agencies)


def kind_problems(code: str, values: Values) -> Iterable[Problem]:
    """The kind decides which profiles are possible and who is a discipline organ."""
    allowed = PROFILES_OF_KIND.get(values["kind"], (Profile.UNIT,))
    chosen = profiles().get(values["profile"])
    if chosen is not None and (chosen.extends or chosen.id) not in allowed:
        yield Problem(
            code,
            "profile",
            _("机构类型 %(kind)s 的办理规则应为：%(expected)s。")
            % {"kind": values["kind"], "expected": "、".join(allowed)},
        )
    if values["kind"] == AgencyKind.SUPERVISION and not values["is_discipline"]:
        yield Problem(code, "is_discipline", _("纪检监察机关必须标明，检举控告材料依此确定去向。"))


def publication_problems(code: str, values: Values) -> Iterable[Problem]:
    """Whoever takes petitions publishes where, when and how.

    Law: 信访工作条例 Art. 18 (address, telephone, time and place of reception are made public).
    """
    if not (values["takes_petitions"] and values["is_active"]):
        return
    for field in PUBLISHED:
        if not values[field]:
            yield Problem(
                code,
                field,
                _(
                    "受理群众信访的机构须公布接待地点、时间、电话和通信地址（信访工作条例第十八条）；请填写，或取消“受理群众信访”。"
                ),
            )


def place_problems(
    code: str, values: Values, class_codes: tuple[str, ...], region_codes: tuple[str, ...]
) -> Iterable[Problem]:
    """The seat and the remit name places and classes that exist."""
    if values["region_code"] not in region_codes:
        yield Problem(code, "region_code", _("区划 %s 不存在。") % values["region_code"])
    for class_prefix, region_prefix in values["remits"]:
        if not any(known.startswith(class_prefix) for known in class_codes):
            yield Problem(code, "remits", _("没有以 %s 开头的内容分类。") % class_prefix)
        if not any(known.startswith(region_prefix) for known in region_codes):
            yield Problem(code, "remits", _("没有以 %s 开头的区划。") % region_prefix)


def tree_problems(agencies: Mapping[str, Values]) -> Iterable[Problem]:
    """One root, no circles, and nobody works under a closed agency."""
    roots = [code for code, values in agencies.items() if not values["parent_code"] and values["is_active"]]
    for code in roots[1:]:
        yield Problem(
            code,
            "parent_code",
            _("%s 已是顶层机构；两个顶层机构之间没有共同上级，争议无法指定，请填写上级机构。") % roots[0],
        )
    for code, values in agencies.items():
        parent = values["parent_code"]
        if parent and parent not in agencies:
            yield Problem(code, "parent_code", _("上级机构 %s 不存在。") % parent)
        elif parent and values["is_active"] and not agencies[parent]["is_active"]:
            yield Problem(code, "parent_code", _("上级机构 %s 已停用，请先改到别的上级。") % parent)
        elif is_in_circle(code, agencies):
            yield Problem(code, "parent_code", _("上级机构形成循环，请改选上级。"))


def is_in_circle(code: str, agencies: Mapping[str, Values]) -> bool:
    """Say whether going up from an agency never reaches a root."""
    seen: set[str] = set()
    while code in agencies:
        if code in seen:
            return True
        seen.add(code)
        code = agencies[code]["parent_code"]
    return False


def word_problems(agencies: Mapping[str, Values]) -> Iterable[Problem]:
    """Two agencies with one document word would issue two documents with one number (文号代字)."""
    holders: dict[str, str] = {}
    for code, values in agencies.items():
        word = values["document_word"]
        if not word or not values["is_active"]:
            continue
        if word in holders:
            yield Problem(
                code,
                "document_word",
                _("文号代字“%(word)s”已由 %(holder)s 使用，请改用别的代字。")
                % {"word": word, "holder": holders[word]},
            )
        holders.setdefault(word, code)
