"""Make cases and walk demands along their life, through the same services as the pages (造件)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from huiyin.casework.cases.models import Demand
from huiyin.casework.intake.contract import DemandDraft, Intake
from huiyin.casework.intake.services import Receipt, submission_register
from huiyin.casework.replies import services as replies
from huiyin.casework.routing import services as routing
from huiyin.law.calendar import local_date
from huiyin.records.accounts.models import User
from tests.people import People

_tokens = count(1)
LAND = "02"
TEXT = "我家两亩承包地去年修路时被占用，补偿款至今没有拿到，村里让我等，镇里说不归他们管。"


def an_intake(people: People, **changes: Any) -> Intake:
    """A visit about land, registered by the county petition office, unless something else is said."""
    intake = Intake(
        channel="visit",
        office_id=people.agency_id("petition-office"),
        text=TEXT,
        demands=(DemandDraft(statement="请求支付征地补偿款"),),
        name="周桂兰",
        phone="13900001234",
        place="柳河镇东洼村",
        token=f"test-{next(_tokens)}",
    )
    return replace(intake, **changes)


def a_receipt(people: People, at: datetime, by: User | None = None, **changes: Any) -> Receipt:
    """Register `an_intake` and return what the petitioner takes home."""
    return submission_register(intake=an_intake(people, **changes), by=by or people["clerk"], at=at)


def demand_of(receipt: Receipt, position: int = 1) -> Demand:
    """The demand of a registered case, fresh from the database."""
    return Demand.objects.select_related("case").get(case_id=receipt.case_id, position=position)


@dataclass(frozen=True)
class Walk:
    """Walk one demand step by step; every method returns the demand as it is then."""

    people: People
    demand_id: int
    at: datetime

    @property
    def demand(self) -> Demand:
        return Demand.objects.select_related("case").get(pk=self.demand_id)

    def later(self, days: int) -> "Walk":
        """The same walk some days on."""
        return replace(self, at=self.at + timedelta(days=days))

    def sorted(self, branch: str = "petition", content_class: str = LAND, by: str = "clerk", **values: Any):
        routing.demand_sort(
            demand_id=self.demand_id,
            content_class=content_class,
            branch=branch,
            by=self.people[by],
            at=self.at,
            **values,
        )
        return self.demand

    def forwarded(self, receiver: str = "natural-resources", by: str = "clerk", **values: Any):
        routing.demand_forward(
            demand_id=self.demand_id,
            receiver_id=self.people.agency_id(receiver),
            by=self.people[by],
            at=self.at,
            **values,
        )
        return self.demand

    def assigned(self, receiver: str = "natural-resources", by: str = "clerk", days: int = 60):
        routing.demand_assign(
            demand_id=self.demand_id,
            receiver_id=self.people.agency_id(receiver),
            limit_on=local_date(self.at) + timedelta(days=days),
            requirement="查清补偿款发放情况并报告结果",
            by=self.people[by],
            at=self.at,
        )
        return self.demand

    def accepted(self, by: str = "land_handler", limit_on: date | None = None):
        routing.demand_accept(
            demand_id=self.demand_id,
            contact="0999-5500000",
            limit_on=limit_on,
            by=self.people[by],
            at=self.at,
        )
        return self.demand

    def objected(self, by: str = "land_handler", **values: Any):
        routing.demand_object(
            demand_id=self.demand_id,
            reasons="该地块属于交通建设用地，补偿由交通部门负责",
            legal_basis="三定规定第五条",
            by=self.people[by],
            at=self.at,
            **values,
        )
        return self.demand

    def drafted(self, by: str = "land_handler", outcome: str = "supported", **texts: Any):
        contents = {
            "request": "请求支付征地补偿款",
            "facts": "经查，该户两亩承包地纳入道路用地，补偿款滞留在镇财政专户。",
            "opinion": "予以支持，十五日内拨付到户。",
            "legal_basis": "《中华人民共和国土地管理法》第四十八条",
        } | texts
        replies.reply_draft(
            demand_id=self.demand_id, outcome=outcome, by=self.people[by], at=self.at, **contents
        )
        return self.demand

    def issued(self, by: str = "land_signer", handler: str = "land_handler"):
        replies.reply_submit(demand_id=self.demand_id, by=self.people[handler], at=self.at)
        replies.reply_issue(demand_id=self.demand_id, by=self.people[by], at=self.at)
        return self.demand

    def served(self, by: str = "land_handler", served_on: date | None = None):
        replies.reply_serve(
            demand_id=self.demand_id,
            method="hand",
            served_on=served_on or local_date(self.at),
            proof="签收单第12号",
            by=self.people[by],
            at=self.at,
        )
        return self.demand

    def reported(self, by: str = "land_handler"):
        replies.report_back(
            demand_id=self.demand_id,
            text="补偿款已拨付到户，信访人已签收处理意见书。",
            signatory="局长",
            settled="yes",
            by=self.people[by],
            at=self.at,
        )
        return self.demand


def a_walk(people: People, at: datetime, **changes: Any) -> Walk:
    """Register a case and stand at the start of its first demand."""
    return Walk(people, demand_of(a_receipt(people, at, **changes)).pk, at)
