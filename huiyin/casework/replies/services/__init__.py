"""Handling and answering: evidence, extensions, replies, service, closing reports, ratings."""

from huiyin.casework.replies.services.disclosing import Disclosed, petitioners_disclose
from huiyin.casework.replies.services.extending import extension_decide, extension_request
from huiyin.casework.replies.services.filing import step_with_file
from huiyin.casework.replies.services.rating import rating_give
from huiyin.casework.replies.services.reporting import demand_close, report_back, report_examine
from huiyin.casework.replies.services.serving import document_serve, reply_receive, reply_serve
from huiyin.casework.replies.services.writing import (
    reply_draft,
    reply_issue,
    reply_return,
    reply_submit,
    step_record,
)

__all__ = [
    "Disclosed",
    "demand_close",
    "document_serve",
    "extension_decide",
    "extension_request",
    "petitioners_disclose",
    "rating_give",
    "reply_draft",
    "reply_issue",
    "reply_receive",
    "reply_return",
    "reply_serve",
    "reply_submit",
    "report_back",
    "report_examine",
    "step_record",
    "step_with_file",
]
