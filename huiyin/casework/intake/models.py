"""A petition still being written (草稿); what is handed in becomes a case (登记)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a citizen has typed so far, encrypted, found again only by its secret link (网上信访草稿)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.BinaryField()
    files = models.JSONField(default=list)
    step = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    case_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("草稿")

    def __str__(self) -> str:
        return str(self.pk)
