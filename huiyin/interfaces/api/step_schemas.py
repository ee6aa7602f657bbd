"""What the steps on a demand need (办理数据), field by field as on the desk."""

from datetime import date

from ninja import Field, Schema

from huiyin.interfaces.api.schemas import Short, Text


class Versioned(Schema):
    """`version` is that of the demand as it was read; a newer one is answered with 409."""

    version: int | None = None


class ReasonIn(Versioned):
    reason: Text


class ElsewhereIn(Versioned):
    """Where the matter belongs, and how to go there (引导)."""

    reason: Text
    authority: Short
    how: Text


class DeclineIn(Versioned):
    ground: Short
    reason: Text
    where_to_go: Text
    review_opinion: Text = ""
    is_final: bool = False


class AnswerIn(Versioned):
    answer: Text


class WithdrawIn(Versioned):
    reason: Text
    is_confirmed_by_petitioner: bool


class DecideObjectionIn(Versioned):
    is_agreed: bool
    reasons: Text


class DesignateIn(Versioned):
    receiver: Short
    reasons: Text


class EvidenceIn(Versioned):
    """What was done about one of the five steps (五到位)."""

    five_step: Short
    happened_on: date
    text: Text


class ExtensionIn(Versioned):
    days: int
    reason: Text


class DecideExtensionIn(Versioned):
    is_approved: bool
    reasons: Text = ""


class DraftIn(Versioned):
    """The compulsory contents of a handling opinion (处理意见)."""

    request: Text
    facts: Text
    opinion: Text
    legal_basis: Text
    outcome: Short


class ServeIn(Versioned):
    method: Short
    served_on: date
    proof: Short
    receiver_relation: Short = ""


class ReportIn(Versioned):
    text: Text
    signatory: Short
    settled: Short = ""


class ExamineIn(Versioned):
    examination: Short
    reasons: Text = ""
    limit_on: date | None = None


class CloseIn(Versioned):
    settled: Short


class LinkIn(Schema):
    other: int = Field(ge=1, lt=2**63)
    kind: Short
    reason: Text
