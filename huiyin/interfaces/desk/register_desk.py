"""The registration sheet (登记单): the form, its rows of demands and people, its files, as one thing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from huiyin.casework.cases.refusals import Invalid
from huiyin.casework.intake.contract import Channel, Intake
from huiyin.interfaces.desk.register_forms import (
    EVIDENCE,
    DemandForm,
    DemandForms,
    PersonForm,
    PersonForms,
    RegisterForm,
    intake_of,
)
from huiyin.interfaces.desk.uploads import Uploads, uploads_take
from huiyin.law.calendar import local_date

if TYPE_CHECKING:
    from huiyin.records.accounts.models import User

ADD = {"demand": "demand-TOTAL_FORMS", "person": "person-TOTAL_FORMS"}


@dataclass
class Sheet:
    """Everything on the page while a petition is being taken down (登记单)."""

    channel: Channel
    form: RegisterForm
    demands: Any
    people: Any
    uploads: Uploads = field(default_factory=lambda: Uploads((), ()))
    is_only_edited: bool = False
    likely: tuple[str, ...] = ()

    @classmethod
    def blank(cls, channel: Channel, *, at: datetime) -> Sheet:
        """A fresh sheet with a token, so that a double click registers once."""
        initial = {"received_on": local_date(at), "token": f"desk-{secrets.token_hex(16)}"}
        form = RegisterForm(channel=channel, initial=initial)
        return cls(channel, form, DemandForms(prefix="demand"), PersonForms(prefix="person"))

    @classmethod
    def posted(cls, channel: Channel, request: HttpRequest) -> Sheet:
        """The sheet as it was sent; adding a row or looking for earlier matters registers nothing."""
        given = request.POST.copy()
        asked = given.get("add", "")
        if asked in ADD:
            total = given.get(ADD[asked], "")
            given[ADD[asked]] = str(int(total) + 1 if total.isdecimal() and len(total) < 4 else 1)
        drop = given.getlist("drop")
        uploads = uploads_take(request.FILES.getlist("files"), given.getlist("kept"), dropped=drop)
        return cls(
            channel,
            RegisterForm(given, channel=channel),
            DemandForms(given, prefix="demand"),
            PersonForms(given, prefix="person"),
            uploads,
            is_only_edited=bool(asked) or "look" in given or bool(drop),
            likely=tuple(value for value in given.getlist("likely") if value.isdecimal())[:20],
        )

    @property
    def is_readable(self) -> bool:
        """Could every field be read, and was no file refused? Whether it is enough the use case says."""
        is_fine = [self.form.is_valid(), self.demands.is_valid(), self.people.is_valid()]
        return all(is_fine) and not self.uploads.refusals

    @property
    def shows_problems(self) -> bool:
        return not self.is_only_edited and self.form.is_bound

    @property
    def filled_demands(self) -> list[DemandForm]:
        """The rows with something in them; the first one always counts."""
        return [one for place, one in enumerate(self.demands) if place == 0 or not one.is_blank]

    @property
    def filled_people(self) -> list[PersonForm]:
        return [one for one in self.people if not one.is_blank]

    def intake(self, user: User) -> Intake:
        """What goes to the use case (登记内容)."""
        return intake_of(self.form, self.filled_demands, self.filled_people, office_id=user.agency_id or 0)

    def explain(self, refused: Invalid) -> None:
        """Put every sentence of the use case beside the field it is about (逐项提示)."""
        for name, sentence in refused.fields.items():
            kind, _separator, number = name.rpartition("_")
            if kind == "demand" and number.isdecimal():
                self.filled_demands[int(number) - 1].add_error("statement", str(sentence))
            elif kind == "other" and number.isdecimal():
                self.filled_people[int(number) - 1].add_error("name", str(sentence))
            elif name == "accused_agency":
                self.demands[0].add_error("accused_agency_id", str(sentence))
            elif EVIDENCE + name in self.form.fields:
                self.form.add_error(EVIDENCE + name, str(sentence))
            else:
                self.form.add_error(name if name in self.form.fields else None, str(sentence))

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """All problems in reading order: the field's address on the page, its label, the sentence."""
        found = [("", "", sentence) for sentence in (*self.uploads.refusals, *self.form.non_field_errors())]
        for form in (self.form, *self.demands, *self.people):
            found += [
                (bound.id_for_label or bound.auto_id, str(bound.label), str(sentence))
                for bound in form
                for sentence in bound.errors
            ]
        return found
