"""Words for codes (编码的文字): stages, branches, classes, places, agencies in the language of the page."""

from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from huiyin.casework.cases.selectors import WorkRow
from huiyin.casework.intake.channels import BY_CODE
from huiyin.interfaces.ui.legal import said
from huiyin.interfaces.ui.parts import Text
from huiyin.law.branches import Branch, branch_rule
from huiyin.law.stages import STAGE_LABELS, Stage
from huiyin.records.agencies.directories import AgencyEntry
from huiyin.records.agencies.selectors import agency_directory, class_directory, region_directory

PLACE_ZONE = ZoneInfo("Asia/Shanghai")


def language() -> str:
    return get_language() or "zh-hans"


def stage_text(stage: str) -> str:
    """The stage of a demand (诉求状态)."""
    return said(*STAGE_LABELS[Stage(stage)])


def branch_text(branch: str) -> str:
    """The legal branch (诉求类别), nothing while unsorted."""
    if not branch:
        return ""
    rule = branch_rule(branch)
    return said(rule.label_zh, rule.label_en)


def branch_choices() -> list[tuple[str, str]]:
    return [(branch.value, branch_text(branch)) for branch in Branch]


def stage_choices() -> list[tuple[str, str]]:
    return [(stage.value, stage_text(stage)) for stage in Stage]


def class_text(code: str) -> str:
    """The content class (内容分类)."""
    return class_directory().name(code, language())


def channel_text(code: str) -> Text:
    """The channel (渠道); an unknown code stands for itself."""
    channel = BY_CODE.get(code)
    return channel.name if channel else code


def agency_entry(agency_id: int) -> AgencyEntry:
    """An agency with its address and hours."""
    return agency_directory()[agency_id]


def agency_text(agency_id: int | None) -> str:
    """The name of an agency (单位名称)."""
    return agency_directory().name(agency_id, language())


def place_text(row: WorkRow) -> str:
    """Where the problem is: the words given, or else the place on the list."""
    return row.place or region_text(row.region_code)


def region_text(code: str) -> str:
    """The name of a place (属地)."""
    return region_directory().name(code, language())
