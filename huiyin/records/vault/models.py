"""Tables of the vault (身份保险箱): who wrote in, apart from what they wrote, and who looked at it."""

import uuid

from django.db import models

INDEX_BYTES = 32


class Identity(models.Model):
    """The person behind a petition (身份信息), encrypted field by field with SM4-GCM.

    `key_id` and `index_key_id` say which keys of the ring the row stands under, so that a rotation can find
    the rows still to do and go on where it stopped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name_cipher = models.BinaryField(null=True)
    phone_cipher = models.BinaryField(null=True)
    id_number_cipher = models.BinaryField(null=True)
    address_cipher = models.BinaryField(null=True)
    email_cipher = models.BinaryField(null=True)
    name_index = models.BinaryField(max_length=INDEX_BYTES, null=True)
    phone_index = models.BinaryField(max_length=INDEX_BYTES, null=True)
    id_number_index = models.BinaryField(max_length=INDEX_BYTES, null=True)
    key_id = models.CharField(max_length=8)
    index_key_id = models.CharField(max_length=8)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            models.Index(name="identity_by_name", fields=["name_index"]),
            models.Index(name="identity_by_phone", fields=["phone_index"]),
            models.Index(name="identity_by_id_number", fields=["id_number_index"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Disclosure(models.Model):
    """Somebody saw an identity, for a purpose (身份信息查阅记录); can only be added, like the ledger."""

    identity = models.ForeignKey(Identity, models.PROTECT, related_name="disclosures")
    matter_id = models.BigIntegerField(null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    agency_id = models.BigIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(name="disclosures_of_a_matter", fields=["matter_id", "id"]),
            models.Index(name="disclosures_to_a_user", fields=["user_id", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} {self.purpose}"
