"""What the office and the receiving units do with a demand: sort, send, receive, object, decide, refuse."""

from huiyin.casework.routing.services.assisting import assist_opine, assist_receive
from huiyin.casework.routing.services.objections import (
    demand_object,
    dispute_designate,
    objection_decide,
)
from huiyin.casework.routing.services.outcomes import (
    demand_answer,
    demand_decline,
    demand_file,
    demand_redirect,
    demand_route,
    demand_withdraw,
)
from huiyin.casework.routing.services.receiving import demand_accept, demand_self_handle, demand_take
from huiyin.casework.routing.services.sending import demand_assign, demand_forward, demand_sort

__all__ = [
    "assist_opine",
    "assist_receive",
    "demand_accept",
    "demand_answer",
    "demand_assign",
    "demand_decline",
    "demand_file",
    "demand_forward",
    "demand_object",
    "demand_redirect",
    "demand_route",
    "demand_self_handle",
    "demand_sort",
    "demand_take",
    "demand_withdraw",
    "dispute_designate",
    "objection_decide",
]
