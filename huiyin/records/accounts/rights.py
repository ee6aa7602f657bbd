"""The vocabulary of rights and what each role and duty may do (权限).

A right says what somebody may do at all; which matters they may do it to is the scope of their agency
(see the selectors of casework). Work is held by agencies and never by persons, so a leaving colleague
strands nothing: whoever of the unit has the right goes on.
"""

from collections.abc import Mapping
from enum import StrEnum, auto
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


class Right(StrEnum):
    """Everything a person can be allowed to do, in alphabetical order."""

    ACCOUNT_MANAGE = auto()
    ACCUSATION_HANDLE = auto()
    AGENCY_EDIT = auto()
    CASE_LINK = auto()
    CASE_READ = auto()
    CASE_REGISTER = auto()
    CASE_SORT = auto()
    DEMAND_ACCEPT = auto()
    DEMAND_ANSWER = auto()
    DEMAND_ASSIGN = auto()
    DEMAND_CLOSE = auto()
    DEMAND_DECLINE = auto()
    DEMAND_FILE = auto()
    DEMAND_FORWARD = auto()
    DEMAND_HANDLE = auto()
    DEMAND_OBJECT = auto()
    DEMAND_REDIRECT = auto()
    DEMAND_ROUTE = auto()
    DEMAND_WITHDRAW = auto()
    DISPUTE_DESIGNATE = auto()
    EXPORT = auto()
    EXTENSION_APPROVE = auto()
    EXTENSION_REQUEST = auto()
    IDENTITY_DISCLOSE = auto()
    LEDGER_AUDIT = auto()
    OBJECTION_DECIDE = auto()
    REFERENCE_EDIT = auto()
    REPLY_DRAFT = auto()
    REPLY_ISSUE = auto()
    REPLY_REVIEW = auto()
    REPLY_SERVE = auto()
    REPORT_BACK = auto()
    REPORT_EXAMINE = auto()
    SECURITY_MANAGE = auto()


class Duty(StrEnum):
    """The four kinds of account, of which the last three exclude one another and all casework (三员分离)."""

    CASEWORK = auto()
    SYSTEM_ADMIN = auto()
    SECURITY_ADMIN = auto()
    AUDITOR = auto()


DUTY_NAMES: Mapping[str, StrPromise] = MappingProxyType(
    {
        Duty.CASEWORK: _("业务人员"),
        Duty.SYSTEM_ADMIN: _("系统管理员"),
        Duty.SECURITY_ADMIN: _("安全管理员"),
        Duty.AUDITOR: _("审计管理员"),
    }
)

ROLE_NAMES: Mapping[str, StrPromise] = MappingProxyType(
    {
        "accusation_officer": _("检举控告专办员"),
        "deputy": _("人大代表"),
        "dispatcher": _("分流员"),
        "handler": _("承办人"),
        "hearing_chair": _("听证主持人"),
        "hotline_agent": _("话务员"),
        "knowledge_editor": _("知识库编辑"),
        "npc_clerk": _("人大信访工作人员"),
        "quality_checker": _("质检回访员"),
        "reception_leader": _("接访领导"),
        "registrar": _("登记员"),
        "review_officer": _("复查复核员"),
        "reviewer": _("审核人"),
        "signer": _("签发人"),
        "supervisor": _("督办员"),
    }
)

REGISTRAR = frozenset(
    {
        Right.CASE_LINK,
        Right.CASE_READ,
        Right.CASE_REGISTER,
        Right.DEMAND_ANSWER,
        Right.DEMAND_WITHDRAW,
        Right.EXPORT,
        Right.IDENTITY_DISCLOSE,
    }
)
DISPATCHER = REGISTRAR | {
    Right.CASE_SORT,
    Right.DEMAND_ACCEPT,
    Right.DEMAND_ASSIGN,
    Right.DEMAND_DECLINE,
    Right.DEMAND_FILE,
    Right.DEMAND_FORWARD,
    Right.DEMAND_OBJECT,
    Right.DEMAND_REDIRECT,
    Right.DEMAND_ROUTE,
    Right.OBJECTION_DECIDE,
    Right.REPORT_EXAMINE,
}
HANDLER = frozenset(
    {
        Right.CASE_LINK,
        Right.CASE_READ,
        Right.CASE_SORT,
        Right.DEMAND_ACCEPT,
        Right.DEMAND_ANSWER,
        Right.DEMAND_CLOSE,
        Right.DEMAND_HANDLE,
        Right.DEMAND_OBJECT,
        Right.DEMAND_ROUTE,
        Right.DEMAND_WITHDRAW,
        Right.EXPORT,
        Right.EXTENSION_REQUEST,
        Right.IDENTITY_DISCLOSE,
        Right.REPLY_DRAFT,
        Right.REPLY_SERVE,
        Right.REPORT_BACK,
    }
)
REVIEWER = frozenset(
    {
        Right.CASE_READ,
        Right.DEMAND_DECLINE,
        Right.DEMAND_REDIRECT,
        Right.DEMAND_ROUTE,
        Right.EXPORT,
        Right.IDENTITY_DISCLOSE,
        Right.REPLY_REVIEW,
    }
)

ROLE_RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        "accusation_officer": frozenset({Right.ACCUSATION_HANDLE, Right.CASE_READ, Right.IDENTITY_DISCLOSE}),
        "deputy": frozenset(),
        "dispatcher": DISPATCHER,
        "handler": HANDLER,
        "hearing_chair": frozenset({Right.CASE_READ}),
        "hotline_agent": REGISTRAR - {Right.EXPORT} | {Right.CASE_SORT, Right.DEMAND_FORWARD},
        "knowledge_editor": frozenset({Right.REFERENCE_EDIT}),
        "npc_clerk": DISPATCHER,
        "quality_checker": frozenset({Right.CASE_READ, Right.IDENTITY_DISCLOSE}),
        "reception_leader": frozenset({Right.CASE_READ, Right.DEMAND_ASSIGN, Right.IDENTITY_DISCLOSE}),
        "registrar": REGISTRAR,
        "review_officer": HANDLER - {Right.CASE_LINK, Right.DEMAND_ANSWER, Right.DEMAND_ROUTE},
        "reviewer": REVIEWER,
        "signer": REVIEWER | {Right.EXTENSION_APPROVE, Right.REPLY_ISSUE},
        "supervisor": frozenset(
            {
                Right.CASE_READ,
                Right.DISPUTE_DESIGNATE,
                Right.EXPORT,
                Right.OBJECTION_DECIDE,
                Right.REPORT_EXAMINE,
            }
        ),
    }
)

DUTY_RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        Duty.CASEWORK: frozenset(),
        Duty.SYSTEM_ADMIN: frozenset({Right.ACCOUNT_MANAGE, Right.AGENCY_EDIT, Right.REFERENCE_EDIT}),
        Duty.SECURITY_ADMIN: frozenset({Right.SECURITY_MANAGE}),
        Duty.AUDITOR: frozenset({Right.LEDGER_AUDIT}),
    }
)


@lru_cache(maxsize=256)
def rights_of(duty: str, roles: str) -> frozenset[str]:
    """All rights of an account with this duty and these space-separated roles; unknown words give nothing."""
    granted: set[str] = set(DUTY_RIGHTS.get(duty, frozenset()))
    if duty == Duty.CASEWORK:
        for role in roles.split():
            granted |= ROLE_RIGHTS.get(role, frozenset())
    return frozenset(granted)
