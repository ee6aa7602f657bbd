"""Where a demand was sent and what the receiver said (转送、交办、异议)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Demand
from huiyin.records.accounts.models import User
from huiyin.records.agencies.models import Agency
from huiyin.records.documents.models import Document


class ReferralKind(models.TextChoices):
    """Two different legal acts: forwarding hands over, assigning wants a report back (转送 / 交办)."""

    FORWARD = "forward", _("转送")
    ASSIGN = "assign", _("交办")


class ReferralRole(models.TextChoices):
    LEAD = "lead", _("主办")
    ASSIST = "assist", _("协办")


class ReferralState(models.TextChoices):
    AWAITING = "awaiting", _("待签收")
    ACCEPTED = "accepted", _("已受理")
    OBJECTED = "objected", _("异议中")
    RETURNED = "returned", _("已退回")
    REPLACED = "replaced", _("已改派")


class ObjectionDecision(models.TextChoices):
    PENDING = "", _("待审核")
    AGREED = "agreed", _("同意退回")
    MAINTAINED = "maintained", _("维持原转交")
    DESIGNATED = "designated", _("共同上级指定")


class Referral(models.Model):
    """One forwarding or assignment to one agency (转送件、交办件); rows are never overwritten."""

    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=10, choices=ReferralKind)
    role = models.CharField(max_length=10, choices=ReferralRole)
    state = models.CharField(max_length=10, choices=ReferralState)
    sender = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    requirement = models.TextField(blank=True)
    limit_on = models.DateField(null=True)
    is_designated = models.BooleanField(default=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("转交")
        constraints = [
            models.UniqueConstraint(
                fields=["demand"],
                name="referral_one_standing_lead",
                condition=models.Q(role="lead", state__in=["awaiting", "accepted", "objected"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sender_id} → {self.receiver_id}"


class Objection(models.Model):
    """A receiver's objection with reasons, and what the sender or the common superior said (异议)."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="objections")
    reasons = models.TextField()
    legal_basis = models.TextField()
    suggested = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=ObjectionDecision, blank=True)
    decision_reasons = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("异议")

    def __str__(self) -> str:
        return f"{self.referral_id} {self.decision}"
