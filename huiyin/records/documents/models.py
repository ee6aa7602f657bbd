"""Tables of the dossier (案卷): documents with their numbers, the counters behind them, and attachments.

A matter and its demands are named by plain numbers: the records below know nothing of casework.
"""

from django.db import models
from django.db.models import Q

from huiyin.records.documents.kinds import kind_choices

DIGEST_CHARACTERS = 64


class Document(models.Model):
    """An issued document of a dossier (文书): the row is written when it is issued and never changes.

    `digest` is the SM3 of its canonical JSON (`services.document_digest`) and stands in the ledger too.
    """

    matter_id = models.BigIntegerField()
    demand_id = models.BigIntegerField(null=True, blank=True)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, choices=kind_choices)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    body = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=DIGEST_CHARACTERS)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="one_document_per_serial", fields=["agency", "kind", "year", "serial"]
            ),
            models.UniqueConstraint(name="one_document_per_number", fields=["agency", "number"]),
            models.CheckConstraint(name="serials_start_with_one", condition=Q(serial__gte=1)),
        ]
        indexes = [models.Index(name="documents_of_a_matter", fields=["matter_id", "id"])]

    def __str__(self) -> str:
        return self.number


class NumberCounter(models.Model):
    """The last serial an agency gave out for a kind of document in a year (文号计数)."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, choices=kind_choices)
    year = models.PositiveSmallIntegerField()
    last_serial = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_counter_per_kind_and_year", fields=["agency", "kind", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.kind} {self.year}: {self.last_serial}"


class Attachment(models.Model):
    """A file of a dossier (附件); its content stands outside the database under a random name.

    `is_sealed` marks material that only those who handle accusations may see.
    """

    matter_id = models.BigIntegerField()
    submission_id = models.BigIntegerField(null=True, blank=True)
    demand_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=DIGEST_CHARACTERS)
    storage_name = models.CharField(max_length=64, unique=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    is_from_petitioner = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="attachments_are_not_empty", condition=Q(size__gte=1)),
        ]
        indexes = [models.Index(name="attachments_of_a_matter", fields=["matter_id", "id"])]

    def __str__(self) -> str:
        return self.name
