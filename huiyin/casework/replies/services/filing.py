"""Filing a scan together with the step it proves (附件随步骤入卷): both are kept, or neither."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.refusals import NotThere
from huiyin.casework.cases.scope import demands_visible_to
from huiyin.records.accounts.models import User
from huiyin.records.documents.preparing import PreparedFile
from huiyin.records.documents.services import attachment_attach
from huiyin.records.ledger.services import Line, actor_of, ledger_append

T = TypeVar("T")


@transaction.atomic
def step_with_file(
    *,
    demand_id: int,
    prepared: PreparedFile | None,
    act: Callable[[int | None], T],
    by: User,
    at: datetime,
) -> T:
    """Take a step with its scan (随步骤附件): `act` gets the attachment's number and takes the step.

    If the step is refused, the file is not in the dossier either.
    """
    if prepared is None:
        return act(None)
    demand = demands_visible_to(by).filter(pk=demand_id).first()
    if demand is None:
        raise NotThere(_("没有这项诉求，或者您无权查看。"))
    attachment = attachment_attach(
        matter_id=demand.case_id,
        submission_id=None,
        demand_id=demand.pk,
        prepared=prepared,
        by=by,
        at=at,
        is_from_petitioner=False,
        is_sealed=demand.is_sealed,
    )
    done = act(attachment.pk)
    ledger_append(
        matter_id=demand.case_id,
        events=[
            Line("case.attached", {"count": 1, "digest": attachment.digest, "attachment": attachment.pk})
        ],
        at=at,
        actor=actor_of(by),
        agency_id=by.agency_id,
    )
    return done
