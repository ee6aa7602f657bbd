"""Ratings (满意度评价): by the petitioner only, office and unit apart; silence is not satisfaction."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.casework.cases.refusals import ChangedMeanwhile, Invalid, NotThere
from huiyin.casework.cases.services import check_lawful
from huiyin.casework.replies.models import RatedBody, Rating, Score
from huiyin.law.lifecycle import Step
from huiyin.records.ledger.services import Line, actor_of, ledger_append

MAX_TEXT = 2000


def rating_give(
    *, case_id: int, demand_id: int, scores: dict[str, str], text: str = "", at: datetime
) -> list[Rating]:
    """Rate office and unit (评价) as the petitioner who holds the query code; once, and nobody edits it.

    Law: 《信访工作条例》(2022) 第二十一条; 《信访事项办理群众满意度评价工作办法》 第三条.
    """
    wrong: dict[str, object] = {
        f"score_{body}": _("请选择满意、基本满意或者不满意。")
        for body, score in scores.items()
        if body not in RatedBody.values or score not in Score.values
    }
    if not scores:
        wrong["score_unit"] = _("请至少评价一个单位；不评价不会被当作满意。")
    if len(text) > MAX_TEXT:
        wrong["text"] = _("评价说明最多%(max)s字。") % {"max": MAX_TEXT}
    if wrong:
        raise Invalid(wrong)
    demand = Demand.objects.filter(pk=demand_id, case_id=case_id).first()
    if demand is None:
        raise NotThere(_("没有这项诉求。"))
    check_lawful(demand, Step.RATE)
    agencies = {RatedBody.OFFICE: demand.office_id, RatedBody.UNIT: demand.lead_id or demand.holder_id}
    try:
        with transaction.atomic():
            ratings = Rating.objects.bulk_create(
                Rating(
                    demand=demand,
                    body=body,
                    agency_id=agencies[RatedBody(body)],
                    score=score,
                    text=text,
                    given_at=at,
                )
                for body, score in scores.items()
            )
            ledger_append(
                matter_id=case_id,
                events=[
                    Line(
                        "rating.given",
                        {"demand": demand_id, "rated_body": rating.body, "score": rating.score},
                    )
                    for rating in ratings
                ],
                at=at,
                actor=actor_of(None),
            )
    except IntegrityError:
        raise ChangedMeanwhile(_("您已经评价过了。评价一经提交，任何人都不能修改，包括工作人员。")) from None
    return ratings
