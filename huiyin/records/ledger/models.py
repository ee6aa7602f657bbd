"""Tables of the ledger (台账): one hash chain per matter, and a seal over all of them each day.

Entries, seals and leaves can only be added: triggers refuse everything else (see `triggers.py`).
"""

from django.db import models
from django.db.models import Q

DIGEST_BYTES = 32


class Entry(models.Model):
    """One line of a matter's history (台账条目), bound to the line before it by its hash."""

    matter_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    agency_id = models.BigIntegerField(null=True, blank=True)
    event = models.CharField(max_length=60)
    payload = models.TextField()
    previous = models.BinaryField(max_length=DIGEST_BYTES)
    hash = models.BinaryField(max_length=DIGEST_BYTES)

    class Meta:
        ordering = ["matter_id", "sequence"]
        constraints = [
            models.UniqueConstraint(name="one_entry_per_place_in_a_chain", fields=["matter_id", "sequence"]),
            models.CheckConstraint(name="chains_start_with_one", condition=Q(sequence__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.sequence} {self.event}"


class ChainHead(models.Model):
    """The last entry of a matter's chain (链头); its row is the lock for appending."""

    matter_id = models.BigIntegerField(primary_key=True)
    sequence = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=DIGEST_BYTES)
    sealed_sequence = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["matter_id"]
        constraints = [
            models.CheckConstraint(
                name="a_seal_is_not_ahead_of_its_chain",
                condition=Q(sealed_sequence__lte=models.F("sequence")),
            ),
        ]
        indexes = [
            # Small: holds only the chains that grew since the last seal.
            models.Index(
                name="chains_awaiting_the_seal",
                fields=["matter_id"],
                condition=Q(sequence__gt=models.F("sealed_sequence")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.sequence}"


class Seal(models.Model):
    """The published root of one day (每日封印): a Merkle tree over the chains that grew and the last root."""

    day = models.DateField(unique=True)
    root = models.BinaryField(max_length=DIGEST_BYTES)
    size = models.PositiveIntegerField()
    previous_root = models.BinaryField(max_length=DIGEST_BYTES)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}"


class SealLeaf(models.Model):
    """One chain as a day's seal saw it (封印叶): the entry that was its head."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="leaves", db_index=False)
    index = models.PositiveIntegerField()
    matter_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=DIGEST_BYTES)

    class Meta:
        ordering = ["seal", "index"]
        constraints = [
            models.UniqueConstraint(name="one_leaf_per_place_in_a_seal", fields=["seal", "index"]),
            models.UniqueConstraint(name="one_leaf_per_sealed_entry", fields=["matter_id", "sequence"]),
        ]

    def __str__(self) -> str:
        return f"{self.seal_id}:{self.index}"
