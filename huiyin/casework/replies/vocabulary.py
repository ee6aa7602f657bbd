"""The choices of casework with their labels (选项用语), for pages: an interface never touches the tables."""

from huiyin.casework.cases.models import Capacity, InvolvementRole, Naming, Settled
from huiyin.casework.matching.models import LinkKind
from huiyin.casework.replies.models import DeliveryMethod, Examination, RatedBody, ReplyState, Score
from huiyin.casework.routing.models import ObjectionDecision, ReferralState

__all__ = [
    "Capacity",
    "DeliveryMethod",
    "Examination",
    "InvolvementRole",
    "LinkKind",
    "Naming",
    "ObjectionDecision",
    "RatedBody",
    "ReferralState",
    "ReplyState",
    "Score",
    "Settled",
]
