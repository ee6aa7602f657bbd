"""What must hold between casework and ledger (勾稽核对), beyond the chains themselves.

The ledger proves that its own lines are as written. This compares them with the tables they speak of: every
matter has a chain, what people handed in and what was issued is what the ledger's digests say, and
whoever owes the next step has a clock.
"""

import json
from collections.abc import Callable, Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from huiyin.casework.cases.models import Case, Clock, Demand, Submission
from huiyin.casework.cases.numbers import case_number
from huiyin.law.lifecycle import CLOCKED_STAGES
from huiyin.records.documents.models import Document
from huiyin.records.documents.services import document_digest
from huiyin.records.ledger.chain import sm3
from huiyin.records.ledger.models import ChainHead, Entry


def faults() -> Iterator[str]:
    """Every fault as a sentence that names the matter; nothing when all is well."""
    for check in CHECKS:
        yield from check()


def cases_without_chain() -> Iterator[str]:
    """A matter whose whole history is gone, or that was put in behind the ledger's back."""
    chain = ChainHead.objects.filter(matter_id=OuterRef("pk"))
    for year, case_id in Case.objects.filter(~Exists(chain)).values_list("year", "pk").iterator():
        yield _("信访事项 %(number)s 没有台账。") % {"number": case_number(year, case_id)}


def chains_without_case() -> Iterator[str]:
    """A matter that was deleted although its history stands."""
    case = Case.objects.filter(pk=OuterRef("matter_id"))
    for matter_id in ChainHead.objects.filter(~Exists(case)).values_list("matter_id", flat=True).iterator():
        yield _("台账中的信访事项 %(matter)s 已从事项表中消失。") % {"matter": matter_id}


def texts_changed() -> Iterator[str]:
    """What a petitioner wrote is not what was registered."""
    firsts = dict.fromkeys(("case.registered", "case.supplemented"))
    lines = Entry.objects.filter(event__in=firsts).values_list("matter_id", "event", "payload")
    for matter_id, event, payload in lines.iterator():
        noted = json.loads(payload)
        own = Submission.objects.filter(case_id=matter_id, is_supplement=event == "case.supplemented")
        if "submission" in noted:
            own = own.filter(pk=noted["submission"])
        text = own.values_list("text", flat=True).first()
        if text is None or sm3(text.encode("utf-8", "replace")).hex() != noted["text_digest"]:
            yield _("信访事项 %(matter)s 的来件原文与登记时不一致。") % {"matter": matter_id}


def documents_changed() -> Iterator[str]:
    """An issued document is not what was issued."""
    for document in Document.objects.order_by("pk").iterator():
        if document_digest(document) != document.digest:
            yield _("文书 %(number)s 与出具时不一致。") % {"number": document.number}
    issued = Entry.objects.filter(event="document.issued").values_list("payload", flat=True)
    for payload in issued.iterator():
        noted = json.loads(payload)
        if not Document.objects.filter(pk=noted["document"], digest=noted["digest"]).exists():
            yield _("文书 %(number)s 与台账记载不一致。") % {"number": noted["number"]}


def demands_without_clock() -> Iterator[str]:
    """Somebody owes the next step and no limit runs: such a demand could lie there unseen."""
    clock = Clock.objects.filter(demand=OuterRef("pk"), stopped_at=None, agency_id__isnull=False)
    idle = Demand.objects.filter(~Exists(clock), stage__in=[stage.value for stage in CLOCKED_STAGES])
    for demand in idle.select_related("case").iterator():
        yield _("信访事项 %(number)s 的第%(position)s项诉求没有在走的期限。") % {
            "number": demand.case.number,
            "position": demand.position,
        }


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    cases_without_chain,
    chains_without_case,
    texts_changed,
    documents_changed,
    demands_without_clock,
)
