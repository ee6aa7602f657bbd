"""Who counts as the accused (被检举单位), and who takes the accusation instead."""

from huiyin.law.branches import Branch
from huiyin.law.confidentiality import may_receive
from huiyin.records.agencies.directories import AgencyEntry
from huiyin.records.agencies.selectors import agency_directory


def barred_by(agency_id: int) -> tuple[int, ...]:
    """Accusations of whom an agency must not see: of itself, and of those it is a part of.

    A discipline organ answers to its own superior, so it stands outside the unit above it in the tree.

    Law: 《信访工作条例》(2022) 第三十条.
    """
    directory = agency_directory()
    agency = directory.get(agency_id)
    if agency is None or agency.is_discipline:
        return (agency_id,)
    return (agency_id, *(superior.id for superior in directory.ancestors(agency_id)))


def is_of_accused(agency_id: int, accused_id: int | None) -> bool:
    """Say whether an agency is the accused or a part of it (被检举单位及其下属)."""
    if accused_id is None:
        return False
    codes = [agency_directory()[barred].code for barred in barred_by(agency_id)]
    verdict = may_receive(
        branch=Branch.ACCUSATION,
        agency_code=codes[0],
        accused_codes=[agency_directory()[accused_id].code],
        superior_codes=codes[1:],
    )
    return not verdict.is_allowed


def discipline_for(accused_id: int | None) -> AgencyEntry | None:
    """The discipline organ that can take an accusation (纪检监察机关), unless it is the accused."""
    organs = (agency for agency in agency_directory().active() if agency.is_discipline)
    return next((organ for organ in organs if not is_of_accused(organ.id, accused_id)), None)
