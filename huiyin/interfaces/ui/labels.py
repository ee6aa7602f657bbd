"""The words people read for the codes the records hold (代码的叫法); an unknown code is shown as it is."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar, cast

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.casework.intake.channels import BY_CODE as CHANNELS
from huiyin.casework.replies.vocabulary import (
    Capacity,
    DeliveryMethod,
    Examination,
    InvolvementRole,
    LinkKind,
    Naming,
    ObjectionDecision,
    RatedBody,
    ReferralState,
    ReplyState,
    Score,
    Settled,
)
from huiyin.interfaces.ui.legal import said
from huiyin.law.acceptance import grounds
from huiyin.law.branches import PURPOSE_LABELS, BranchRule, branch_rules
from huiyin.law.clock_rules import base_rules
from huiyin.law.handling import HANDLING_STEP_LABELS, OUTCOME_LABELS
from huiyin.law.lifecycle import STAGE_LABELS, STEP_LABELS
from huiyin.law.privacy import PURPOSES, PurposeRule
from huiyin.records.agencies.selectors import agency_directory, class_directory, region_directory
from huiyin.records.documents.kinds import kind_of

K = TypeVar("K", bound=StrEnum)


def _language() -> str:
    return get_language() or "zh-hans"


def agency_name(agency_id: object) -> str:
    """The name of an agency by its id (单位名称)."""
    return agency_directory().name(agency_id, _language()) if isinstance(agency_id, int) else ""


def agency_names(agency_ids: object) -> str:
    """Several agencies in one phrase."""
    if not isinstance(agency_ids, Iterable) or isinstance(agency_ids, str):
        return agency_name(agency_ids)
    return _("、").join(name for name in map(agency_name, agency_ids) if name)


def class_name(code: str) -> str:
    """A content class with the ones above it: 农业农村 / 土地承包 (内容分类)."""
    path = class_directory().path(code)
    return " / ".join(entry.name_in(_language()) for entry in path) or code


def region_name(code: str) -> str:
    """A place with everything around it (问题属地)."""
    return region_directory().full_name(code, _language()) or code


def branch(code: str) -> str:
    rule = cast(Mapping[str, BranchRule], branch_rules()).get(code)
    return said(rule.label_zh, rule.label_en) if rule else code


def stage(code: str) -> str:
    return _pair(STAGE_LABELS, code)


def step(code: str) -> str:
    return _pair(STEP_LABELS, code)


def outcome(code: str) -> str:
    """What a reply decided, or the step that ended the demand without one (结果)."""
    known = _pair(OUTCOME_LABELS, code)
    return known if known != code else _pair(STEP_LABELS, code)


def five_step(code: str) -> str:
    return _pair(HANDLING_STEP_LABELS, code)


def petition_purpose(code: str) -> str:
    return _pair(PURPOSE_LABELS, code)


def look_purpose(code: str) -> str:
    """For what an identity was looked at (查阅目的)."""
    rule = cast(Mapping[str, PurposeRule], PURPOSES).get(code)
    return said(rule.text_zh, rule.text_en) if rule else code


def channel(code: str) -> str:
    return str(CHANNELS[code].name) if code in CHANNELS else code


def document_kind(code: str) -> str:
    try:
        return str(kind_of(code).name)
    except KeyError:
        return code


def ground(code: str) -> str:
    row = grounds().get(code)
    return said(row.title_zh, row.title_en) if row else code


def clock_rule(code: str) -> str:
    rule = base_rules().get(code)
    return said(rule.title_zh, rule.title_en) if rule else code


def naming(code: str) -> str:
    return _choice(Naming, code)


def capacity(code: str) -> str:
    return _choice(Capacity, code) if code else _("信访人")


def involvement(code: str) -> str:
    return _choice(InvolvementRole, code)


def settled(code: str) -> str:
    return _choice(Settled, "" if code == "unknown" else code)


def method(code: str) -> str:
    return _choice(DeliveryMethod, code)


def score(code: str) -> str:
    return _choice(Score, code)


def rated_body(code: str) -> str:
    return _choice(RatedBody, code)


def link_kind(code: str) -> str:
    return _choice(LinkKind, code)


def examination(code: str) -> str:
    return _choice(Examination, code)


def reply_state(code: str) -> str:
    return _choice(ReplyState, code)


def referral_state(code: str) -> str:
    return _choice(ReferralState, code)


def objection_decision(code: str) -> str:
    return _choice(ObjectionDecision, code)


def _choice(choices: type[TextChoices], code: str) -> str:
    return str(choices(code).label) if code in choices.values else code


def _pair(labels: Mapping[K, tuple[str, str]], code: str) -> str:
    # The keys are string enumerations, so a plain code finds them.
    pair = cast(Mapping[str, tuple[str, str]], labels).get(code)
    return said(*pair) if pair else code


# How a field of a ledger line is turned into words, by its name.
OF_FIELD: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "branch": branch,
        "channel": channel,
        "content_class": class_name,
        "document_kind": document_kind,
        "examination": examination,
        "five_step": five_step,
        "ground": ground,
        "kind": link_kind,
        "method": method,
        "naming": naming,
        "outcome": outcome,
        "rated_body": rated_body,
        "rule": clock_rule,
        "score": score,
        "settled": settled,
    }
)
