"""What the case page, the step pages and the print views of a matter show (事项阅览)."""

from huiyin.casework.replies.selectors.case_page import case_of_demand, case_page, demand_page
from huiyin.casework.replies.selectors.dossiers import (
    attachment_visible_to,
    colleagues_of,
    document_page,
    receipt_lines,
)
from huiyin.casework.replies.selectors.looks import looks_at

__all__ = [
    "attachment_visible_to",
    "case_of_demand",
    "case_page",
    "colleagues_of",
    "demand_page",
    "document_page",
    "looks_at",
    "receipt_lines",
]
