"""What a petitioner can do about a reply (救济): printed on it, by branch and by who answers."""

from huiyin.casework.cases.models import Demand
from huiyin.law.branches import branch_rule
from huiyin.law.profiles import profile
from huiyin.records.agencies.selectors import agency_directory


def remedy_of(demand: Demand) -> str:
    """The remedy line of the reply: 30 days for re-examination and its body, or what there is instead.

    Law: 《信访工作条例》(2022) 第三十五条; petition opinions are outside administrative litigation.
    """
    return remedy_for(branch=demand.branch, holder_id=demand.holder_id)


def remedy_for(*, branch: str, holder_id: int) -> str:
    """The remedy line by branch and by who answers, for the reply and its preview."""
    rule = branch_rule(branch)
    directory = agency_directory()
    holder = directory[holder_id]
    if not rule.has_review or not profile(holder.profile).has_review_chain:
        return rule.remedies_zh
    superior = directory.get(holder.parent_id)
    body = superior.name if superior else "上一级机关"
    return (
        f"对本处理意见不服的，可以自收到之日起30日内向{body}提出书面复查申请（《信访工作条例》第三十五条）。"
    )
