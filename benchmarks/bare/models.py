"""One table of an ordinary width."""

from typing import ClassVar

from django.db import models


class Note(models.Model):
    """A text with a title and a moment, as any small application has."""

    title = models.CharField(max_length=120)
    text = models.TextField()
    made_at = models.DateTimeField()

    objects: ClassVar["models.Manager[Note]"] = models.Manager()

    def __str__(self) -> str:
        return self.title
