"""Who has the power, as a proposal with its reason (管辖建议)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from huiyin.casework.replies.selectors.rows import DemandRow
from huiyin.interfaces.ui import labels
from huiyin.interfaces.ui.legal import article_of, said
from huiyin.interfaces.ui.parts import Notice
from huiyin.law.branches import Branch
from huiyin.law.jurisdiction import ACCUSED_NEVER, Remit, propose
from huiyin.law.profiles import DEFAULT_PROFILE
from huiyin.records.agencies.directories import AgencyDirectory
from huiyin.records.agencies.selectors import agency_directory


@dataclass(frozen=True, slots=True)
class ProposalView:
    """The agency proposed and the box that says why (管辖建议)."""

    agency_id: int | None
    notice: Notice


def proposal_for(demand: DemandRow, region_code: str) -> ProposalView:
    """Propose who should handle a demand as it is sorted now (管辖建议)."""
    return proposal_of(
        content_class=demand.content_class,
        region_code=region_code,
        branch=demand.branch,
        accused_id=demand.accused_id,
    )


def proposal_of(
    *, content_class: str, region_code: str, branch: str = "", accused_id: int | None = None
) -> ProposalView:
    """Propose by remit; an accusation goes to the discipline organ whatever the class (第三十条)."""
    directory = agency_directory()
    if branch == Branch.ACCUSATION:
        return _discipline(directory, accused_id)
    accused = directory.get(accused_id)
    # Where nobody named the place, the whole county is meant.
    region_code = region_code or next((entry.region_code for entry in directory), "")
    found = propose(_remits(directory), content_class, region_code, accused.code if accused else None)
    agency = directory.by_code(found.agency_code) if found.agency_code else None
    others = [directory.by_code(code) for code in found.alternatives[:4]]
    names = _("、").join(labels.agency_name(entry.id) for entry in others if entry)
    return ProposalView(
        agency.id if agency else None,
        Notice(
            title=_("管辖建议：%(agency)s") % {"agency": labels.agency_name(agency.id)}
            if agency
            else _("管辖建议：请人工确定"),
            text=said(found.reason_zh, found.reason_en),
            article=article_of(found.citation),
            next_step=_("也可考虑：%(agencies)s。") % {"agencies": names} if names else "",
        ),
    )


def _discipline(directory: AgencyDirectory, accused_id: int | None) -> ProposalView:
    fitting = [entry for entry in directory.active() if entry.is_discipline and entry.id != accused_id]
    agency = fitting[0] if fitting else None
    return ProposalView(
        agency.id if agency else None,
        Notice(
            title=_("管辖建议：%(agency)s") % {"agency": labels.agency_name(agency.id)}
            if agency
            else _("管辖建议：请人工确定"),
            text=_("检举控告移送有管理权限的纪检监察机关，材料密封，不得转给被检举的单位。"),
            article=article_of(ACCUSED_NEVER),
        ),
    )


def _remits(directory: AgencyDirectory) -> tuple[Remit, ...]:
    return _remits_of(directory)


@lru_cache(maxsize=2)
def _remits_of(directory: AgencyDirectory) -> tuple[Remit, ...]:
    """The remits of the units that decide; offices that only pass on are no answer to "who has the power"."""
    return tuple(_each(directory))


def _each(directory: AgencyDirectory) -> Iterator[Remit]:
    for entry in directory.active():
        if entry.profile == DEFAULT_PROFILE:
            for remit in entry.remits:
                yield Remit(entry.code, remit.class_prefix, remit.region_prefix)
