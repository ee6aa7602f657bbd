"""Handling and answering (办理与答复): evidence, extensions, replies, service, reports, ratings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Clock, Demand
from huiyin.casework.routing.models import Referral
from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import Agency
from huiyin.records.documents.models import Attachment, Document


class ExtensionDecision(models.TextChoices):
    PENDING = "", _("待批准")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")


class ReplyState(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    SUBMITTED = "submitted", _("送审")
    RETURNED = "returned", _("退回修改")
    ISSUED = "issued", _("已出具")


class DeliveryMethod(models.TextChoices):
    """How a document reached the petitioner (送达方式)."""

    HAND = "hand", _("当面送达")
    POST = "post", _("挂号邮寄")
    PORTAL = "portal", _("网上签收")
    PHONE = "phone", _("电话告知")
    RELATIVE = "relative", _("成年家属代收")
    LEFT = "left", _("留置送达")
    NOTICE_BOARD = "notice_board", _("公告送达")


class Examination(models.TextChoices):
    """What the assigner thinks of the closing report (审核意见)."""

    PENDING = "", _("待审核")
    PASS = "pass", _("通过")
    COMPLETE = "complete", _("补办")
    REWORK = "rework", _("发回重办")


class Score(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    UNSATISFIED = "unsatisfied", _("不满意")


class RatedBody(models.TextChoices):
    OFFICE = "office", _("信访部门")
    UNIT = "unit", _("责任单位")


class StepEvidence(models.Model):
    """Evidence of one of the five steps in place (五到位)."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="evidence")
    step = models.CharField(max_length=20)
    happened_on = models.DateField()
    text = models.TextField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("五到位记录")

    def __str__(self) -> str:
        return f"{self.step} {self.happened_on}"


class Extension(models.Model):
    """A request to extend a clock, and the answer of the head (延期)."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="extensions")
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    reason = models.TextField()
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=ExtensionDecision, blank=True)
    decision_reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("延期")
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], name="extension_one_pending", condition=models.Q(decision="")
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.days} {self.decision}"


class Reply(models.Model):
    """A reply (答复), from draft to issue; the issued text lives unchanged in its document."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="replies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=ReplyState)
    request = models.TextField(blank=True)
    facts = models.TextField(blank=True)
    opinion = models.TextField(blank=True)
    legal_basis = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("答复")
        constraints = [
            models.UniqueConstraint(
                fields=["demand"],
                name="reply_one_in_hand",
                condition=models.Q(state__in=["draft", "submitted", "returned"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Delivery(models.Model):
    """Proof of service (送达回证): the petitioner's periods run from its date."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="deliveries")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="deliveries")
    method = models.CharField(max_length=20, choices=DeliveryMethod)
    served_on = models.DateField()
    receiver_relation = models.CharField(max_length=60, blank=True)
    proof = models.CharField(max_length=300)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("送达回证")
        verbose_name_plural = _("送达回证")

    def __str__(self) -> str:
        return f"{self.method} {self.served_on}"


class Report(models.Model):
    """The closing report to the assigner, and the assigner's examination of it (办结报告、审核)."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="reports")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="reports")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    signatory = models.CharField(max_length=60)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    examination = models.CharField(max_length=10, choices=Examination, blank=True)
    examination_reasons = models.TextField(blank=True)
    examined_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    examined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("办结报告")

    def __str__(self) -> str:
        return f"{self.referral_id} {self.examination}"


class Rating(models.Model):
    """The petitioner's own word on office and unit (满意度评价); nobody else can write or change it."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="ratings")
    body = models.CharField(max_length=10, choices=RatedBody)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    score = models.CharField(max_length=12, choices=Score)
    text = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("满意度评价")
        constraints = [models.UniqueConstraint(fields=["demand", "body"], name="rating_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.score}"
