"""Links between matters, never between persons (同一事项、关联、联名)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.casework.cases.models import Case
from huiyin.records.accounts.models import User


class LinkKind(models.TextChoices):
    """What a clerk found out about two matters (关联性质)."""

    SAME = "same", _("同一事项")
    RELATED = "related", _("相关事项")
    JOINT = "joint", _("共同事项")
    NOT_SAME = "not_same", _("不是同一事项")


class CaseLink(models.Model):
    """A reversible finding about two matters (事项关联); undoing it keeps the row."""

    earlier = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="later_links")
    later = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="earlier_links")
    kind = models.CharField(max_length=10, choices=LinkKind)
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("事项关联")
        constraints = [
            models.UniqueConstraint(
                fields=["earlier", "later"],
                name="case_link_standing_once",
                condition=models.Q(undone_at=None),
            ),
            models.CheckConstraint(
                condition=models.Q(earlier__lt=models.F("later")), name="case_link_earlier_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} {self.kind} {self.later_id}"
